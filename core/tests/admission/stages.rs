//! What an edit meets at each step of a job's life, for every field that KubeRay reads at some of them only.

use serde_json::{Value, json};

use crate::support::{Answer, job, update, with};

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

pub(crate) fn stored_at(stage: &str, spec: &Value) -> Value {
    let usual = match stage {
        "Waiting" => json!({"submissionMode": "InteractiveMode"}),
        "Suspended" => json!({"suspend": true}),
        _ => json!({}),
    };
    let status = if stage.is_empty() { json!({}) } else { json!({"jobDeploymentStatus": stage}) };
    with(&with(&job(), &json!({"spec": usual})), &json!({"spec": spec, "status": status}))
}

/// What the rules about updates say, denials first.
pub(crate) fn said_in(answer: &Answer) -> Vec<String> {
    let denied = answer.denied.iter().map(|code| ("deny", code));
    let warned = answer.warned.iter().map(|code| ("warn", code));
    let said = denied.chain(warned).filter(|(_, code)| code.starts_with("RJ8"));
    said.map(|(level, code)| format!("{level} {code}")).collect()
}

pub(crate) fn said_about(old: &Value, change: &Value) -> Vec<String> {
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

pub(crate) fn image(tag: &str) -> Value {
    let containers = json!([{"name": "ray-head", "image": format!("rayproject/ray:{tag}")}]);
    json!({"rayClusterSpec": {"headGroupSpec": {"template": {"spec": {"containers": containers}}}}})
}

fn edits_of_the_work() -> Vec<Edit> {
    const SUBMITTED: &[(&[&str], &str)] = &[(&["Running"], "warn RJ804"), (ENDED, "warn RJ808")];
    const NAMED: &[(&[&str], &str)] = &[(&["Initializing", "Running"], "warn RJ804"), (ENDED, "warn RJ808")];
    const BUILT: &[(&[&str], &str)] =
        &[(&["Initializing", "Waiting", "Running"], "warn RJ804"), (ENDED, "warn RJ808")];
    let submitter = json!({"spec": {
        "restartPolicy": "Never", "containers": [{"name": "submitter", "image": "rayproject/ray:2.56.0"}]
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
