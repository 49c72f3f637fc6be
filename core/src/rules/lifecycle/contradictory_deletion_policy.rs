//! RJ140 `contradictory-deletion-policy`.

use crate::rules::prelude::*;

rule! {
    /// `deletionPolicy` contradicts another field of the job.
    ///
    /// ## Why
    /// KubeRay 1.3 and 1.4 delete neither an existing cluster nor the workers of an autoscaled one, and do not choose between
    /// `DeleteNone` and `shutdownAfterJobFinishes: true`. The operator accepts the job and never starts it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec: null
    ///   shutdownAfterJobFinishes: null
    ///   deletionPolicy: DeleteWorkers
    ///   clusterSelector:
    ///     ray.io/cluster: shared
    /// ```
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionPolicy: DeleteWorkers
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    /// ```
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: true
    ///   deletionPolicy: DeleteNone
    /// ```
    /// ```yaml good
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionPolicy: DeleteCluster
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.4 `ValidateRayJobSpec`
    "RJ140" "contradictory-deletion-policy" Deny since "0.1.0" because
        KubeRayRefuses [until V1_4] [where RayJobDeletionPolicy is true] "`the ClusterSelector mode doesn't support DeletionPolicy=DeleteCluster`, `DeletionPolicy=DeleteWorkers currently does not support RayCluster with autoscaling enabled`, `shutdownAfterJobFinshes is set to 'true' while deletion policy is 'DeleteNone'`, in reconcile (ValidateRayJobSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let (spec, policy) = (&job.spec, job.spec.deletion_policy());
    let Some(what) = policy.value() else { return };
    if matches!(what, "DeleteCluster" | "DeleteWorkers") && job.selects_cluster() {
        findings
            .report(
                policy,
                format!("{what} would touch a cluster that is not the job's own (clusterSelector)"),
            )
            .because_of(spec.cluster_selector)
            .reason(Reason::Forbidden)
            .help("remove deletionPolicy: a job on an existing cluster leaves it as it is");
    }
    if let Some(cluster) = job.cluster().filter(|cluster| what == "DeleteWorkers" && cluster.is_autoscaled())
    {
        findings
            .report(
                policy,
                "the workers of a cluster with enableInTreeAutoscaling cannot be deleted without the cluster",
            )
            .because_of(cluster.spec.enable_in_tree_autoscaling)
            .because_of(spec.cluster_selector)
            .reason(Reason::Forbidden)
            .help("write DeleteCluster, or switch enableInTreeAutoscaling off");
    }
    if what == "DeleteNone" && spec.shutdown_after_job_finishes.is_true() {
        findings
            .report(policy, "DeleteNone contradicts shutdownAfterJobFinishes: true")
            .because_of(spec.shutdown_after_job_finishes)
            .reason(Reason::Forbidden)
            .help("remove shutdownAfterJobFinishes to keep the cluster, or remove deletionPolicy");
    }
}
