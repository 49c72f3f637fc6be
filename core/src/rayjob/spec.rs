//! The RayJob's own fields.

use super::view;
use crate::document::{Bool, Field, Integer, Map, Number, Object, Text};

view! {
    /// `spec` of a RayJob (KubeRay v1.7 `RayJobSpec`, and the older interface's `runtimeEnv`).
    pub struct RayJobSpec {
        active_deadline_seconds: Integer = "activeDeadlineSeconds",
        backoff_limit: Integer = "backoffLimit",
        cluster_selector: Map = "clusterSelector",
        deletion_strategy: Object = "deletionStrategy",
        entrypoint: Text = "entrypoint",
        entrypoint_num_cpus: Number = "entrypointNumCpus",
        entrypoint_num_gpus: Number = "entrypointNumGpus",
        /// JSON as text: resource name to number.
        entrypoint_resources: Text = "entrypointResources",
        /// The Ray job's submission id.
        job_id: Text = "jobId",
        managed_by: Text = "managedBy",
        /// Free text about the Ray job, not the object's metadata.
        metadata: Map = "metadata",
        pre_running_deadline_seconds: Integer = "preRunningDeadlineSeconds",
        ray_cluster_spec: Object = "rayClusterSpec",
        /// The older spelling of `runtimeEnvYAML`, which KubeRay's CRD drops.
        runtime_env: Text = "runtimeEnv",
        runtime_env_yaml: Text = "runtimeEnvYAML",
        shutdown_after_job_finishes: Bool = "shutdownAfterJobFinishes",
        submission_mode: Text = "submissionMode",
        submitter_config: Object = "submitterConfig",
        submitter_pod_template: Object = "submitterPodTemplate",
        suspend: Bool = "suspend",
        ttl_seconds_after_finished: Integer = "ttlSecondsAfterFinished",
    }
}

impl<'a> RayJobSpec<'a> {
    /// `deletionPolicy`, which KubeRay 1.3 and 1.4 had in the place of `deletionStrategy`; later CRDs drop it.
    pub fn deletion_policy(&self) -> Field<'a, Text> {
        self.object.child("deletionPolicy")
    }
}

/// Who submits the Ray job (KubeRay v1.7 `JobSubmissionMode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are KubeRay's own")]
pub enum SubmissionMode<'a> {
    K8sJobMode,
    HTTPMode,
    InteractiveMode,
    SidecarMode,
    /// A value that KubeRay does not know: it starts the cluster and never submits.
    Unknown(&'a str),
}

impl<'a> SubmissionMode<'a> {
    /// The values that KubeRay knows.
    pub const KNOWN: [&'static str; 4] = ["K8sJobMode", "HTTPMode", "InteractiveMode", "SidecarMode"];

    /// An absent or empty value becomes `K8sJobMode` by the CRD's default, as does one that is no string here.
    pub(super) fn of(field: Field<'a, Text>) -> Self {
        match field.value() {
            None | Some("" | "K8sJobMode") => Self::K8sJobMode,
            Some("HTTPMode") => Self::HTTPMode,
            Some("InteractiveMode") => Self::InteractiveMode,
            Some("SidecarMode") => Self::SidecarMode,
            Some(other) => Self::Unknown(other),
        }
    }
}
