//! RJ132 `submitter-without-container`.

use crate::rules::prelude::*;

rule! {
    /// `submitterPodTemplate` has no container.
    ///
    /// ## Why
    /// KubeRay puts the submit command into the first container. Without one the operator panics, again and again, once the
    /// cluster is up: the cluster waits with its GPUs and the job is never submitted.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   submitterPodTemplate:
    ///     spec:
    ///       restartPolicy: Never
    ///       containers: []
    /// ```
    /// ```yaml good
    /// spec:
    ///   submitterPodTemplate:
    ///     spec:
    ///       restartPolicy: Never
    ///       containers:
    ///       - name: submitter
    ///         image: rayproject/ray:2.52.0
    /// ```
    /// ```yaml good
    /// spec:
    ///   submissionMode: HTTPMode
    ///   submitterPodTemplate: {}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `getSubmitterTemplate`
    "RJ132" "submitter-without-container" Deny since "0.1.0" because
        KubeRayHangs "the operator panics with an index out of range on each reconcile (getSubmitterTemplate, v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(submitter) = job.submitter() else { return };
    if job.submission_mode() == SubmissionMode::K8sJobMode && submitter.spec.containers.is_absent_or_empty() {
        findings
            .report(
                submitter.spec.containers,
                "the submitter pod has no container: the job would never be submitted",
            )
            .because_of(job.spec.submission_mode)
            .because_of(job.spec.submitter_pod_template)
            .reason(Reason::Required)
            .help("list a container with a name and an image that has Ray, or remove submitterPodTemplate");
    }
}
