//! RJ109 `negative-backoff-limit`.

use crate::rules::prelude::*;

rule! {
    /// `backoffLimit` is below zero.
    ///
    /// ## Why
    /// KubeRay accepts the job, then refuses to start it: it stays in `ValidationFailed` for ever.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   backoffLimit: -1
    /// ```
    /// ```yaml good
    /// spec:
    ///   backoffLimit: 0
    /// ```
    "RJ109" "negative-backoff-limit" Deny since "0.1.0" because
        KubeRayRefuses "`backoffLimit must be a positive integer` (zero passes), in reconcile (ValidateRayJobSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let limit = job.spec.backoff_limit;
    if let Some(retries) = limit.value().filter(|retries| *retries < 0) {
        findings
            .report(limit, format!("the job cannot be retried {retries} times"))
            .help("write 0 for no retry, or the number of retries");
    }
}
