//! RJ104 `negative-ttl`.

use crate::rules::prelude::*;

rule! {
    /// `ttlSecondsAfterFinished` is below zero.
    ///
    /// ## Why
    /// KubeRay accepts the job, then refuses to start it: it stays in `ValidationFailed` for ever.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: true
    ///   ttlSecondsAfterFinished: -1
    /// ```
    /// ```yaml good
    /// spec:
    ///   shutdownAfterJobFinishes: true
    ///   ttlSecondsAfterFinished: 0
    /// ```
    "RJ104" "negative-ttl" Deny since "0.1.0" because
        KubeRayRefuses [from V1_4] "`TTLSecondsAfterFinished must be a non-negative integer`, in reconcile (ValidateRayJobSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let ttl = job.spec.ttl_seconds_after_finished;
    if let Some(seconds) = ttl.value().filter(|seconds| *seconds < 0) {
        findings
            .report(ttl, format!("a time to live of {seconds} s is below zero"))
            .help("write 0 to shut the cluster down at once, or the seconds to keep it");
    }
}
