//! RJ209 `crossed-bounds`.

use crate::rules::prelude::*;

rule! {
    /// `minReplicas` of a worker group is above its `maxReplicas`.
    ///
    /// ## Why
    /// No number of workers lies between them. KubeRay accepts the job, then refuses to start it. `replicas` may lie
    /// outside of both.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 5
    ///       maxReplicas: 4
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
    ///       minReplicas: 4
    ///       maxReplicas: 4
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
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       replicas: 4
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    "RJ209" "crossed-bounds" Deny since "0.1.0" because
        KubeRayRefuses [from V1_6] "`has minReplicas greater than maxReplicas`, in reconcile (ValidateRayClusterSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    for group in &cluster.workers {
        let (least, most) = (group.spec.min_replicas, group.spec.max_replicas);
        if let (Some(min), Some(max)) = (least.value(), most.value())
            && min > max
        {
            findings
                .report(
                    least,
                    format!(
                        "{} cannot have at least {min} and at most {max} workers",
                        group.name_for_people()
                    ),
                )
                .because_of(most)
                .help("let minReplicas be at most maxReplicas");
        }
    }
}
