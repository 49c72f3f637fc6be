//! RJ307 `metadata-on-selected-cluster`.

use crate::rules::prelude::*;

rule! {
    /// The job has `metadata` and uses an existing cluster.
    ///
    /// ## Why
    /// Until version 1.4 KubeRay looks for the version of Ray in the job's own `rayClusterSpec`, without asking whether there is
    /// one: the operator panics on every look at the job, and version 1.3 goes down with everybody's jobs.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   metadata: {team: vision}
    ///   clusterSelector: {ray.io/cluster: shared}
    ///   rayClusterSpec: null
    ///   shutdownAfterJobFinishes: null
    /// ```
    /// ```yaml good
    /// spec:
    ///   clusterSelector: {ray.io/cluster: shared}
    ///   rayClusterSpec: null
    ///   shutdownAfterJobFinishes: null
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.4 `GetK8sJobCommand`
    "RJ307" "metadata-on-selected-cluster" Deny since "0.1.0" because
        KubeRayHangs [until V1_4] "nil pointer dereference, again and again (GetK8sJobCommand)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let spec = &job.spec;
    if job.selects_cluster()
        && !spec.ray_cluster_spec.is_present()
        && spec.metadata.has_entries()
        && job.is_submitted_by_command()
    {
        findings
            .report(
                spec.metadata,
                "this KubeRay's operator panics on a job with metadata and clusterSelector",
            )
            .because_of(spec.cluster_selector)
            .because_of(spec.ray_cluster_spec)
            .because_of(spec.submission_mode)
            .because_of(spec.submitter_pod_template)
            .reason(Reason::Forbidden)
            .help("remove spec.metadata");
    }
}
