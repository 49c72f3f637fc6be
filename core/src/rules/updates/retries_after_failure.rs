//! RJ806 `retries-after-failure`.

use crate::rayjob::Stage;
use crate::rules::prelude::*;

rule! {
    /// `backoffLimit` is raised after the job has failed.
    ///
    /// ## Why
    /// KubeRay asks for the number of retries at the moment of a failure and not again: the job stays failed.
    ///
    /// ## Example
    /// ```yaml stored
    /// status: {jobDeploymentStatus: Failed}
    /// ```
    /// ```yaml bad
    /// spec: {backoffLimit: 2}
    /// ```
    /// ```yaml stored
    /// status: {jobDeploymentStatus: Running}
    /// ```
    /// ```yaml good
    /// spec: {backoffLimit: 2}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `checkBackoffLimitAndUpdateStatusIfNeeded`
    "RJ806" "retries-after-failure" Warn since "0.1.0" [of updates] because
        KubeRayHangs "a failed job is only cleaned up: its backoffLimit is not looked at again (v1.3 to v1.7)",
}

fn check<'a>(old: &RayJob<'a>, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let (had, has) = (old.spec.backoff_limit, job.spec.backoff_limit);
    let is_raised = has.value().unwrap_or(0) > had.value().unwrap_or(0);
    if is_raised && old.status.stage() == Stage::Failed {
        findings
            .report(has, "the job has failed already: a higher backoffLimit does not retry it")
            .because_of(old.status.job_deployment_status)
            .help("delete the RayJob and create it anew to run it again");
    }
}
