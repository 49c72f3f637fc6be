//! Edits whose meaning depends on more than the stage: on what else is written with them, by whom, and on what Ray knows.

use raygate_core::admission::Verdict;
use raygate_core::kuberay::{FeatureGates, KubeRay};
use serde_json::{Value, json};

use crate::stages::{image, said_about, said_in, stored_at};
use crate::support::{OPERATOR, job, update, with};

#[test]
fn an_ended_job_on_a_shared_cluster_may_lose_its_selector_when_nothing_is_deleted_then() {
    let stored = json!({"shutdownAfterJobFinishes": null, "clusterSelector": {"ray.io/cluster": "shared"}});
    let change = json!({"spec": {"clusterSelector": null}});
    assert_eq!(said_about(&stored_at("Complete", &stored), &change), Vec::<String>::new());
    let deleting = json!({"spec": {"clusterSelector": null, "shutdownAfterJobFinishes": true}});
    assert_eq!(said_about(&stored_at("Complete", &stored), &deleting), ["deny RJ802"]);
}

/// What Kueue writes when it admits a job: pods are to run on certain nodes, and a submitter is described.
fn admitted_by_kueue() -> Value {
    json!({"spec": {
        "suspend": false,
        "submitterPodTemplate": {"spec": {
            "restartPolicy": "Never", "containers": [{"name": "ray-job-submitter", "image": "rayproject/ray:2.56.0"}]
        }},
        "rayClusterSpec": {"headGroupSpec": {"template": {"spec": {"nodeSelector": {"pool": "gpu"}}}}},
    }})
}

#[test]
fn what_a_queue_writes_is_let_through_whoever_writes_it() {
    let suspended = json!({"suspend": true});
    for stage in ["", "Initializing", "Suspending", "Suspended"] {
        let old = stored_at(stage, &suspended);
        let answer = update(&old, &with(&old, &admitted_by_kueue())).validate();
        assert_eq!(answer.verdict, Verdict::Allowed, "admission at {stage:?}: {answer:?}");
    }
    for stage in ["Initializing", "Running"] {
        let old = with(&stored_at(stage, &json!({})), &admitted_by_kueue());
        let nodes =
            json!({"rayClusterSpec": {"headGroupSpec": {"template": {"spec": {"nodeSelector": null}}}}});
        let evicted = with(&with(&old, &json!({"spec": nodes})), &json!({"spec": {"suspend": true}}));
        let answer = update(&old, &evicted).validate();
        assert_eq!(answer.verdict, Verdict::Allowed, "eviction at {stage:?}: {answer:?}");
    }
}

#[test]
fn all_that_is_ignored_stands_in_one_warning() {
    let mut change = image("2.56.0-gpu");
    json_patch::merge(&mut change, &json!({"entrypoint": "python other.py", "jobId": "other"}));
    let old = stored_at("Running", &json!({"jobId": "train-1"}));
    let answer = update(&old, &with(&old, &json!({"spec": change}))).validate();
    assert_eq!(answer.warnings().len(), 1, "{answer:?}");
    for key in ["rayClusterSpec", "entrypoint", "jobId"] {
        assert!(answer.warnings()[0].contains(key), "{answer:?}");
    }
    assert!(!answer.body.to_string().contains("other.py"), "an entrypoint may hold a secret");
}

#[test]
fn what_means_the_same_to_the_operator_is_no_change() {
    let container = |memory: Value| {
        let resources = json!({"limits": {"memory": memory}});
        json!([{"name": "ray-head", "image": "rayproject/ray:2.56.0", "resources": resources}])
    };
    let spec = |containers: Value| json!({"rayClusterSpec": {"headGroupSpec": {"template": {"spec": {"containers": containers}}}}});
    let old = stored_at("Running", &spec(container(json!("1024Mi"))));
    let mut change = spec(container(json!("1Gi")));
    json_patch::merge(
        &mut change,
        &json!({"entrypointNumGpus": 0, "metadata": {}, "activeDeadlineSeconds": 60}),
    );
    assert_eq!(said_about(&old, &json!({"spec": change})), Vec::<String>::new());
}

#[test]
fn a_job_that_ray_does_not_know_yet_is_submitted_as_it_is_then() {
    let http = json!({"submissionMode": "HTTPMode"});
    let (unknown, change) = (stored_at("Running", &http), json!({"spec": {"entrypoint": "python other.py"}}));
    assert_eq!(said_about(&unknown, &change), Vec::<String>::new());
    let known = with(&unknown, &json!({"status": {"jobStatus": "PENDING"}}));
    assert_eq!(said_about(&known, &change), ["warn RJ804"]);
}

#[test]
fn a_mode_can_be_mended_until_the_cluster_is_made_for_it() {
    let waits = stored_at("Initializing", &json!({}));
    let sidecar = json!({"spec": {"submissionMode": "SidecarMode"}});
    assert_eq!(said_about(&waits, &sidecar), Vec::<String>::new());
    let builds = with(&waits, &json!({"status": {"rayClusterStatus": {"desiredWorkerReplicas": 1}}}));
    assert_eq!(said_about(&builds, &sidecar), ["deny RJ809"]);
    let mistyped = with(&builds, &json!({"spec": {"submissionMode": "K8SJobMode"}}));
    assert_eq!(
        said_about(&mistyped, &json!({"spec": {"submissionMode": "K8sJobMode"}})),
        Vec::<String>::new()
    );
}

#[test]
fn a_lost_id_is_put_back_and_nobody_is_warned() {
    let old = stored_at("Running", &json!({"jobId": "train-1"}));
    let review = update(&old, &with(&old, &json!({"spec": {"jobId": null, "backoffLimit": 1}})));
    assert_eq!(review.validate().verdict, Verdict::Allowed);
    assert_eq!(update(&old, &review.completed()).validate().verdict, Verdict::Allowed);
}

#[test]
fn a_status_of_the_older_interface_counts() {
    let change = json!({"spec": {"entrypoint": "python other.py"}});
    for (status, said) in [
        ("Pending", &[][..]),
        ("Running", &["warn RJ804"][..]),
        ("Succeeded", &["warn RJ808"][..]),
        ("Failed", &["warn RJ808"][..]),
    ] {
        let old = with(&job(), &json!({"status": {"status": status}}));
        assert_eq!(said_about(&old, &change), said, "{status}");
    }
}

#[test]
fn a_controllers_dangerous_edit_is_excused() {
    let old = stored_at("Running", &json!({}));
    let new = with(&old, &json!({"spec": {"clusterSelector": {"ray.io/cluster": "shared"}}}));
    let answer = update(&old, &new).by(OPERATOR).validate();
    assert_eq!((answer.verdict, answer.denied.as_slice()), (Verdict::Excused, ["RJ802"].as_slice()));
    assert_eq!(update(&old, &new).validate().status()["code"], 403, "a running job survives `apply --force`");
}

#[test]
fn before_kuberay_1_5_a_refused_job_recovers() {
    let old = stored_at("ValidationFailed", &json!({"backoffLimit": -1}));
    let review = update(&old, &with(&old, &json!({"spec": {"backoffLimit": 1}})));
    for (version, said) in [("1.4", &[][..]), ("1.5", &["warn RJ807"][..]), ("1.7", &["warn RJ807"][..])] {
        let kuberay = KubeRay::new(version.parse().expect("a version"), FeatureGates::default());
        assert_eq!(said_in(&review.validate_for(&kuberay)), said, "{version}");
    }
}
