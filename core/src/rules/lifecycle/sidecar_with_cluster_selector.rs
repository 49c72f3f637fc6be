//! RJ112 `sidecar-with-cluster-selector`.

use crate::rules::prelude::*;

rule! {
    /// A job in SidecarMode is to run on an existing cluster.
    ///
    /// ## Why
    /// In SidecarMode the submitter is a container of the head pod, which is made together with the cluster; an existing
    /// cluster has its head already. KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   submissionMode: SidecarMode
    ///   clusterSelector:
    ///     ray.io/cluster: shared
    /// ```
    /// ```yaml good
    /// spec:
    ///   submissionMode: K8sJobMode
    ///   clusterSelector:
    ///     ray.io/cluster: shared
    /// ```
    "RJ112" "sidecar-with-cluster-selector" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] "`ClusterSelector is not supported in SidecarMode`, in reconcile (ValidateRayJobSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    if job.submission_mode() == SubmissionMode::SidecarMode && job.selects_cluster() {
        findings
            .report(job.spec.cluster_selector, "SidecarMode needs a cluster of the job's own: the submitter is a container of its head pod")
            .because_of(job.spec.submission_mode)
            .reason(Reason::Forbidden)
            .help("choose K8sJobMode or HTTPMode, or describe the cluster in rayClusterSpec in place of clusterSelector");
    }
}
