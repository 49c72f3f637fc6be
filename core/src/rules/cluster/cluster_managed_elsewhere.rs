//! RJ256 `cluster-managed-elsewhere`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// The job's cluster is to be looked after by another controller than KubeRay, the job itself by KubeRay.
    ///
    /// ## Why
    /// KubeRay makes the RayCluster and then leaves it alone; nobody starts its pods, and the job waits for them. To have
    /// a job run in another cluster, write `spec.managedBy`; Kueue cares for what the job makes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     managedBy: kueue.x-k8s.io/multikueue
    /// ```
    /// ```yaml good
    /// spec:
    ///   managedBy: kueue.x-k8s.io/multikueue
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     managedBy: ray.io/kuberay-operator
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `ManagedByExternalController`
    "RJ256" "cluster-managed-elsewhere" Deny since "0.1.0" because
        KubeRayHangs "`Skipping RayCluster managed by a custom controller`: no pod is started, and the job waits (v1.3 to v1.7 rayClusterReconcile)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster().filter(|_| !job.is_managed_elsewhere()) else { return };
    let manager = cluster.spec.managed_by;
    if let Some(name) = manager.non_empty().filter(|name| *name != "ray.io/kuberay-operator") {
        findings
            .report(manager, format!("KubeRay leaves the cluster to {}, which does not know it", Quoted(name)))
            .because_of(job.spec.managed_by)
            .because_of(job.spec.cluster_selector)
            .help("remove rayClusterSpec.managedBy; to have another controller run the job, write spec.managedBy");
    }
}
