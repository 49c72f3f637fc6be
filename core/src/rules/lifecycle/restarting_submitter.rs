//! RJ133 `restarting-submitter`.

use crate::document::Shape;
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// The submitter pod has a `restartPolicy` that a Kubernetes Job cannot have.
    ///
    /// ## Why
    /// KubeRay runs the submitter as a Kubernetes Job, whose pods must have `Never` or `OnFailure`; without a word the policy is
    /// `Always`. The API server refuses that Job once the cluster is up: the cluster waits with its GPUs and the job is never
    /// submitted.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   submitterPodTemplate:
    ///     spec:
    ///       containers:
    ///       - name: submitter
    ///         image: rayproject/ray:2.52.0
    /// ```
    /// ```yaml bad
    /// spec:
    ///   submitterPodTemplate:
    ///     spec:
    ///       restartPolicy: Always
    ///       containers:
    ///       - name: submitter
    ///         image: rayproject/ray:2.52.0
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
    ///
    /// ## References
    /// - Kubernetes v1.35 `ValidateJobSpec`
    "RJ133" "restarting-submitter" Deny since "0.1.0" because
        KubernetesRefuses "the submitter's Job: `spec.template.spec.restartPolicy: Required value: valid values: OnFailure, Never`",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(submitter) = job.submitter() else { return };
    let policy = submitter.spec.restart_policy;
    let message = match (policy.non_empty(), policy.shape()) {
        (Some("Never" | "OnFailure"), _) => return,
        (Some(other), _) => format!("the submitter pod cannot have the restartPolicy {}", Quoted(other)),
        (None, None | Some(Shape::Text)) => {
            "the submitter pod has no restartPolicy, which then is `Always`".to_owned()
        }
        (None, Some(_)) => return,
    };
    if job.submission_mode() == SubmissionMode::K8sJobMode {
        findings
            .report(policy, message + ": Kubernetes would refuse it, and the job would never be submitted")
            .because_of(job.spec.submission_mode)
            .because_of(submitter.object)
            .reason(Reason::NotSupported)
            .help("write restartPolicy: Never");
    }
}
