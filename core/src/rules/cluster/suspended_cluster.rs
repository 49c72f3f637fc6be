//! RJ255 `suspended-cluster`.

use crate::rules::prelude::*;

rule! {
    /// `rayClusterSpec.suspend` is true: the job's cluster starts no pods.
    ///
    /// ## Why
    /// This field suspends the cluster alone. KubeRay makes a RayCluster without pods, and the job waits in `Initializing` for
    /// a cluster that is never ready. What suspends a job, and can be resumed, is `spec.suspend`.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     suspend: true
    /// ```
    /// ```yaml good
    /// spec:
    ///   suspend: true
    ///   rayClusterSpec:
    ///     suspend: false
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `reconcilePods`
    "RJ255" "suspended-cluster" Deny since "0.1.0" because
        KubeRayHangs "the RayCluster stays without pods (reconcilePods), and the job waits for it (v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster() else { return };
    if cluster.spec.suspend.is_true() {
        findings
            .report(
                cluster.spec.suspend,
                "the job's cluster is suspended and never starts, so that the job waits for ever",
            )
            .because_of(job.spec.cluster_selector)
            .help("remove rayClusterSpec.suspend; to start the job later, write spec.suspend: true");
    }
}
