//! RJ103 `suspend-without-shutdown`.

use crate::rules::prelude::*;

rule! {
    /// A job is suspended that keeps its cluster.
    ///
    /// ## Why
    /// To suspend a job means to delete its cluster, which a job without `shutdownAfterJobFinishes: true` has asked to keep.
    /// KubeRay accepts the job, then refuses it: a new one never starts, a running one keeps all its GPUs in
    /// `ValidationFailed`. Queues such as Kueue suspend every job they take.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   suspend: true
    ///   shutdownAfterJobFinishes: false
    /// ```
    /// ```yaml good
    /// spec:
    ///   suspend: true
    ///   shutdownAfterJobFinishes: true
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `ValidateRayJobSpec`
    "RJ103" "suspend-without-shutdown" Deny since "0.1.0" because
        KubeRayRefuses "`a RayJob with shutdownAfterJobFinishes set to false is not allowed to be suspended`, in reconcile (ValidateRayJobSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let (suspend, shutdown) = (job.spec.suspend, job.spec.shutdown_after_job_finishes);
    if suspend.is_true() && !shutdown.is_true() {
        findings
            .report(
                suspend,
                "a job that keeps its cluster cannot be suspended: shutdownAfterJobFinishes is not true",
            )
            .because_of(shutdown)
            .help("set shutdownAfterJobFinishes: true, or remove suspend");
    }
}
