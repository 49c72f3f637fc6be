//! RJ110 `retries-with-cluster-selector`.

use crate::rules::prelude::*;

rule! {
    /// A job that runs on an existing cluster is to be retried.
    ///
    /// ## Why
    /// Each retry deletes the cluster and builds a new one. Before KubeRay 1.6 that deleted a cluster which others may use;
    /// since then KubeRay accepts the job and refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   backoffLimit: 2
    ///   clusterSelector:
    ///     ray.io/cluster: shared
    /// ```
    /// ```yaml good
    /// spec:
    ///   backoffLimit: 0
    ///   clusterSelector:
    ///     ray.io/cluster: shared
    /// ```
    "RJ110" "retries-with-cluster-selector" Deny since "0.1.0" because
        KubeRayRefuses [from V1_6] "`BackoffLimit is incompatible with ClusterSelector mode`, in reconcile (ValidateRayJobSpec)",
        KubeRayHangs [until V1_5] "a retry deletes the selected cluster, which is not the job's own",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let limit = job.spec.backoff_limit;
    if limit.is_positive() && job.selects_cluster() {
        findings
            .report(limit, "a job on an existing cluster (clusterSelector) cannot be retried: a retry deletes the cluster")
            .because_of(job.spec.cluster_selector)
            .reason(Reason::Forbidden)
            .help("remove backoffLimit, or give the job its own cluster with rayClusterSpec in place of clusterSelector");
    }
}
