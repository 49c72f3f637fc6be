//! RJ206 `malformed-group-label`.

use crate::document::Text;
use crate::kubernetes_names::{is_label_value, is_qualified_name};
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A label of a group is none that Kubernetes allows.
    ///
    /// ## Why
    /// Ray's labels of a group are also put on its pods, so each must be a Kubernetes label: the key has at most 63
    /// letters, digits, `-`, `_` and `.`, perhaps behind a DNS name and a `/`; so has the value, which may be empty. Both
    /// begin and end with a letter or digit. KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       labels: {"my zone": a}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       labels: {zone: eu west}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       labels: {example.com/zone: -a}
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       labels: {example.com/zone: eu-west_1.a, empty: ""}
    /// ```
    "RJ206" "malformed-group-label" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] "`invalid label key`, `invalid label value`, in reconcile (validateRayGroupLabels)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    for group in cluster.groups() {
        for label in group.spec.labels.entries() {
            let key = label.key();
            let value = label.cast::<Text>();
            let problem = if !is_qualified_name(key) {
                format!("{} cannot be the key of a label", Quoted(key))
            } else if let Some(text) = value.value().filter(|text| !is_label_value(text)) {
                format!("{} cannot be the value of the label {}", Quoted(text), Quoted(key))
            } else {
                continue;
            };
            findings
                .report(value, format!("{problem} of {}", group.name_for_people()))
                .because_of(group.spec.labels)
                .help("use at most 63 letters, digits, `-`, `_` and `.`, beginning and ending with a letter or digit");
        }
    }
}
