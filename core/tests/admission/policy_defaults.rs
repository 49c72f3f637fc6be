//! What policies give to new jobs, and when they do not.

use serde_json::{Value, json};

use raygate_core::admission::{Configuration, Endpoint, Unreadable, admit};
use raygate_core::kuberay::{KubeRay, KubeRayVersion};
use raygate_core::policy::spec::Enforcement;

use crate::policies::under;
use crate::support::{Answer, ask, create, job, job_with, update, with};

fn mutate(configuration: &Configuration, job: &Value) -> Answer {
    ask(Endpoint::Mutate, &create(job).bytes(), configuration)
}

fn completed(configuration: &Configuration, job: &Value) -> Value {
    mutate(configuration, job).applied_to(job)
}

/// The policy's defaults, alone.
fn giving(defaults: &Value) -> Configuration {
    under(&[("p", json!({"defaults": defaults}))])
}

fn annotation<'a>(answer: &'a Answer, key: &str) -> Option<&'a str> {
    answer.response()["auditAnnotations"][key].as_str()
}

/// A job that says little: what the API server sends once it has filled the CRD's defaults in.
fn bare() -> Value {
    job_with(&json!({"spec": {
        "shutdownAfterJobFinishes": null, "ttlSecondsAfterFinished": 0, "backoffLimit": 0, "submissionMode": "K8sJobMode",
    }}))
}

const EVERYTHING: &str = r#"{
    "shutdownAfterJobFinishes": true,
    "ttlSecondsAfterFinished": 3600,
    "activeDeadlineSeconds": 86400,
    "preRunningDeadlineSeconds": 600,
    "submissionMode": "HTTPMode",
    "labels": {"example.com/managed": "raygate", "team": "a"},
    "annotations": {"example.com/note": "any text at all"},
    "headRayStartParams": {"num-cpus": "0", "dashboard-host": "0.0.0.0"},
    "workerRayStartParams": {"metrics-export-port": "8081"},
    "podTemplates": [
        {"groups": ["headgroup"], "labels": {"role": "head"}, "annotations": {"a": "b"}},
        {"groups": ["sm*"], "nodeSelector": {"pool": "small"}, "tolerations": [{"key": "ray", "operator": "Exists"}],
         "priorityClassName": "low", "serviceAccountName": "ray",
         "containers": [{"names": ["ray-*"], "imagePullPolicy": "IfNotPresent",
                         "requests": {"cpu": "1"}, "limits": {"memory": "4Gi"}}]},
        {"nodeSelector": {"pool": "other", "arch": "amd64"}}
    ]
}"#;

fn everything() -> Configuration {
    giving(&serde_json::from_str(EVERYTHING).expect("JSON"))
}

#[test]
fn a_job_gets_everything_that_it_does_not_say() {
    let answer = mutate(&everything(), &bare());
    assert_eq!(annotation(&answer, "defaults-not-applied"), None);
    assert_eq!(answer.mutations, ["policy-defaults", "job-id"]);
    let given = answer.applied_to(&bare());
    let (spec, cluster) = (&given["spec"], &given["spec"]["rayClusterSpec"]);
    assert_eq!(spec["shutdownAfterJobFinishes"], true);
    assert_eq!(spec["ttlSecondsAfterFinished"], 3600);
    assert_eq!(spec["activeDeadlineSeconds"], 86400);
    assert_eq!(spec["preRunningDeadlineSeconds"], 600);
    assert_eq!(spec["submissionMode"], "HTTPMode");
    assert_eq!(given["metadata"]["labels"], json!({"example.com/managed": "raygate", "team": "a"}));
    assert_eq!(given["metadata"]["annotations"], json!({"example.com/note": "any text at all"}));
    let head = &cluster["headGroupSpec"];
    assert_eq!(head["rayStartParams"], json!({"num-cpus": "0", "dashboard-host": "0.0.0.0"}));
    assert_eq!(head["template"]["metadata"], json!({"labels": {"role": "head"}, "annotations": {"a": "b"}}));
    assert_eq!(head["template"]["spec"]["nodeSelector"], json!({"pool": "other", "arch": "amd64"}));
    let [small, large] = [0, 1].map(|index| &cluster["workerGroupSpecs"][index]);
    assert_eq!(small["rayStartParams"], json!({"metrics-export-port": "8081"}));
    assert_eq!(large["rayStartParams"], small["rayStartParams"]);
    let pod = &small["template"]["spec"];
    assert_eq!(pod["nodeSelector"], json!({"pool": "small", "arch": "amd64"}));
    assert_eq!(pod["tolerations"], json!([{"key": "ray", "operator": "Exists"}]));
    assert_eq!((&pod["priorityClassName"], &pod["serviceAccountName"]), (&json!("low"), &json!("ray")));
    let container = &pod["containers"][0];
    assert_eq!(container["resources"], json!({"requests": {"cpu": "1"}, "limits": {"memory": "4Gi"}}));
    assert_eq!(container["imagePullPolicy"], "IfNotPresent");
    assert_eq!(large["template"]["spec"]["containers"][0].get("resources"), None);
}

#[test]
fn completing_twice_changes_nothing_and_validate_accepts_it() {
    let configuration = everything();
    for job in
        [bare(), job(), job_with(&json!({"spec": {"submissionMode": "InteractiveMode", "entrypoint": null}}))]
    {
        let once = completed(&configuration, &job);
        let again = ask(Endpoint::Mutate, &create(&once).bytes(), &configuration);
        assert!(again.patch().is_none(), "{again:?}");
        let judged = ask(Endpoint::Validate, &create(&once).bytes(), &configuration);
        assert!(judged.allowed(), "{judged:?}");
    }
}

#[test]
fn what_the_user_says_stays() {
    let mine = json!({
        "metadata": {"labels": {"team": "mine"}, "annotations": {"example.com/note": ""}},
        "spec": {
            "shutdownAfterJobFinishes": true, "ttlSecondsAfterFinished": 5, "activeDeadlineSeconds": 6,
            "preRunningDeadlineSeconds": 7, "submissionMode": "SidecarMode",
            "rayClusterSpec": {"headGroupSpec": {
                "rayStartParams": {"num-cpus": "2"},
                "template": {"spec": {"nodeSelector": {"pool": "mine"}, "tolerations": []}},
            }},
        },
    });
    let job = job_with(&mine);
    let given = completed(&everything(), &job);
    // Everything that was there is there, as it was.
    assert_eq!(with(&given, &mine), given);
    assert_eq!(
        given["spec"]["rayClusterSpec"]["headGroupSpec"]["template"]["spec"]["tolerations"],
        json!([])
    );
    assert_eq!(given["metadata"]["labels"]["example.com/managed"], "raygate");
    let refusing = job_with(&json!({"spec": {"shutdownAfterJobFinishes": false}}));
    assert_eq!(
        completed(&giving(&json!({"shutdownAfterJobFinishes": true})), &refusing)["spec"]["shutdownAfterJobFinishes"],
        false
    );
}

#[test]
fn the_first_policy_that_has_a_value_gives_it() {
    let seconds = |priority: i32, seconds: i32| json!({"priority": priority, "defaults": {"activeDeadlineSeconds": seconds}});
    for (left, right, expected) in [(10, 0, 60), (0, 10, 70), (5, 5, 60)] {
        let configuration = under(&[("a", seconds(left, 60)), ("b", seconds(right, 70))]);
        let answer = mutate(&configuration, &bare());
        assert_eq!(answer.applied_to(&bare())["spec"]["activeDeadlineSeconds"], expected);
        let giver = if expected == 60 { "a" } else { "b" };
        assert_eq!(annotation(&answer, "defaults"), Some(&*format!("{giver}: spec.activeDeadlineSeconds")));
    }
}

#[test]
fn only_a_policy_that_denies_gives_and_only_where_it_is_enforced() {
    for enforcement in ["Warn", "Audit"] {
        let spec = json!({"enforcement": enforcement, "defaults": {"activeDeadlineSeconds": 60}});
        assert_eq!(mutate(&under(&[("p", spec)]), &bare()).mutations, ["dashboard-host", "job-id"]);
    }
    for enforcement in [Enforcement::Warn, Enforcement::Audit] {
        let configuration = giving(&json!({"activeDeadlineSeconds": 60})).enforcing(enforcement);
        assert_eq!(mutate(&configuration, &bare()).mutations, ["dashboard-host", "job-id"]);
    }
    let elsewhere = json!({"match": {"namespaces": ["other"]}, "defaults": {"activeDeadlineSeconds": 60}});
    assert_eq!(mutate(&under(&[("p", elsewhere)]), &bare()).mutations, ["dashboard-host", "job-id"]);
}

/// The table of what KubeRay refuses together (its v1.7 validation), each with the default that would bring it about.
#[test]
fn what_would_be_in_conflict_is_left_out_and_said() {
    let rule =
        |policy: &str, on: &str| json!({"policy": policy, "condition": {"jobStatus": on, "ttlSeconds": 1}});
    for (defaults, spec, field) in [
        (
            json!({"shutdownAfterJobFinishes": true}),
            json!({"shutdownAfterJobFinishes": null, "deletionStrategy": {"deletionRules": [rule("DeleteCluster", "SUCCEEDED")]}}),
            "spec.shutdownAfterJobFinishes",
        ),
        (
            json!({"shutdownAfterJobFinishes": true}),
            json!({"shutdownAfterJobFinishes": null, "deletionStrategy": {"onSuccess": {"policy": "DeleteNone"}, "onFailure": {"policy": "DeleteNone"}}}),
            "spec.shutdownAfterJobFinishes",
        ),
        (
            json!({"ttlSecondsAfterFinished": 60}),
            json!({"shutdownAfterJobFinishes": null}),
            "spec.ttlSecondsAfterFinished",
        ),
        (
            json!({"submissionMode": "SidecarMode"}),
            json!({"submitterPodTemplate": {"spec": {"restartPolicy": "Never", "containers": [{"name": "a", "image": "b:1"}]}}}),
            "spec.submissionMode",
        ),
        (json!({"submissionMode": "InteractiveMode"}), json!({"backoffLimit": 2}), "spec.submissionMode"),
        (
            json!({"headRayStartParams": {"num-cpus": "1"}}),
            json!({"rayClusterSpec": {"headGroupSpec": {"resources": {"CPU": "1"}}}}),
            "spec.rayClusterSpec.headGroupSpec.rayStartParams[num-cpus]",
        ),
        (
            json!({"headRayStartParams": {"labels": "a=b"}}),
            json!({}),
            "spec.rayClusterSpec.headGroupSpec.rayStartParams.labels",
        ),
    ] {
        // Beside it stands one that is in no conflict.
        let defaults = with(&defaults, &json!({"annotations": {"kept": "yes"}}));
        let answer = mutate(&giving(&defaults), &job_with(&json!({"spec": spec})));
        let refused = annotation(&answer, "defaults-not-applied").unwrap_or_default();
        assert!(refused.starts_with(&format!("p: {field} (RJ")), "{defaults} {spec}: {refused}");
        assert_eq!(annotation(&answer, "defaults"), Some("p: metadata.annotations.kept"), "{spec}");
    }
}

#[test]
fn a_job_on_an_existing_cluster_gets_nothing_for_a_cluster() {
    let job = job_with(
        &json!({"spec": {"clusterSelector": {"ray.io/cluster": "a"}, "shutdownAfterJobFinishes": null}}),
    );
    let answer = mutate(&everything(), &job);
    let given = annotation(&answer, "defaults").expect("defaults");
    assert!(given.contains("activeDeadlineSeconds") && !given.contains("rayClusterSpec"), "{given}");
    assert!(!given.contains("shutdown") && !given.contains("ttl"), "{given}");
}

#[test]
fn a_default_beyond_another_policys_limit_is_left_out() {
    for enforcement in ["Deny", "Warn", "Audit"] {
        let configuration = under(&[
            (
                "giver",
                json!({"defaults": {"activeDeadlineSeconds": 600, "ttlSecondsAfterFinished": 60, "shutdownAfterJobFinishes": true}}),
            ),
            ("limits", json!({"enforcement": enforcement, "limits": {"activeDeadlineSeconds": {"max": 60}}})),
        ]);
        let answer = mutate(&configuration, &bare());
        assert_eq!(
            annotation(&answer, "defaults-not-applied"),
            Some("giver: spec.activeDeadlineSeconds (RJ743)")
        );
        let given = annotation(&answer, "defaults");
        assert_eq!(given, Some("giver: spec.shutdownAfterJobFinishes, spec.ttlSecondsAfterFinished"));
    }
}

#[test]
fn a_field_that_this_kuberay_does_not_know_is_left_out() {
    let configuration = giving(&json!({"preRunningDeadlineSeconds": 60}))
        .for_kuberay(&KubeRay::new(KubeRayVersion::V1_5, raygate_core::kuberay::FeatureGates::default()));
    let answer = mutate(&configuration, &bare());
    let said = Some("p: spec.preRunningDeadlineSeconds (unknown to KubeRay 1.5)");
    assert_eq!(annotation(&answer, "defaults-not-applied"), said);
}

#[test]
fn a_label_that_was_given_makes_further_policies_match() {
    let team = |team: &str| json!({"objectSelector": {"matchLabels": {"team": team}}});
    let chain = [
        ("first", json!({"defaults": {"labels": {"team": "a"}}})),
        (
            "second",
            json!({"match": team("a"), "require": {"activeDeadlineSeconds": true},
                          "defaults": {"labels": {"second": "yes"}, "activeDeadlineSeconds": 60}}),
        ),
        (
            "third",
            json!({"match": {"objectSelector": {"matchLabels": {"second": "yes"}}}, "defaults": {"labels": {"third": "yes"}}}),
        ),
    ];
    let configuration = under(&chain);
    let given = completed(&configuration, &bare());
    assert_eq!(given["metadata"]["labels"], json!({"team": "a", "second": "yes", "third": "yes"}));
    assert_eq!(given["spec"]["activeDeadlineSeconds"], 60);
    assert!(mutate(&configuration, &given).patch().is_none());
    assert!(ask(Endpoint::Validate, &create(&given).bytes(), &configuration).allowed());
    // A label that brings a policy which then denies is not given.
    let strict = ("second", json!({"match": team("a"), "require": {"labels": {"cost-center": ".+"}}}));
    let answer = mutate(&under(&[chain[0].clone(), strict]), &bare());
    assert_eq!(annotation(&answer, "defaults-not-applied"), Some("first: metadata.labels.team (RJ741)"));
}

#[test]
fn what_was_wrong_before_keeps_nothing_back() {
    let configuration = under(&[
        ("giver", json!({"defaults": {"labels": {"team": "a"}}})),
        ("asks", json!({"require": {"labels": {"cost-center": ".+", "owner": ".+"}}})),
    ]);
    assert_eq!(annotation(&mutate(&configuration, &bare()), "defaults"), Some("giver: metadata.labels.team"));
}

#[test]
fn two_policies_that_chase_each_other_come_to_an_end() {
    let lacks = |key: &str| json!({"objectSelector": {"matchExpressions": [{"key": key, "operator": "DoesNotExist"}]}});
    let configuration = under(&[
        ("a", json!({"match": lacks("b"), "defaults": {"labels": {"a": "1"}}})),
        ("b", json!({"match": lacks("a"), "defaults": {"labels": {"b": "1"}}})),
    ]);
    let given = completed(&configuration, &bare());
    assert_eq!(given["metadata"]["labels"], json!({"a": "1", "b": "1"}));
    assert!(mutate(&configuration, &given).patch().is_none());
}

#[test]
fn on_update_nothing_is_given() {
    let configuration = everything();
    let stored = completed(&configuration, &bare());
    for new in [
        with(&bare(), &json!({"spec": {"entrypoint": "python b.py"}})),
        with(&stored, &json!({"metadata": {"labels": null}})),
    ] {
        let answer = ask(Endpoint::Mutate, &update(&stored, &new).bytes(), &configuration);
        assert!(answer.patch().is_none(), "{answer:?}");
    }
}

#[test]
fn what_cannot_be_read_is_left_alone() {
    let configuration = everything();
    for spec in [
        json!("x"),
        json!([]),
        json!({"rayClusterSpec": {"headGroupSpec": "x", "workerGroupSpecs": {}}}),
        json!({"rayClusterSpec": {"headGroupSpec": {"template": 7, "rayStartParams": []}}}),
    ] {
        let mut job = bare();
        job["spec"] = spec;
        let given = completed(&configuration, &job);
        assert_eq!(with(&given, &job), given, "{job}");
    }
    for object in [json!("x"), json!([]), json!(7)] {
        assert!(mutate(&configuration, &object).patch().is_none());
    }
}

#[test]
fn a_namespace_that_nobody_knows_is_asked_for_only_when_somebody_gives() {
    let spec = |defaults: Value| json!({"match": {"namespaceSelector": {"matchLabels": {"tier": "gpu"}}}, "defaults": defaults});
    let body = create(&bare()).bytes();
    let asked = admit(Endpoint::Mutate, &body, &under(&[("p", spec(json!({"activeDeadlineSeconds": 1})))]));
    assert!(matches!(asked, Err(Unreadable::UnknownNamespace(_))));
    admit(Endpoint::Mutate, &body, &under(&[("p", spec(json!({})))])).expect("nothing to ask for");
}

#[test]
fn a_job_with_thousands_of_groups_is_answered() {
    let mut job = bare();
    let group = job["spec"]["rayClusterSpec"]["workerGroupSpecs"][0].clone();
    let groups = (0..300)
        .map(|index| with(&group, &json!({"groupName": format!("g{index}"), "resources": {"CPU": "1"}})));
    job["spec"]["rayClusterSpec"]["workerGroupSpecs"] = groups.collect();
    let answer = mutate(&giving(&json!({"workerRayStartParams": {"num-cpus": "1"}})), &job);
    assert!(answer.patch().is_some() && annotation(&answer, "defaults").is_none());
    assert!(annotation(&answer, "defaults-not-applied").expect("a refusal").len() <= 1024);
}
