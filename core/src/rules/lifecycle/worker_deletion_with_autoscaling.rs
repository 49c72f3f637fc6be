//! RJ122 `worker-deletion-with-autoscaling`.

use crate::rules::prelude::*;

rule! {
    /// The workers of an autoscaled cluster are to be deleted after the job.
    ///
    /// ## Why
    /// `DeleteWorkers` suspends the worker groups, which the autoscaler would resist. KubeRay accepts the job, then refuses to
    /// start it: it stays in `ValidationFailed` for ever.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteWorkers
    ///       condition: {jobStatus: SUCCEEDED}
    ///     - policy: DeleteWorkers
    ///       condition: {jobDeploymentStatus: Failed}
    /// ```
    /// ```yaml good
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteCluster
    ///       condition: {jobStatus: SUCCEEDED}
    ///     - policy: DeleteCluster
    ///       condition: {jobDeploymentStatus: Failed}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `validateDeletionRules`, `validateLegacyDeletionPolicies`
    "RJ122" "worker-deletion-with-autoscaling" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] [where RayJobDeletionPolicy is true] "`DeletionStrategy=DeleteWorkers currently does not support RayCluster with autoscaling enabled`, in reconcile (validateDeletionConfiguration)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster().filter(|cluster| cluster.is_autoscaled()) else { return };
    let Some(strategy) = job.deletion_strategy() else { return };
    for policy in strategy.policies().filter(|policy| policy.value() == Some("DeleteWorkers")) {
        findings
            .report(
                policy,
                "the workers of a cluster with enableInTreeAutoscaling cannot be deleted without the cluster",
            )
            .because_of(cluster.spec.enable_in_tree_autoscaling)
            .because_of(strategy.object)
            .reason(Reason::Forbidden)
            .help("write DeleteCluster, or switch enableInTreeAutoscaling off");
    }
}
