//! RJ204 `resources-set-twice`.

use crate::rules::prelude::*;

/// What `resources` replaces (KubeRay v1.5 to v1.7).
const PARAMS: [&str; 4] = ["num-cpus", "num-gpus", "memory", "resources"];

rule! {
    /// A group sets Ray's resources both in `resources` and in `rayStartParams`.
    ///
    /// ## Why
    /// The group's `resources` would replace `num-cpus`, `num-gpus`, `memory` and `resources` of `rayStartParams`; KubeRay
    /// does not guess which of the two is meant. KubeRay accepts the job, then refuses to start it. A value of `"0"`
    /// counts as set, `object-store-memory` does not.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "0"}
    ///       resources: {CPU: "4"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       rayStartParams: {num-gpus: "1"}
    ///       resources: {GPU: "1"}
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {object-store-memory: "1000000000"}
    ///       resources: {CPU: "4"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "4"}
    ///       resources: {}
    /// ```
    "RJ204" "resources-set-twice" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] "`resource fields should not be set in both rayStartParams and Resources`, in reconcile (validateRayGroupResources)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    for group in cluster.groups() {
        let resources = group.spec.resources;
        let params = group.spec.ray_start_params;
        let set = PARAMS.into_iter().find(|param| params.get(param).non_empty().is_some());
        if let Some(param) = set.filter(|_| resources.has_entries()) {
            let name = group.name_for_people();
            findings
                .report(
                    resources,
                    format!(
                        "{name} sets Ray's resources twice: in resources, and in rayStartParams as `{param}`"
                    ),
                )
                .because_of(params)
                .reason(Reason::Forbidden)
                .help("keep one of the two: move all of them into resources, or remove resources");
        }
    }
}
