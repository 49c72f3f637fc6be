//! RJ805 `suspend-in-vain`.

use crate::rayjob::Stage;
use crate::rules::prelude::*;

rule! {
    /// A job is suspended at a time at which KubeRay does not look.
    ///
    /// ## Why
    /// KubeRay suspends a job while it initializes or runs. One that waits for its `jobId` goes on waiting, with all its pods, and
    /// one that has ended has nothing to suspend.
    ///
    /// ## Example
    /// ```yaml stored
    /// spec: {submissionMode: InteractiveMode}
    /// status: {jobDeploymentStatus: Waiting}
    /// ```
    /// ```yaml bad
    /// spec: {suspend: true}
    /// ```
    /// ```yaml stored
    /// status: {jobDeploymentStatus: Complete}
    /// ```
    /// ```yaml bad
    /// spec: {suspend: true}
    /// ```
    /// ```yaml stored
    /// status: {jobDeploymentStatus: Running}
    /// ```
    /// ```yaml good
    /// spec: {suspend: true}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `updateStatusToSuspendingIfNeeded`
    "RJ805" "suspend-in-vain" Warn since "0.1.0" [of updates] because
        KubeRayHangs "only a job that is Initializing or Running can be suspended (v1.3 to v1.7)",
}

fn check<'a>(old: &RayJob<'a>, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let suspend = job.spec.suspend;
    if old.spec.suspend.is_true() || !suspend.is_true() {
        return;
    }
    let (message, help) = match old.status.stage() {
        Stage::Waiting => (
            "a job that waits for its jobId is not suspended: its cluster keeps running until it has one",
            "delete the RayJob to free the cluster",
        ),
        Stage::Complete | Stage::Failed => (
            "the job has ended: there is nothing to suspend",
            "set shutdownAfterJobFinishes: true, or delete the RayJob, to free its cluster",
        ),
        _ => return,
    };
    findings.report(suspend, message).because_of(old.status.job_deployment_status).help(help);
}
