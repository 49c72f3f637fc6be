//! RJ809 `submission-mode-of-started-job`.

use super::stage_of_edit;
use crate::rayjob::Stage;
use crate::rules::prelude::*;

rule! {
    /// The `submissionMode` of a started job is changed to one whose submitter it cannot get any more.
    ///
    /// ## Why
    /// The submitter of K8sJobMode is made when the cluster is ready, that of SidecarMode together with the cluster, and the id of
    /// the job before both. A job that is past these waits for ever for a submitter that nobody makes. To HTTPMode a running job
    /// can still be changed.
    ///
    /// ## Example
    /// ```yaml stored
    /// spec: {submissionMode: HTTPMode}
    /// status: {jobDeploymentStatus: Running, jobId: train-1}
    /// ```
    /// ```yaml bad
    /// spec: {submissionMode: K8sJobMode}
    /// ```
    /// ```yaml bad
    /// spec: {submissionMode: SidecarMode}
    /// ```
    /// ```yaml good
    /// spec: {submissionMode: K8sJobMode, suspend: true}
    /// ```
    /// ```yaml stored
    /// status: {jobDeploymentStatus: Initializing, jobId: train-1}
    /// ```
    /// ```yaml good
    /// spec: {submissionMode: HTTPMode}
    /// ```
    /// ```yaml stored
    /// spec: {submissionMode: InteractiveMode}
    /// status: {jobDeploymentStatus: Initializing}
    /// ```
    /// ```yaml bad
    /// spec: {submissionMode: HTTPMode}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `checkSubmitterAndUpdateStatusIfNeeded`, `initRayJobStatusIfNeed`
    "RJ809" "submission-mode-of-started-job" Deny since "0.1.0" [of updates] because
        KubeRayHangs "the operator looks for a submitter that is made only before the job is Running, or for a job without an id (v1.3 to v1.7)",
}

fn check<'a>(old: &RayJob<'a>, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    use SubmissionMode::{InteractiveMode, K8sJobMode, SidecarMode};
    let (had, has) = (old.submission_mode(), job.submission_mode());
    let has_id = old.status.job_id.non_empty().is_some();
    let has_cluster = old.status.ray_cluster_status.is_present();
    let message = match (stage_of_edit(old, job), had, has) {
        _ if had == has => return,
        (Stage::Running, _, K8sJobMode | SidecarMode) => {
            "the job runs already: KubeRay would wait for ever for a submitter, which is only made before that"
        }
        (Stage::Initializing, _, SidecarMode) if has_cluster => {
            "the cluster is there already, without the submitter that SidecarMode adds to its head pod"
        }
        (Stage::Initializing, InteractiveMode, _) if !has_id => {
            "a job that began in InteractiveMode has no id under which KubeRay could submit it"
        }
        _ => return,
    };
    findings
        .report(job.spec.submission_mode, message)
        .because_of(old.status.job_deployment_status)
        .because_of(old.status.job_id)
        .because_of(old.status.ray_cluster_status)
        .reason(Reason::Forbidden)
        .help("suspend the job with the same edit, or delete the RayJob and create it with the other mode");
}
