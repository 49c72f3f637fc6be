//! RJ108 `non-positive-pre-running-deadline`.

use crate::rules::prelude::*;

rule! {
    /// `preRunningDeadlineSeconds` is zero or less.
    ///
    /// ## Why
    /// The job would have failed before its cluster could be there. KubeRay accepts it, then refuses to start it: it stays in `ValidationFailed` for
    /// ever.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   preRunningDeadlineSeconds: 0
    /// ```
    /// ```yaml good
    /// spec:
    ///   preRunningDeadlineSeconds: 3600
    /// ```
    "RJ108" "non-positive-pre-running-deadline" Deny since "0.1.0" because
        KubeRayRefuses [from V1_6] "`preRunningDeadlineSeconds must be a positive integer`, in reconcile (ValidateRayJobSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let deadline = job.spec.pre_running_deadline_seconds;
    if let Some(seconds) = deadline.value().filter(|seconds| *seconds <= 0) {
        findings
            .report(deadline, format!("a deadline of {seconds} s is not above zero"))
            .help("write the seconds that the job may take, or remove the field for no deadline");
    }
}
