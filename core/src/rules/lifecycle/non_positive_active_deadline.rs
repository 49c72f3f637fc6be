//! RJ107 `non-positive-active-deadline`.

use crate::rules::prelude::*;

rule! {
    /// `activeDeadlineSeconds` is zero or less.
    ///
    /// ## Why
    /// The job would be over before it began. KubeRay accepts it, then refuses to start it: it stays in `ValidationFailed` for
    /// ever.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   activeDeadlineSeconds: 0
    /// ```
    /// ```yaml good
    /// spec:
    ///   activeDeadlineSeconds: 3600
    /// ```
    "RJ107" "non-positive-active-deadline" Deny since "0.1.0" because
        KubeRayRefuses "`activeDeadlineSeconds must be a positive integer`, in reconcile (ValidateRayJobSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let deadline = job.spec.active_deadline_seconds;
    if let Some(seconds) = deadline.value().filter(|seconds| *seconds <= 0) {
        findings
            .report(deadline, format!("a deadline of {seconds} s is not above zero"))
            .help("write the seconds that the job may take, or remove the field for no deadline");
    }
}
