//! What has become of the job, read in KubeRay's shape and in the older interface's.

use super::view;
use crate::document::{Object, Text};

view! {
    /// `status` of a RayJob (KubeRay v1.7 `RayJobStatus`, and the older interface's `status` and `message`).
    pub struct Status {
        end_time: Text = "endTime",
        job_deployment_status: Text = "jobDeploymentStatus",
        job_id: Text = "jobId",
        job_status: Text = "jobStatus",
        /// What the job's cluster looked like when the operator last waited for it.
        ray_cluster_status: Object = "rayClusterStatus",
        start_time: Text = "startTime",
        /// `Pending`, `Running`, `Succeeded` or `Failed` in the older interface.
        status: Text = "status",
    }
}

/// Where a job stands in its life, as far as an update must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing has been started yet.
    New,
    /// Suspended, or waiting for the user's own job id: nothing runs that an id belongs to.
    Open,
    /// A cluster or a Ray job may be running.
    Started,
    /// Complete, failed, or refused by KubeRay for good.
    Ended,
}

/// Which step of a job's life KubeRay's operator is at (KubeRay v1.7 `JobDeploymentStatus`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are KubeRay's own")]
pub enum Stage {
    /// Nobody has looked at the job yet, or it is about to be resumed or retried.
    New,
    Initializing,
    /// InteractiveMode's wait for the user's own job id.
    Waiting,
    Running,
    Suspending,
    Suspended,
    Retrying,
    Complete,
    Failed,
    ValidationFailed,
    /// A step that Raygate does not know.
    Unknown,
}

impl Stage {
    /// Whether the operator has begun with the job, and is neither done with it nor has put it down.
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Initializing | Self::Waiting | Self::Running | Self::Suspending | Self::Retrying)
    }
}

impl Status<'_> {
    /// Which step the operator is at.
    pub fn stage(&self) -> Stage {
        match (self.job_deployment_status.value().unwrap_or(""), self.status.value().unwrap_or("")) {
            ("", "" | "Pending") => Stage::New,
            ("Initializing", _) => Stage::Initializing,
            ("Waiting", _) => Stage::Waiting,
            ("Running", _) | ("", "Running") => Stage::Running,
            ("Suspending", _) => Stage::Suspending,
            ("Suspended", _) => Stage::Suspended,
            ("Retrying", _) => Stage::Retrying,
            ("Complete", _) | ("", "Succeeded") => Stage::Complete,
            ("Failed", _) | ("", "Failed") => Stage::Failed,
            ("ValidationFailed", _) => Stage::ValidationFailed,
            _ => Stage::Unknown,
        }
    }

    /// Where the job stands.
    pub fn phase(&self) -> Phase {
        let has_ended_without_a_word =
            self.job_deployment_status.non_empty().is_none() && self.end_time.non_empty().is_some();
        match self.stage() {
            Stage::Complete | Stage::Failed | Stage::ValidationFailed => Phase::Ended,
            Stage::Suspended | Stage::Waiting => Phase::Open,
            Stage::New if self.start_time.non_empty().is_none() => Phase::New,
            _ if has_ended_without_a_word => Phase::Ended,
            _ => Phase::Started,
        }
    }
}
