//! RJ121 `deletion-of-selected-cluster`.

use crate::rules::prelude::*;

rule! {
    /// An existing cluster, or its workers, are to be deleted after the job.
    ///
    /// ## Why
    /// The cluster that `clusterSelector` names is not the job's own. KubeRay accepts the job, then refuses to start it: it stays
    /// in `ValidationFailed` for ever.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec: null
    ///   shutdownAfterJobFinishes: null
    ///   clusterSelector:
    ///     ray.io/cluster: shared
    ///   deletionStrategy:
    ///     onSuccess: {policy: DeleteCluster}
    ///     onFailure: {policy: DeleteWorkers}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec: null
    ///   shutdownAfterJobFinishes: null
    ///   clusterSelector:
    ///     ray.io/cluster: shared
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteCluster
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
    /// - KubeRay v1.7 `validateDeletionRules`, `validateLegacyDeletionPolicies`
    "RJ121" "deletion-of-selected-cluster" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] [where RayJobDeletionPolicy is true] "`the ClusterSelector mode doesn't support DeletionStrategy=DeleteCluster on success`, `not supported when ClusterSelector is set`, in reconcile (validateDeletionConfiguration)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(strategy) = job.deletion_strategy().filter(|_| job.selects_cluster()) else { return };
    for policy in strategy.policies() {
        if let Some(what @ ("DeleteCluster" | "DeleteWorkers")) = policy.value() {
            findings
                .report(
                    policy,
                    format!("{what} would touch a cluster that is not the job's own (clusterSelector)"),
                )
                .because_of(job.spec.cluster_selector)
                .because_of(strategy.object)
                .reason(Reason::Forbidden)
                .help("remove deletionStrategy: a job on an existing cluster leaves it as it is");
        }
    }
}
