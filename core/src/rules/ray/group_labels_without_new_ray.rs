//! RJ398 `group-labels-without-new-ray`.

use crate::ray_start;
use crate::ray_version::Release;
use crate::rules::prelude::*;

/// The first release whose `ray start` reads labels as KubeRay writes them (`parse_node_labels_string`).
const WITH_LABELS: Release = [2, 45];

rule! {
    /// A group has `labels`, and its Ray is too old to read them.
    ///
    /// ## Why
    /// KubeRay makes `--labels=key=value,…` of them. Before 2.45 `ray start` takes only JSON there, and ends at once: the pod is
    /// restarted for ever, and the job stays in `Initializing`.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       labels: {zone: a}
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.44.0}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       labels: {zone: a}
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.56.0}]}}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.5 to v1.7 `updateRayStartParamsLabels`
    /// - Ray 2.44 `parse_node_labels_json`
    "RJ398" "group-labels-without-new-ray" Deny since "0.1.0" [reads metadata] because
        Ray [from V1_5] "`is not a valid JSON string`, and `ray start` exits with 1 (Ray 2.38 to 2.44)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let has_labels = job
        .own_cluster()
        .is_some_and(|cluster| cluster.groups().any(|group| group.spec.labels.each().next().is_some()));
    if !has_labels {
        return;
    }
    for node in ray_start::started(job).filter(|node| node.group.spec.labels.each().next().is_some()) {
        if let Some([major, minor]) = node.ray.release().filter(|release| *release < WITH_LABELS) {
            findings
                .report(
                    node.group.spec.labels,
                    format!(
                        "{} has labels, and `ray start` of Ray {major}.{minor} cannot read them: it would not start",
                        node.name_for_people()
                    ),
                )
                .because_of_all(node.because())
                .reason(Reason::Forbidden)
                .help("use Ray 2.45 or newer, or remove the labels");
        }
    }
}
