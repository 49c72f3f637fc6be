//! RJ006 `missing-cluster`.

use crate::rules::prelude::*;

rule! {
    /// The job neither describes a cluster nor selects one.
    ///
    /// ## Why
    /// There is nothing to run on. KubeRay accepts the job, then refuses to start it: it stays in `ValidationFailed` for ever.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec: null
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
    /// - KubeRay v1.7 `ValidateRayJobSpec`
    "RJ006" "missing-cluster" Deny since "0.1.0" because
        KubeRayRefuses "`one of RayClusterSpec or ClusterSelector must be set`, in reconcile (ValidateRayJobSpec)",
        RayJobInterface "rayClusterSpec is required unless clusterSelector names a cluster",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let spec = &job.spec;
    if !spec.ray_cluster_spec.is_present() && !job.selects_cluster() {
        findings
            .report(spec.ray_cluster_spec, "the job has no cluster to run on: both rayClusterSpec and clusterSelector are missing")
            .because_of(spec.cluster_selector)
            .reason(Reason::Required)
            .help("describe the job's own cluster in spec.rayClusterSpec, or name an existing one with spec.clusterSelector[\"ray.io/cluster\"]");
    }
}
