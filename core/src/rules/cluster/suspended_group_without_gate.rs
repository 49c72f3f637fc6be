//! RJ222 `suspended-group-without-gate`.

use crate::rules::prelude::*;

rule! {
    /// A worker group is suspended, which this KubeRay has not turned on.
    ///
    /// ## Why
    /// `suspend` of a worker group is for KubeRay's own use, when it deletes a finished job's workers. It needs the
    /// operator's feature gate `RayJobDeletionPolicy`. KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       suspend: true
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
    ///       suspend: false
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    "RJ222" "suspended-group-without-gate" Deny since "0.1.0" because
        KubeRayRefuses [from V1_4] [where RayJobDeletionPolicy is false] "`can be suspended only when the RayJobDeletionPolicy feature gate is enabled`, in reconcile (ValidateRayClusterSpec)",
        KubeRayHangs [until V1_3] [where RayJobDeletionPolicy is false] "the RayCluster made from the job is refused, and the job waits for it",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    for group in &cluster.workers {
        let suspend = group.spec.suspend;
        if suspend.is_true() {
            findings
                .report(
                    suspend,
                    format!(
                        "{} is suspended, which needs a feature gate that KubeRay has turned off here",
                        group.name_for_people()
                    ),
                )
                .reason(Reason::Forbidden)
                .help("remove suspend; for a group without workers, set its replicas to 0");
        }
    }
}
