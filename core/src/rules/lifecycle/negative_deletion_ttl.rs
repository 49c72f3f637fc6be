//! RJ125 `negative-deletion-ttl`.

use crate::rules::prelude::*;

rule! {
    /// The `ttlSeconds` of a deletion rule are below zero.
    ///
    /// ## Why
    /// KubeRay accepts the job, then refuses to start it: it stays in `ValidationFailed` for ever.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteCluster
    ///       condition: {jobStatus: SUCCEEDED, ttlSeconds: -1}
    /// ```
    /// ```yaml good
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteCluster
    ///       condition: {jobStatus: SUCCEEDED, ttlSeconds: 0}
    ///     - policy: DeleteCluster
    ///       condition: {jobDeploymentStatus: Failed}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `validateDeletionCondition`
    "RJ125" "negative-deletion-ttl" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] [where RayJobDeletionPolicy is true] "`TTLSeconds must be non-negative`, in reconcile (validateDeletionRules) and by the CRD",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(strategy) = job.deletion_strategy() else { return };
    for ttl in strategy.rules().map(|rule| rule.condition().ttl_seconds) {
        if let Some(seconds) = ttl.value().filter(|seconds| *seconds < 0) {
            findings
                .report(ttl, format!("a deletion {seconds} s after the end of the job is before it"))
                .help("write 0 to delete at once, or the seconds to wait");
        }
    }
}
