//! What has become of the job, read in KubeRay's shape and in the older interface's.

use super::view;
use crate::document::Text;

view! {
    /// `status` of a RayJob (KubeRay v1.7 `RayJobStatus`, and the older interface's `status` and `message`).
    pub struct Status {
        end_time: Text = "endTime",
        job_deployment_status: Text = "jobDeploymentStatus",
        job_id: Text = "jobId",
        job_status: Text = "jobStatus",
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

impl Status<'_> {
    /// Where the job stands (KubeRay v1.7 `JobDeploymentStatus`).
    pub fn phase(&self) -> Phase {
        match (self.job_deployment_status.value().unwrap_or(""), self.status.value().unwrap_or("")) {
            ("Complete" | "Failed" | "ValidationFailed", _) | ("", "Succeeded" | "Failed") => Phase::Ended,
            ("Suspended" | "Waiting", _) => Phase::Open,
            ("", "" | "Pending") if self.start_time.non_empty().is_none() => Phase::New,
            ("", _) if self.end_time.non_empty().is_some() => Phase::Ended,
            _ => Phase::Started,
        }
    }
}
