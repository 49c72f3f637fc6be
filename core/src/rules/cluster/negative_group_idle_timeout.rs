//! RJ210 `negative-group-idle-timeout`.

use crate::rules::prelude::*;

rule! {
    /// `idleTimeoutSeconds` of a worker group is below zero.
    ///
    /// ## Why
    /// KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     autoscalerOptions: {version: v2}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       idleTimeoutSeconds: -1
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     autoscalerOptions: {version: v2}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       idleTimeoutSeconds: 0
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    "RJ210" "negative-group-idle-timeout" Deny since "0.1.0" because
        KubeRayRefuses [from V1_6] "`idleTimeoutSeconds must be non-negative`, in reconcile (validateWorkerGroupIdleTimeout)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    for group in &cluster.workers {
        let timeout = group.spec.idle_timeout_seconds;
        if let Some(seconds) = timeout.value().filter(|seconds| *seconds < 0) {
            findings
                .report(timeout, format!("{} cannot be idle for {seconds} s", group.name_for_people()))
                .help("write the seconds after which an idle worker may go, 0 or more");
        }
    }
}
