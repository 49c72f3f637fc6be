//! RJ627 `malformed-pod-metadata`.

use crate::document::{Field, Map, Object, Text};
use crate::kubernetes_names::{is_label_value, is_qualified_name};
use crate::quoted::Quoted;
use crate::rayjob::{MadePod, Role};
use crate::rules::prelude::*;

rule! {
    /// A label or annotation of a pod template has a key or value that Kubernetes does not take.
    ///
    /// ## Why
    /// Values of labels have at most 63 letters, digits, -, _ and .; what does not fit belongs into an annotation. The pod
    /// is refused each time KubeRay creates it, and the job waits for it while the rest of its cluster holds its nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         metadata:
    ///           labels: {team: data science}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         metadata:
    ///           labels: {team: data-science}
    ///           annotations: {note: data science}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `ValidateObjectMeta`
    /// - KubeRay v1.7 `labelPod`
    "RJ627" "malformed-pod-metadata" Deny since "0.1.0" because
        KubernetesRefuses "`metadata.labels: Invalid value: a valid label must be an empty string or consist of alphanumeric characters`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        let metadata = pod.template.object.child::<Object>("metadata");
        let mut report = |field: Field<'a>, message: String, help: &'static str| {
            findings.report(field, message).because_of_all(pod.used_because_of()).help(help);
        };
        for label in metadata.child::<Map>("labels").each().filter(|label| is_kept(pod, label.key())) {
            if !is_qualified_name(label.key()) {
                report(label, format!("no label can have the key {}", Quoted(label.key())), KEY);
            } else if let Some(value) = label.cast::<Text>().value().filter(|value| !is_label_value(value)) {
                let help = "write at most 63 letters, digits, -, _ and ., or make it an annotation";
                report(label, format!("no label can have the value {}", Quoted(value)), help);
            }
        }
        for annotation in metadata.child::<Map>("annotations").each() {
            // Kubernetes takes capital letters in an annotation's domain.
            if !is_qualified_name(&annotation.key().to_lowercase()) {
                report(
                    annotation,
                    format!("no annotation can have the key {}", Quoted(annotation.key())),
                    KEY,
                );
            }
        }
    }
}

const KEY: &str = "write letters, digits, -, _ and ., perhaps behind a domain and a slash";

/// Labels that KubeRay writes over those of a template (v1.3 to v1.7).
const OF_GROUPS: [&str; 6] = [
    "ray.io/cluster",
    "ray.io/group",
    "ray.io/node-type",
    "ray.io/replica-host-index",
    "ray.io/worker-group-replica-index",
    "ray.io/worker-group-replica-name",
];
const OF_SUBMITTER: [&str; 3] =
    ["app.kubernetes.io/created-by", "ray.io/originated-from-cr-name", "ray.io/originated-from-crd"];

/// Whether KubeRay leaves the label as it is; it writes those of the group's `labels` over it, too.
fn is_kept(pod: MadePod<'_, '_>, key: &str) -> bool {
    match pod.role {
        Role::Head(group) | Role::Worker(group) => {
            !OF_GROUPS.contains(&key) && group.spec.labels.each().all(|label| label.key() != key)
        }
        Role::Submitter => !OF_SUBMITTER.contains(&key),
    }
}
