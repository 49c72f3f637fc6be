//! What limits on resources and workers make of a review.

use raygate_core::admission::{Configuration, Endpoint};
use raygate_core::kuberay::KubeRay;
use raygate_core::policy::{Policies, Policy, read};
use serde_json::{Value, json};
use std::sync::Arc;

use crate::support::{Answer, ask, create, job_with, update, with};

/// A policy as it is written: numbers may be numbers.
fn under(spec: &Value) -> Configuration {
    let spec = read(spec).expect("the shape of a policy");
    let policy = Policy::compile("p", &spec).expect("a policy without mistakes");
    Configuration::new(&KubeRay::default(), Vec::new()).under(Policies::new([Arc::new(policy)], 0))
}

pub(crate) fn validate_under(spec: &Value, job: &Value) -> Answer {
    ask(Endpoint::Validate, &create(job).bytes(), &under(spec))
}

fn validate(limits: &Value, job: &Value) -> Answer {
    validate_under(&json!({"limits": limits}), job)
}

/// A group whose pods have these limits.
pub(crate) fn group(name: &str, fields: &Value, limits: &Value) -> Value {
    let container =
        json!({"name": "ray-worker", "image": "rayproject/ray:2.56.0", "resources": {"limits": limits}});
    with(&json!({"groupName": name, "template": {"spec": {"containers": [container]}}}), fields)
}

/// A job with these groups, that KubeRay submits itself.
pub(crate) fn job_of(groups: &[Value]) -> Value {
    job_with(&json!({"spec": {"submissionMode": "HTTPMode", "rayClusterSpec": {"workerGroupSpecs": groups}}}))
}

fn gpus(name: &str, replicas: i64, each: i64) -> Value {
    group(name, &json!({"replicas": replicas}), &json!({"nvidia.com/gpu": each}))
}

/// Code and field of what this rule says.
pub(crate) fn fields_of(answer: &Answer, code: &str) -> Vec<String> {
    if answer.allowed() {
        return Vec::new();
    }
    answer.causes().into_iter().filter(|(found, _)| found == code).map(|(_, field)| field).collect()
}

const CLUSTER: &str = "spec.rayClusterSpec";
const FIRST: &str = "spec.rayClusterSpec.workerGroupSpecs[0]";

#[test]
fn a_most_may_be_a_number_or_text_with_a_unit() {
    let job = job_of(&[group("a", &json!({"replicas": 2}), &json!({"nvidia.com/gpu": 8, "memory": "1Ti"}))]);
    for (limits, denies) in [
        (json!({"nvidia.com/gpu": 16}), false),
        (json!({"nvidia.com/gpu": "16"}), false),
        (json!({"nvidia.com/gpu": 15}), true),
        (json!({"nvidia.com/gpu": "15.5"}), true),
        (json!({"memory": "2Ti"}), false),
        (json!({"memory": "2047Gi"}), true),
        (json!({"memory": 2_199_023_255_552_i64}), false),
        (json!({"amd.com/gpu": 0}), false),
        (json!({"nvidia.com/gpu": 16, "memory": "1Gi"}), true),
    ] {
        let answer = validate(&json!({"totals": limits}), &job);
        let expected: &[&str] = if denies { &[CLUSTER] } else { &[] };
        assert_eq!(fields_of(&answer, "RJ748"), expected, "{limits}");
    }
}

#[test]
fn a_total_says_who_takes_it_and_how_many_would_fit() {
    let job = job_of(&[gpus("small", 2, 1), gpus("large", 4, 8)]);
    let message = validate(&json!({"totals": {"nvidia.com/gpu": 20}}), &job).message().to_owned();
    for part in [
        "takes 34 of nvidia.com/gpu",
        "20 is the most",
        "32 in the worker group `large` (4 pods), 2 in the worker group `small` (2 pods)",
        "write at most 2 for replicas of the worker group `large`",
    ] {
        assert!(message.contains(part), "{part}: {message}");
    }
    let hopeless = validate(&json!({"totals": {"nvidia.com/gpu": 1}}), &job);
    assert!(hopeless.message().contains("fewer or smaller pods"), "{}", hopeless.message());
    let memory = job_of(&[group("a", &json!({"replicas": 3}), &json!({"memory": "1Ti"}))]);
    let message = validate(&json!({"totals": {"memory": "2Ti"}}), &memory).message().to_owned();
    assert!(message.contains("3Ti of memory") && message.contains("2Ti is the most"), "{message}");
}

#[test]
fn a_job_that_may_grow_without_bound_is_told_so_where_the_bound_is_missing() {
    let autoscaled = |fields: Value| {
        let group = group("a", &fields, &json!({"nvidia.com/gpu": 1}));
        with(&job_of(&[group]), &json!({"spec": {"rayClusterSpec": {"enableInTreeAutoscaling": true}}}))
    };
    let limits = json!({"totals": {"nvidia.com/gpu": 8}, "perGroup": {"nvidia.com/gpu": 8}});
    for fields in [json!({}), json!({"maxReplicas": 2_147_483_647})] {
        let answer = validate(&limits, &autoscaled(fields));
        let field = format!("{FIRST}.maxReplicas");
        assert_eq!(fields_of(&answer, "RJ748"), [field.clone(), field]);
        assert!(answer.message().contains("any number of workers"), "{}", answer.message());
    }
    assert!(validate(&limits, &autoscaled(json!({"maxReplicas": 8}))).allowed());
    assert!(!validate(&limits, &autoscaled(json!({"maxReplicas": 9}))).allowed());
    // Without autoscaling the CRD's own maximum means nothing.
    let fixed = job_of(&[group(
        "a",
        &json!({"replicas": 8, "maxReplicas": 2_147_483_647}),
        &json!({"nvidia.com/gpu": 1}),
    )]);
    assert!(validate(&limits, &fixed).allowed());
    // Who takes nothing of it may grow as it likes.
    assert!(validate(&json!({"totals": {"amd.com/gpu": 0}}), &autoscaled(json!({}))).allowed());
}

#[test]
fn groups_and_pods_have_their_own_most() {
    let job = job_of(&[gpus("a", 3, 4), gpus("b", 1, 8)]);
    let denied = |limits: Value| fields_of(&validate(&limits, &job), "RJ748");
    assert_eq!(denied(json!({"perGroup": {"nvidia.com/gpu": 8}})), [FIRST]);
    assert_eq!(
        denied(json!({"perPod": {"nvidia.com/gpu": 4}})),
        ["spec.rayClusterSpec.workerGroupSpecs[1].template.spec"]
    );
    assert!(denied(json!({"perGroup": {"nvidia.com/gpu": 12}, "perPod": {"nvidia.com/gpu": 8}})).is_empty());
    // The submitter that KubeRay adds is a pod as well, with 1 CPU and 1Gi.
    let submitted = with(&job, &json!({"spec": {"submissionMode": "K8sJobMode"}}));
    let answer = validate(&json!({"perPod": {"memory": "512Mi"}}), &submitted);
    assert_eq!(fields_of(&answer, "RJ748"), ["spec.submitterPodTemplate"]);
}

#[test]
fn of_a_job_on_an_existing_cluster_only_the_submitter_counts() {
    let selecting = json!({"spec": {
        "clusterSelector": {"ray.io/cluster": "there"}, "submissionMode": "K8sJobMode", "backoffLimit": 0}});
    let job = with(&job_of(&[gpus("a", 100, 8)]), &selecting);
    let limits =
        json!({"totals": {"nvidia.com/gpu": 1, "cpu": 2}, "workers": {"max": 1}, "workerGroups": {"max": 0}});
    assert!(validate(&limits, &job).allowed());
    let answer = validate(&json!({"totals": {"cpu": "500m"}}), &job);
    assert_eq!(fields_of(&answer, "RJ748"), ["spec.submitterPodTemplate"]);
}

#[test]
fn a_quantity_that_is_none_is_another_rules_business() {
    let job = job_of(&[group("a", &json!({"replicas": 2}), &json!({"nvidia.com/gpu": "many"}))]);
    let answer = validate(&json!({"totals": {"nvidia.com/gpu": 1}}), &job);
    assert!(fields_of(&answer, "RJ748").is_empty() && !answer.allowed());
}

#[test]
fn workers_and_groups_are_counted() {
    let job = job_of(&[gpus("a", 3, 1), gpus("b", 2, 1)]);
    let autoscaled = with(&job, &json!({"spec": {"rayClusterSpec": {"enableInTreeAutoscaling": true}}}));
    let groups = "spec.rayClusterSpec.workerGroupSpecs";
    let second = format!("{groups}[1]");
    for (limits, job, expected) in [
        (
            json!({"workers": {"max": 5}, "workerGroups": {"max": 2}, "workersPerGroup": {"max": 3}}),
            &job,
            vec![],
        ),
        (json!({"workers": {"max": 4}}), &job, vec![groups]),
        (json!({"workers": {"min": 6}}), &job, vec![groups]),
        (json!({"workerGroups": {"max": 1}}), &job, vec![groups]),
        (json!({"workersPerGroup": {"max": 2}}), &job, vec![FIRST]),
        (json!({"workers": {"max": 1000}}), &autoscaled, vec![groups]),
        (json!({"workers": {"min": 1000}}), &autoscaled, vec![]),
        (json!({"workersPerGroup": {"max": 1000}}), &autoscaled, vec![FIRST, &second]),
    ] {
        assert_eq!(fields_of(&validate(&limits, job), "RJ749"), expected, "{limits}");
    }
}

#[test]
fn idle_workers_may_not_stay_too_long_where_ray_takes_them_away() {
    let limits = json!({"idleTimeoutSeconds": {"max": 300}});
    let job = |autoscaling: bool, options: i64, group_timeout: i64| {
        let fields = json!({"maxReplicas": 2, "idleTimeoutSeconds": group_timeout});
        with(
            &job_of(&[group("a", &fields, &json!({"cpu": 1}))]),
            &json!({"spec": {"rayClusterSpec": {
                "enableInTreeAutoscaling": autoscaling,
                "autoscalerOptions": {"version": "v2", "idleTimeoutSeconds": options},
                "headGroupSpec": {"template": {"spec": {"restartPolicy": "Never"}}},
            }}}),
        )
    };
    let fields = |job: &Value| fields_of(&validate(&limits, job), "RJ743");
    assert_eq!(fields(&job(true, 301, 300)), ["spec.rayClusterSpec.autoscalerOptions.idleTimeoutSeconds"]);
    assert_eq!(fields(&job(true, 300, 301)), [format!("{FIRST}.idleTimeoutSeconds")]);
    assert!(fields(&job(false, 301, 301)).is_empty());
}

/// Whether a change of a stored job is refused by a rule, under limits that the stored job breaks already.
pub(crate) fn refuses(code: &str, spec: &Value, stored: &Value, new: &Value) -> bool {
    // Something else changes as well, so that the job is judged.
    let new = with(new, &json!({"spec": {"entrypoint": "python other.py"}}));
    let answer = ask(Endpoint::Validate, &update(stored, &new).bytes(), &under(spec));
    answer.denied.contains(&code)
}

#[test]
fn an_update_is_forgiven_an_excess_that_does_not_grow() {
    let job = |replicas| job_of(&[gpus("a", replicas, 8)]);
    for limits in [json!({"totals": {"nvidia.com/gpu": 16}}), json!({"perGroup": {"nvidia.com/gpu": 16}})] {
        let spec = json!({"limits": limits});
        for (replicas, refused) in [(4, false), (3, false), (2, false), (5, true)] {
            assert_eq!(refuses("RJ748", &spec, &job(4), &job(replicas)), refused, "{limits} {replicas}");
        }
        let strict = with(&spec, &json!({"existing": "Deny"}));
        assert!(refuses("RJ748", &strict, &job(4), &job(4)) && refuses("RJ748", &strict, &job(4), &job(3)));
        assert!(!refuses("RJ748", &strict, &job(4), &job(2)));
    }
    let spec = json!({"limits": {"workers": {"max": 2}}});
    assert!(!refuses("RJ749", &spec, &job(4), &job(4)) && refuses("RJ749", &spec, &job(4), &job(5)));
    let pods = |each| job_of(&[gpus("a", 1, each)]);
    let spec = json!({"limits": {"perPod": {"nvidia.com/gpu": 2}}});
    assert!(!refuses("RJ748", &spec, &pods(8), &pods(4)) && refuses("RJ748", &spec, &pods(4), &pods(8)));
}

#[test]
fn an_excess_of_one_thing_excuses_none_of_another() {
    let job = |cpus: i64, gpus: i64| {
        job_of(&[group("a", &json!({"replicas": 1}), &json!({"cpu": cpus, "nvidia.com/gpu": gpus}))])
    };
    let spec = json!({"limits": {"totals": {"cpu": 8, "nvidia.com/gpu": 2}}});
    assert!(refuses("RJ748", &spec, &job(100, 2), &job(100, 4)));
    assert!(!refuses("RJ748", &spec, &job(100, 4), &job(90, 4)));
    // Nor does too much excuse too little.
    let deadline = |seconds: i64| job_with(&json!({"spec": {"activeDeadlineSeconds": seconds}}));
    let spec = json!({"limits": {"activeDeadlineSeconds": {"min": 60, "max": 600}}});
    assert!(refuses("RJ743", &spec, &deadline(700), &deadline(30)));
    assert!(!refuses("RJ743", &spec, &deadline(30), &deadline(40)));
}

#[test]
fn a_job_without_bound_stays_forgiven_until_what_makes_it_so_changes() {
    let job = |fields: Value, gpus: i64| {
        let group = group("a", &fields, &json!({"nvidia.com/gpu": gpus}));
        with(&job_of(&[group]), &json!({"spec": {"rayClusterSpec": {"enableInTreeAutoscaling": true}}}))
    };
    let spec = json!({"limits": {"totals": {"nvidia.com/gpu": 8}}});
    let stored = job(json!({}), 1);
    assert!(!refuses("RJ748", &spec, &stored, &stored));
    assert!(refuses("RJ748", &spec, &stored, &job(json!({}), 4)));
    assert!(!refuses("RJ748", &spec, &stored, &job(json!({"maxReplicas": 8}), 1)));
}
