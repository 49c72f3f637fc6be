//! RJ131 `deadline-beyond-on-failure`.

use crate::rules::prelude::*;

rule! {
    /// `onFailure` does not see a job that ends by a deadline.
    ///
    /// ## Why
    /// `onSuccess` and `onFailure` look at what Ray says about the job. A job that ends by one of its deadlines, or that never gets
    /// submitted, has no `FAILED` from Ray: neither applies, `shutdownAfterJobFinishes` is not asked either, and the cluster stays
    /// with its GPUs until somebody deletes the RayJob.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   deletionStrategy:
    ///     onSuccess: {policy: DeleteCluster}
    ///     onFailure: {policy: DeleteCluster}
    /// ```
    /// ```yaml good
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteCluster
    ///       condition: {jobStatus: SUCCEEDED}
    ///     - policy: DeleteCluster
    ///       condition: {jobDeploymentStatus: Failed}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `handleLegacyDeletionPolicy`
    "RJ131" "deadline-beyond-on-failure" Warn since "0.1.0" because
        KubeRayHangs [from V1_5] [where RayJobDeletionPolicy is true] "a job whose jobStatus is neither SUCCEEDED nor FAILED is left alone (handleLegacyDeletionPolicy)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(strategy) = job.deletion_strategy() else { return };
    let [_, on_failure] = strategy.outcome_policies();
    let deletes = on_failure.value().is_some_and(|policy| policy != "DeleteNone");
    if deletes && !strategy.has_rules() && !job.selects_cluster() {
        findings
            .report(on_failure, "a job that ends by a deadline or is never submitted keeps its cluster: onFailure does not see it")
            .because_of(strategy.deletion_rules)
            .because_of(job.spec.cluster_selector)
            .help("use deletionRules with a rule for jobDeploymentStatus: Failed (KubeRay 1.6 and newer)");
    }
}
