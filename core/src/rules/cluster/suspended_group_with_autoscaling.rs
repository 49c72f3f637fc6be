//! RJ224 `suspended-group-with-autoscaling`.

use crate::rules::prelude::*;

rule! {
    /// A worker group is suspended while autoscaling is on.
    ///
    /// ## Why
    /// The autoscaler knows of no suspended groups. KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
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
    ///     enableInTreeAutoscaling: true
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
    "RJ224" "suspended-group-with-autoscaling" Deny since "0.1.0" because
        KubeRayRefuses [from V1_4] "`cannot be suspended with Autoscaler enabled`, in reconcile (ValidateRayClusterSpec)",
        KubeRayHangs [until V1_3] "the RayCluster made from the job is refused, and the job waits for it",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    if !cluster.is_autoscaled() {
        return;
    }

    for group in &cluster.workers {
        let suspend = group.spec.suspend;
        if suspend.is_true() {
            findings
                .report(suspend, format!("{} is suspended while autoscaling is on", group.name_for_people()))
                .because_of(cluster.spec.enable_in_tree_autoscaling)
                .reason(Reason::Forbidden)
                .help("remove suspend; for a group that starts without workers, set its replicas and minReplicas to 0");
        }
    }
}
