//! RJ227 `negative-idle-timeout`.

use crate::rules::prelude::*;

rule! {
    /// `autoscalerOptions.idleTimeoutSeconds` is below zero.
    ///
    /// ## Why
    /// KubeRay accepts the job, then refuses to start it. It does so even where autoscaling is off.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     autoscalerOptions: {idleTimeoutSeconds: -1}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     autoscalerOptions: {idleTimeoutSeconds: 0}
    /// ```
    "RJ227" "negative-idle-timeout" Deny since "0.1.0" because
        KubeRayRefuses [from V1_6] "`autoscalerOptions.idleTimeoutSeconds must be non-negative`, in reconcile (ValidateRayClusterSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let Some(options) = cluster.autoscaler_options() else { return };
    let timeout = options.idle_timeout_seconds;
    if let Some(seconds) = timeout.value().filter(|seconds| *seconds < 0) {
        findings
            .report(timeout, format!("workers cannot be idle for {seconds} s"))
            .help("write the seconds after which an idle worker may go, 0 or more");
    }
}
