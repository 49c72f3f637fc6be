//! RJ102 `ttl-without-shutdown`.

use crate::rules::prelude::*;

rule! {
    /// `ttlSecondsAfterFinished` is set, but the cluster is not to be shut down.
    ///
    /// ## Why
    /// The time to live counts from the end of the job to the shutdown of its cluster. Without
    /// `shutdownAfterJobFinishes: true` there is nothing to count for. KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: false
    ///   ttlSecondsAfterFinished: 600
    /// ```
    /// ```yaml good
    /// spec:
    ///   shutdownAfterJobFinishes: true
    ///   ttlSecondsAfterFinished: 600
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `ValidateRayJobSpec`
    "RJ102" "ttl-without-shutdown" Deny since "0.1.0" because
        KubeRayRefuses [from V1_4] "`a RayJob with shutdownAfterJobFinishes set to false cannot have TTLSecondsAfterFinished`, in reconcile (ValidateRayJobSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let (ttl, shutdown) = (job.spec.ttl_seconds_after_finished, job.spec.shutdown_after_job_finishes);
    if ttl.is_positive() && !shutdown.is_true() {
        findings
            .report(ttl, format!("a time to live of {} s has no effect while shutdownAfterJobFinishes is not true, and KubeRay refuses the pair", ttl.value().unwrap_or_default()))
            .because_of(shutdown)
            .help("set shutdownAfterJobFinishes: true, or remove ttlSecondsAfterFinished");
    }
}
