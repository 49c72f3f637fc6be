//! RJ141 `deletion-strategy-with-cluster-selector`.

use crate::rules::prelude::*;

rule! {
    /// A job on an existing cluster is to delete itself, which it never does.
    ///
    /// ## Why
    /// For a job with `clusterSelector` KubeRay skips all deletion: a policy `DeleteSelf` is accepted, and the RayJob stays.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec: null
    ///   shutdownAfterJobFinishes: null
    ///   clusterSelector:
    ///     ray.io/cluster: shared
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteSelf
    ///       condition: {jobStatus: SUCCEEDED}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec: null
    ///   shutdownAfterJobFinishes: null
    ///   clusterSelector:
    ///     ray.io/cluster: shared
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `RayJobReconciler.Reconcile`
    "RJ141" "deletion-strategy-with-cluster-selector" Warn since "0.1.0" because
        KubeRayHangs [from V1_5] [where RayJobDeletionPolicy is true] "with clusterSelector the operator returns before it looks at deletionStrategy: nothing is deleted",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(strategy) = job.deletion_strategy().filter(|_| job.selects_cluster()) else { return };
    for policy in strategy.policies().filter(|policy| policy.value() == Some("DeleteSelf")) {
        findings
            .report(policy, "KubeRay deletes nothing after a job on an existing cluster: the RayJob stays")
            .because_of(job.spec.cluster_selector)
            .because_of(strategy.object)
            .help("remove deletionStrategy, and delete the RayJob when it is no longer needed");
    }
}
