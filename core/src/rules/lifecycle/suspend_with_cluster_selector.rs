//! RJ105 `suspend-with-cluster-selector`.

use crate::rules::prelude::*;

rule! {
    /// A job is suspended that runs on an existing cluster.
    ///
    /// ## Why
    /// To suspend a job means to delete its cluster, and this one does not belong to the job. KubeRay accepts the job, then
    /// refuses to start it. Queues such as Kueue suspend every job they take: such a job cannot be queued.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   suspend: true
    ///   shutdownAfterJobFinishes: true
    ///   clusterSelector:
    ///     ray.io/cluster: shared
    /// ```
    /// ```yaml good
    /// spec:
    ///   suspend: false
    ///   clusterSelector:
    ///     ray.io/cluster: shared
    /// ```
    "RJ105" "suspend-with-cluster-selector" Deny since "0.1.0" because
        KubeRayRefuses "`the ClusterSelector mode doesn't support the suspend operation`, in reconcile (ValidateRayJobSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    if job.spec.suspend.is_true() && job.selects_cluster() {
        findings
            .report(job.spec.suspend, "a job on an existing cluster (clusterSelector) cannot be suspended")
            .because_of(job.spec.cluster_selector)
            .help("remove suspend, or give the job its own cluster with rayClusterSpec in place of clusterSelector");
    }
}
