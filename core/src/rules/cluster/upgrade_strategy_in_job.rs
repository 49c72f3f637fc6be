//! RJ250 `upgrade-strategy-in-job`.

use crate::document::{Field, Text};
use crate::rules::prelude::*;

rule! {
    /// The job's cluster has an `upgradeStrategy`, which only a RayCluster of one's own may have.
    ///
    /// ## Why
    /// KubeRay accepts the job and makes the RayCluster, but then refuses to look after that: no pod is started, and the job
    /// waits for ever.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     upgradeStrategy: {type: Recreate}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     upgradeStrategy: {}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `ValidateRayClusterUpgradeOptions`
    "RJ250" "upgrade-strategy-in-job" Deny since "0.1.0" because
        KubeRayHangs [from V1_6] "`upgradeStrategy cannot be set when RayCluster is created by RayJob`, in reconcile of the RayCluster (ValidateRayClusterUpgradeOptions)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster() else { return };
    let strategy: Field<'a, Text> = cluster.spec.upgrade_strategy.child("type");
    if strategy.is_present() {
        findings
            .report(strategy, "KubeRay starts no pod for a job whose cluster has an upgradeStrategy")
            .because_of(job.spec.cluster_selector)
            .reason(Reason::Forbidden)
            .help("remove upgradeStrategy: the cluster of a job is never upgraded");
    }
}
