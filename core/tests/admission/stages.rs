//! What an edit meets at each step of a job's life, for every field that KubeRay reads at some of them only.

use raygate_core::admission::Verdict;
use raygate_core::kuberay::{FeatureGates, KubeRay};
use serde_json::{Value, json};

use crate::support::{Answer, OPERATOR, job, update, with};

/// KubeRay's `jobDeploymentStatus`; a new job has none.
const STAGES: [&str; 10] = [
    "",
    "Initializing",
    "Waiting",
    "Running",
    "Suspending",
    "Suspended",
    "Retrying",
    "Complete",
    "Failed",
    "ValidationFailed",
];

/// An edit of the spec, and what is said about it: level and rule at some stages, nothing at the others.
struct Edit {
    /// The stored spec, where it differs from that of a job of the stage.
    stored: Value,
    change: Value,
    said: &'static [(&'static [&'static str], &'static str)],
}

impl Edit {
    fn of(change: Value, said: &'static [(&'static [&'static str], &'static str)]) -> Self {
        Self { stored: json!({}), change, said }
    }

    fn of_stored(
        stored: Value,
        change: Value,
        said: &'static [(&'static [&'static str], &'static str)],
    ) -> Self {
        Self { stored, change, said }
    }

    fn expected_at(&self, stage: &str) -> Vec<String> {
        if stage == "ValidationFailed" {
            return vec!["warn RJ807".to_owned()];
        }
        let said = self.said.iter().filter(|(stages, _)| stages.contains(&stage));
        said.map(|(_, said)| (*said).to_owned()).collect()
    }
}

fn stored_at(stage: &str, spec: &Value) -> Value {
    let usual = match stage {
        "Waiting" => json!({"submissionMode": "InteractiveMode"}),
        "Suspended" => json!({"suspend": true}),
        _ => json!({}),
    };
    let status = if stage.is_empty() { json!({}) } else { json!({"jobDeploymentStatus": stage}) };
    with(&with(&job(), &json!({"spec": usual})), &json!({"spec": spec, "status": status}))
}

/// What the rules about updates say, denials first.
fn said_in(answer: &Answer) -> Vec<String> {
    let denied = answer.denied.iter().map(|code| ("deny", code));
    let warned = answer.warned.iter().map(|code| ("warn", code));
    let said = denied.chain(warned).filter(|(_, code)| code.starts_with("RJ8"));
    said.map(|(level, code)| format!("{level} {code}")).collect()
}

fn said_about(old: &Value, change: &Value) -> Vec<String> {
    said_in(&update(old, &with(old, change)).validate())
}

const ENDED: &[&str] = &["Complete", "Failed"];
const UNDER_WAY: &[&str] = &["Initializing", "Waiting", "Running", "Suspending", "Retrying"];

#[test]
fn an_edit_is_denied_ignored_or_honoured_as_the_stage_has_it() {
    for edit in edits_of_the_work().into_iter().chain(edits_of_the_lifecycle()).chain(edits_of_ownership()) {
        for stage in STAGES {
            let old = stored_at(stage, &edit.stored);
            let said = said_about(&old, &json!({"spec": edit.change}));
            assert_eq!(said, edit.expected_at(stage), "{} over {} at {stage:?}", edit.change, edit.stored);
        }
    }
}

fn image(tag: &str) -> Value {
    let containers = json!([{"name": "ray-head", "image": format!("rayproject/ray:{tag}")}]);
    json!({"rayClusterSpec": {"headGroupSpec": {"template": {"spec": {"containers": containers}}}}})
}

fn edits_of_the_work() -> Vec<Edit> {
    const SUBMITTED: &[(&[&str], &str)] = &[(&["Running"], "warn RJ804"), (ENDED, "warn RJ808")];
    const NAMED: &[(&[&str], &str)] = &[(&["Initializing", "Running"], "warn RJ804"), (ENDED, "warn RJ808")];
    const BUILT: &[(&[&str], &str)] =
        &[(&["Initializing", "Waiting", "Running"], "warn RJ804"), (ENDED, "warn RJ808")];
    let submitter = json!({"spec": {
        "restartPolicy": "Never", "containers": [{"name": "submitter", "image": "rayproject/ray:2.52.0"}]
    }});
    vec![
        Edit::of(image("2.53.0"), BUILT),
        Edit::of(json!({"entrypoint": "python other.py"}), SUBMITTED),
        Edit::of(json!({"runtimeEnvYAML": "pip: [torch]"}), SUBMITTED),
        Edit::of(json!({"metadata": {"owner": "alice"}}), SUBMITTED),
        Edit::of(json!({"entrypointNumCpus": 1}), SUBMITTED),
        Edit::of(json!({"entrypointNumGpus": 0.5}), SUBMITTED),
        Edit::of(json!({"entrypointResources": "{\"a\": 1}"}), SUBMITTED),
        Edit::of(json!({"submitterConfig": {"backoffLimit": 0}}), SUBMITTED),
        Edit::of(json!({"submitterPodTemplate": submitter}), SUBMITTED),
        Edit::of_stored(json!({"jobId": "train-1"}), json!({"jobId": "train-2"}), NAMED),
        // Who drops an id means nothing by it: `/mutate` puts it back.
        Edit::of_stored(json!({"jobId": "train-1"}), json!({"jobId": null}), &[]),
    ]
}

fn edits_of_the_lifecycle() -> Vec<Edit> {
    let rules = json!([
        {"policy": "DeleteCluster", "condition": {"jobStatus": "SUCCEEDED"}},
        {"policy": "DeleteCluster", "condition": {"jobDeploymentStatus": "Failed"}},
    ]);
    vec![
        Edit::of_stored(
            json!({"suspend": null}),
            json!({"suspend": true}),
            &[(&["Waiting", "Complete", "Failed"], "warn RJ805")],
        ),
        Edit::of_stored(json!({"suspend": true}), json!({"suspend": false}), &[]),
        Edit::of(json!({"activeDeadlineSeconds": 60}), &[(ENDED, "warn RJ808")]),
        Edit::of(
            json!({"preRunningDeadlineSeconds": 60}),
            &[(&["Running"], "warn RJ804"), (ENDED, "warn RJ808")],
        ),
        Edit::of(json!({"backoffLimit": 2}), &[(&["Failed"], "warn RJ806")]),
        Edit::of_stored(json!({"backoffLimit": 2}), json!({"backoffLimit": 0}), &[]),
        Edit::of(json!({"ttlSecondsAfterFinished": 60}), &[]),
        Edit::of_stored(
            json!({"suspend": null, "shutdownAfterJobFinishes": null}),
            json!({"shutdownAfterJobFinishes": true}),
            &[],
        ),
        Edit::of_stored(
            json!({"suspend": null}),
            json!({"shutdownAfterJobFinishes": null, "deletionStrategy": {"deletionRules": rules}}),
            &[],
        ),
    ]
}

fn edits_of_ownership() -> Vec<Edit> {
    let mode = |mode: &str| json!({"submissionMode": mode});
    let selector = |name: &str| json!({"suspend": null, "clusterSelector": {"ray.io/cluster": name}});
    vec![
        Edit::of_stored(mode("K8sJobMode"), mode("HTTPMode"), &[(ENDED, "warn RJ808")]),
        Edit::of_stored(
            mode("HTTPMode"),
            mode("K8sJobMode"),
            &[(&["Running"], "deny RJ809"), (ENDED, "warn RJ808")],
        ),
        Edit::of_stored(
            mode("HTTPMode"),
            mode("SidecarMode"),
            &[(&["Running"], "deny RJ809"), (ENDED, "warn RJ808")],
        ),
        Edit::of_stored(
            mode("InteractiveMode"),
            mode("HTTPMode"),
            &[(&["Waiting"], "deny RJ801"), (&["Initializing"], "deny RJ809"), (ENDED, "warn RJ808")],
        ),
        Edit::of_stored(json!({"suspend": null}), selector("shared"), &[(UNDER_WAY, "deny RJ802")]),
        Edit::of_stored(
            selector("shared"),
            json!({"clusterSelector": null}),
            &[(UNDER_WAY, "deny RJ802"), (ENDED, "deny RJ802")],
        ),
        Edit::of_stored(
            selector("shared"),
            selector("other"),
            &[(&["Initializing", "Waiting", "Running"], "warn RJ804")],
        ),
        Edit::of(
            json!({"managedBy": "kueue.x-k8s.io/multikueue"}),
            &[(UNDER_WAY, "deny RJ803"), (ENDED, "deny RJ803")],
        ),
        Edit::of_stored(
            json!({"managedBy": "kueue.x-k8s.io/multikueue"}),
            json!({"managedBy": null}),
            &[(UNDER_WAY, "deny RJ803")],
        ),
        Edit::of(json!({"managedBy": "ray.io/kuberay-operator"}), &[]),
    ]
}

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
            "restartPolicy": "Never", "containers": [{"name": "ray-job-submitter", "image": "rayproject/ray:2.52.0"}]
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
    let mut change = image("2.53.0");
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
        json!([{"name": "ray-head", "image": "rayproject/ray:2.52.0", "resources": resources}])
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
