//! RJ106 `cluster-outlives-job`.

use crate::rules::prelude::*;

rule! {
    /// Nothing shuts the job's cluster down when the job has ended.
    ///
    /// ## Why
    /// The default of `shutdownAfterJobFinishes` is false: the cluster stays, with its GPUs, until somebody deletes the
    /// RayJob. That is meant when one wants to look into the cluster afterwards; more often it is the bill that tells.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: null
    /// ```
    /// ```yaml good
    /// spec:
    ///   shutdownAfterJobFinishes: true
    ///   ttlSecondsAfterFinished: 600
    /// ```
    "RJ106" "cluster-outlives-job" Warn since "0.1.0" because
        KubeRayHangs "without shutdownAfterJobFinishes and without deletionStrategy the cluster stays after the job has ended (v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let spec = &job.spec;
    let ends = spec.shutdown_after_job_finishes.is_true()
        || spec.deletion_strategy.is_present()
        || spec.deletion_policy().is_present();
    if job.cluster().is_some() && !ends && !job.selects_cluster() {
        findings
            .report(spec.shutdown_after_job_finishes, "the cluster and its GPUs stay after the job has ended")
            .because_of(spec.deletion_strategy)
            .because_of(spec.deletion_policy())
            .because_of(spec.cluster_selector)
            .because_of(spec.ray_cluster_spec)
            .help("set shutdownAfterJobFinishes: true, with ttlSecondsAfterFinished to keep it a while");
    }
}
