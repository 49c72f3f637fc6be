//! RJ306 `metadata-without-ray-version`.

use crate::rules::prelude::*;

rule! {
    /// The job has `metadata`, and its cluster no `rayVersion`.
    ///
    /// ## Why
    /// Until version 1.6 KubeRay hands metadata to Ray only when `rayVersion` says that Ray knows it. It finds out when it is to
    /// submit the job, and tries again for ever while the cluster is up.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   metadata: {team: vision}
    /// ```
    /// ```yaml good
    /// spec:
    ///   metadata: {team: vision}
    ///   rayClusterSpec: {rayVersion: 2.52.0}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.3 to v1.6 `GetMetadataJson`
    "RJ306" "metadata-without-ray-version" Deny since "0.1.0" because
        KubeRayHangs [until V1_6] "`failed to parse Ray version`, again and again, while the cluster is up (GetMetadataJson)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let version = cluster.spec.ray_version;
    let is_absent = !version.is_present() || version.value() == Some("");
    if is_absent && job.spec.metadata.has_entries() && job.is_submitted_by_command() {
        findings
            .report(version, "the job has metadata, and this KubeRay then needs rayVersion to submit it")
            .because_of(job.spec.metadata)
            .because_of(job.spec.submission_mode)
            .because_of(job.spec.submitter_pod_template)
            .reason(Reason::Required)
            .help("set rayClusterSpec.rayVersion to the image's version of Ray, or remove spec.metadata");
    }
}
