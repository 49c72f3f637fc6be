//! RJ137 `sidecar-mode-on-old-kuberay`.

use crate::rules::prelude::*;

rule! {
    /// SidecarMode is used with a KubeRay that does not know it.
    ///
    /// ## Why
    /// KubeRay 1.3 and 1.4 take any text for a submission mode. They start the whole cluster, report the job as running, and submit
    /// nothing: it holds its nodes until somebody notices.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   submissionMode: SidecarMode
    /// ```
    /// ```yaml good
    /// spec:
    ///   submissionMode: K8sJobMode
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.4 `JobSubmissionMode`
    "RJ137" "sidecar-mode-on-old-kuberay" Deny since "0.1.0" because
        KubeRayHangs [until V1_4] "the cluster starts, the job becomes Running, and nobody ever submits it (reconcile has no such case before v1.5)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    if job.submission_mode() == SubmissionMode::SidecarMode {
        findings
            .report(
                job.spec.submission_mode,
                "this KubeRay has no SidecarMode: it would start the cluster and never submit the job",
            )
            .reason(Reason::NotSupported)
            .help("choose K8sJobMode or HTTPMode; SidecarMode came with KubeRay 1.5");
    }
}
