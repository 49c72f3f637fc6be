//! RJ804 `edit-of-started-job`.

use super::{SUBMISSION, changes, names_of, stage_of_edit};
use crate::rayjob::Stage;
use crate::rules::prelude::*;

/// The one key that KubeRay reads of a `clusterSelector` (v1.3 to v1.7).
const CLUSTER: &str = "ray.io/cluster";

rule! {
    /// Something is changed that KubeRay reads only at the start of a job.
    ///
    /// ## Why
    /// The cluster is made once, and the Ray job is submitted once. What is edited afterwards is accepted, and ignored: the image of
    /// a pod that cannot be pulled stays, and so does the program. It counts when the job is suspended and resumed, or retried.
    ///
    /// ## Example
    /// ```yaml stored
    /// status: {jobDeploymentStatus: Running, jobStatus: RUNNING}
    /// ```
    /// ```yaml bad
    /// spec: {entrypoint: python other.py}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: "rayproject/ray:2.53.0"}]}}
    /// ```
    /// ```yaml good
    /// spec: {entrypoint: python other.py, suspend: true}
    /// ```
    /// ```yaml good
    /// spec: {activeDeadlineSeconds: 3600}
    /// ```
    /// ```yaml stored
    /// spec: {suspend: true}
    /// status: {jobDeploymentStatus: Suspended}
    /// ```
    /// ```yaml good
    /// spec: {entrypoint: python other.py, suspend: false}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `getOrCreateRayClusterInstance`, `createK8sJobIfNeed`
    "RJ804" "edit-of-started-job" Warn since "0.1.0" [of updates] because
        KubeRayHangs "`Disregard changes in RayClusterSpec of RayJob`, in the operator's log only; the submitter is not made again (v1.3 to v1.7)",
}

fn check<'a>(old: &RayJob<'a>, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let changed = changes(old, job, &read_at_start(old, job));
    if let Some(first) = changed.first() {
        findings
            .report(
                *first,
                format!("this run has started: KubeRay ignores the change of {}", names_of(&changed)),
            )
            .because_of(old.status.job_deployment_status)
            .help(if can_be_suspended(old, job) {
                "suspend the job and resume it to make it count, or delete it and create it anew"
            } else {
                "delete the RayJob and create it anew to make it count"
            });
    }
    let (had, has) = (cluster_of(old), cluster_of(job));
    if had.is_some() && has.is_some() && had != has && is_bound(stage_of_edit(old, job)) {
        findings
            .report(
                job.spec.cluster_selector.get(CLUSTER),
                "the job stays with the cluster that was selected when it started",
            )
            .because_of(old.status.job_deployment_status)
            .help("delete the RayJob and create it anew to run it on another cluster");
    }
}

/// What the operator has read already and will not read again before the job is resumed or retried.
fn read_at_start(old: &RayJob<'_>, job: &RayJob<'_>) -> Vec<&'static str> {
    let (stage, mode) = (stage_of_edit(old, job), job.submission_mode());
    let mut keys = Vec::new();
    if is_bound(stage) && !job.selects_cluster() {
        keys.push("rayClusterSpec");
    }
    let is_submitted = match (stage, mode) {
        // While Ray does not know the job, the operator submits what the spec says now.
        (Stage::Running, SubmissionMode::HTTPMode) => old.status.job_status.non_empty().is_some(),
        (Stage::Running, SubmissionMode::Unknown(_)) => false,
        // In SidecarMode the submitter is a container of the head pod.
        (Stage::Running, _) | (Stage::Initializing, SubmissionMode::SidecarMode) => true,
        _ => false,
    };
    if is_submitted {
        keys.extend(SUBMISSION);
    }
    if stage == Stage::Running {
        keys.push("preRunningDeadlineSeconds");
    }
    // A started job gets back an id that an update forgot. InteractiveMode reads it when the cluster is up.
    let has_id = match stage {
        Stage::Running => true,
        Stage::Initializing => mode != SubmissionMode::InteractiveMode,
        _ => false,
    };
    if has_id && job.spec.job_id.non_empty().is_some() {
        keys.push("jobId");
    }
    keys
}

/// Whether the job has its cluster, or at least the name of it.
fn is_bound(stage: Stage) -> bool {
    matches!(stage, Stage::Initializing | Stage::Waiting | Stage::Running)
}

/// Whether KubeRay would take the next edit `suspend: true`.
fn can_be_suspended(old: &RayJob<'_>, job: &RayJob<'_>) -> bool {
    old.status.stage() != Stage::Waiting
        && job.spec.shutdown_after_job_finishes.is_true()
        && !job.selects_cluster()
}

/// The cluster that is selected.
fn cluster_of<'a>(job: &RayJob<'a>) -> Option<&'a str> {
    job.spec.cluster_selector.get(CLUSTER).non_empty()
}
