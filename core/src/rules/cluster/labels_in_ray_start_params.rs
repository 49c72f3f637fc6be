//! RJ205 `labels-in-ray-start-params`.

use crate::rules::prelude::*;

rule! {
    /// `rayStartParams` of a group has the key `labels`.
    ///
    /// ## Why
    /// KubeRay sets Ray's `--labels` itself, from the group's field `labels`. KubeRay accepts the job, then refuses to
    /// start it. An empty value is refused as well.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {labels: "zone=a"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       rayStartParams: {labels: ""}
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       labels: {zone: a}
    /// ```
    "RJ205" "labels-in-ray-start-params" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] "`rayStartParams['labels'] is not supported`, in reconcile (validateRayGroupLabels)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    for group in cluster.groups() {
        let params = group.spec.ray_start_params;
        // Whatever its value: even null is an entry of a map in Go.
        if let Some(labels) = params.entries().find(|entry| entry.key() == "labels") {
            findings
                .report(labels, format!("{} sets `labels` in rayStartParams", group.name_for_people()))
                .because_of(params)
                .reason(Reason::Forbidden)
                .help("write them into the group's field `labels`, a map of key and value");
        }
    }
}
