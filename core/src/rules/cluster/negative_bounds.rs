//! RJ208 `negative-bounds`.

use crate::rules::prelude::*;

rule! {
    /// `minReplicas` or `maxReplicas` of a worker group is below zero.
    ///
    /// ## Why
    /// KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: -1
    ///       maxReplicas: 4
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: -2
    ///       maxReplicas: -1
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 0
    ///       maxReplicas: 0
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    "RJ208" "negative-bounds" Deny since "0.1.0" because
        KubeRayRefuses [from V1_6] "`has negative minReplicas`, `has negative maxReplicas`, in reconcile (ValidateRayClusterSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    for group in &cluster.workers {
        for bound in [group.spec.min_replicas, group.spec.max_replicas] {
            if let Some(replicas) = bound.value().filter(|replicas| *replicas < 0) {
                findings
                    .report(
                        bound,
                        format!(
                            "{} cannot have {replicas} workers as its {}",
                            group.name_for_people(),
                            bound.key()
                        ),
                    )
                    .help("write 0 or more");
            }
        }
    }
}
