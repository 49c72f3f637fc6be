//! RJ111 `retries-in-interactive-mode`.

use crate::rules::prelude::*;

rule! {
    /// A job that waits for its user's own submission is to be retried.
    ///
    /// ## Why
    /// In InteractiveMode a person submits the Ray job; KubeRay cannot do that again. It accepts the job, then refuses to
    /// start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   submissionMode: InteractiveMode
    ///   backoffLimit: 1
    /// ```
    /// ```yaml good
    /// spec:
    ///   submissionMode: InteractiveMode
    /// ```
    "RJ111" "retries-in-interactive-mode" Deny since "0.1.0" because
        KubeRayRefuses [from V1_4] "`BackoffLimit is incompatible with InteractiveMode`, in reconcile (ValidateRayJobSpec)",
        KubeRayHangs [until V1_3] "a retry adopts the id of the attempt before, whose cluster is gone",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let limit = job.spec.backoff_limit;
    if limit.is_positive() && job.submission_mode() == SubmissionMode::InteractiveMode {
        findings
            .report(limit, "a job in InteractiveMode cannot be retried: nobody would submit it again")
            .because_of(job.spec.submission_mode)
            .reason(Reason::Forbidden)
            .help("remove backoffLimit, or choose another submissionMode");
    }
}
