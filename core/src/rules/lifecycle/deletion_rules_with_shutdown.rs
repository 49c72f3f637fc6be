//! RJ117 `deletion-rules-with-shutdown`.

use crate::rules::prelude::*;

rule! {
    /// `deletionRules` and `shutdownAfterJobFinishes` are both to end the cluster.
    ///
    /// ## Why
    /// Two answers to one question. KubeRay accepts the job, then refuses to start it: it stays in `ValidationFailed` for ever.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: true
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteCluster
    ///       condition: {jobStatus: SUCCEEDED}
    ///     - policy: DeleteCluster
    ///       condition: {jobDeploymentStatus: Failed}
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
    /// - KubeRay v1.7 `validateDeletionConfiguration`
    "RJ117" "deletion-rules-with-shutdown" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] [where RayJobDeletionPolicy is true] "`spec.shutdownAfterJobFinishes and spec.deletionStrategy.deletionRules are mutually exclusive`, in reconcile (validateDeletionConfiguration)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let shutdown = job.spec.shutdown_after_job_finishes;
    let Some(strategy) = job.deletion_strategy() else { return };
    if strategy.has_rules() && shutdown.is_true() {
        findings
            .report(shutdown, "deletionRules say what happens after the end of the job: shutdownAfterJobFinishes cannot say it, too")
            .because_of(strategy.deletion_rules)
            .reason(Reason::Forbidden)
            .help("remove shutdownAfterJobFinishes, or remove deletionStrategy");
    }
}
