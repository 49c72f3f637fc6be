//! RJ128 `submitter-in-sidecar-mode`.

use crate::rules::prelude::*;

rule! {
    /// A job in SidecarMode describes a submitter pod.
    ///
    /// ## Why
    /// In SidecarMode the submitter is a container that KubeRay adds to the head pod; there is no submitter pod to describe.
    /// KubeRay accepts the job, then refuses to start it. An empty `{}` counts, too.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   submissionMode: SidecarMode
    ///   submitterConfig: {}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   submissionMode: SidecarMode
    ///   submitterPodTemplate:
    ///     spec:
    ///       restartPolicy: Never
    ///       containers: [{name: submitter, image: "rayproject/ray:2.52.0"}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   submissionMode: SidecarMode
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `ValidateRayJobSpec`
    "RJ128" "submitter-in-sidecar-mode" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] "`SidecarMode doesn't support SubmitterPodTemplate`, `SidecarMode doesn't support SubmitterConfig`, in reconcile (ValidateRayJobSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    if job.submission_mode() != SubmissionMode::SidecarMode {
        return;
    }
    let fields = [job.spec.submitter_pod_template, job.spec.submitter_config];
    if let Some(field) = fields.into_iter().find(|field| field.is_present()) {
        findings
            .report(field, "a job in SidecarMode has no submitter pod of its own that could be described")
            .because_of(job.spec.submission_mode)
            .because_of(job.spec.submitter_pod_template)
            .because_of(job.spec.submitter_config)
            .reason(Reason::Forbidden)
            .help("remove submitterPodTemplate and submitterConfig, or choose K8sJobMode");
    }
}
