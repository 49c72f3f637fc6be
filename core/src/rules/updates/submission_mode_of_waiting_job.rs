//! RJ801 `submission-mode-of-waiting-job`.

use crate::rayjob::Stage;
use crate::rules::prelude::*;

rule! {
    /// The `submissionMode` of a job that waits for its user's submission is changed.
    ///
    /// ## Why
    /// Only a job in InteractiveMode waits for a `jobId`. With another mode KubeRay puts the waiting job into `ValidationFailed`,
    /// from where no edit brings it back, and its cluster keeps running.
    ///
    /// ## Example
    /// ```yaml stored
    /// spec: {submissionMode: InteractiveMode}
    /// status: {jobDeploymentStatus: Waiting}
    /// ```
    /// ```yaml bad
    /// spec: {submissionMode: HTTPMode}
    /// ```
    /// ```yaml good
    /// spec: {jobId: raysubmit-1}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `ValidateRayJobStatus`
    "RJ801" "submission-mode-of-waiting-job" Deny since "0.1.0" [of updates] because
        KubeRayRefuses "``JobDeploymentStatus cannot be `Waiting` when SubmissionMode is not InteractiveMode``, in reconcile (ValidateRayJobStatus)",
}

fn check<'a>(old: &RayJob<'a>, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let has_left = old.submission_mode() == SubmissionMode::InteractiveMode
        && job.submission_mode() != SubmissionMode::InteractiveMode;
    if has_left && old.status.stage() == Stage::Waiting {
        findings
            .report(
                job.spec.submission_mode,
                "the job waits for its jobId, which it can only do in InteractiveMode",
            )
            .because_of(old.status.job_deployment_status)
            .reason(Reason::Forbidden)
            .help("set jobId to go on, or delete the RayJob and create it with the other mode");
    }
}
