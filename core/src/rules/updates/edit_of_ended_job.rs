//! RJ808 `edit-of-ended-job`.

use super::{SUBMISSION, changes, names_of};
use crate::rayjob::Stage;
use crate::rules::prelude::*;

/// What makes the cluster and bounds the work.
const WORK: [&str; 4] =
    ["rayClusterSpec", "submissionMode", "activeDeadlineSeconds", "preRunningDeadlineSeconds"];

rule! {
    /// The work of a job that has ended is edited.
    ///
    /// ## Why
    /// An ended job does not run again, whatever its spec says: KubeRay only cleans up after it. `shutdownAfterJobFinishes`,
    /// `ttlSecondsAfterFinished` and `deletionStrategy` still count, at once.
    ///
    /// ## Example
    /// ```yaml stored
    /// status: {jobDeploymentStatus: Complete}
    /// ```
    /// ```yaml bad
    /// spec: {entrypoint: python other.py}
    /// ```
    /// ```yaml stored
    /// spec: {shutdownAfterJobFinishes: false}
    /// status: {jobDeploymentStatus: Complete}
    /// ```
    /// ```yaml good
    /// spec: {shutdownAfterJobFinishes: true}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `RayJobReconciler.Reconcile`
    "RJ808" "edit-of-ended-job" Warn since "0.1.0" [of updates] because
        KubeRayHangs "a job that is Complete or Failed is only cleaned up (v1.3 to v1.7)",
}

fn check<'a>(old: &RayJob<'a>, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    if !matches!(old.status.stage(), Stage::Complete | Stage::Failed) {
        return;
    }
    let mut keys = Vec::from(WORK);
    keys.extend(SUBMISSION);
    // `kubectl replace` drops an id that was made at the creation, and means nothing by it.
    if job.spec.job_id.non_empty().is_some() {
        keys.push("jobId");
    }
    let changed = changes(old, job, &keys);
    if let Some(first) = changed.first() {
        findings
            .report(
                *first,
                format!(
                    "the job has ended and does not run again: KubeRay ignores the change of {}",
                    names_of(&changed)
                ),
            )
            .because_of(old.status.job_deployment_status)
            .help("create a RayJob with another name, or delete this one and create it anew");
    }
}
