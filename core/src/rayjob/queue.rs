//! What a job tells Kueue, in labels and annotations, and what Kueue makes of the job's groups.

use super::{Cluster, Group, RayJob, SubmissionMode};
use crate::document::{Field, Text};

impl<'a> RayJob<'a> {
    /// The label that names the job's `LocalQueue`; the key is Kueue's (v0.8 to v0.19).
    pub fn queue_name(&self) -> Field<'a, Text> {
        self.metadata.labels.get("kueue.x-k8s.io/queue-name")
    }

    /// Whether Kueue manages the job because of its label. Whether Kueue gives it a queue by itself cannot be seen here.
    pub fn is_queued(&self) -> bool {
        self.queue_name().non_empty().is_some()
    }

    /// The queue, and the cluster for which Kueue reserves quota there: the job's own. Kueue looks no further at a job that
    /// selects one (v0.15 to v0.19).
    pub fn queued_cluster(&self) -> Option<(&'a str, &Cluster<'a>)> {
        let queue = self.queue_name().non_empty()?;
        let cluster = self.cluster().filter(|_| !self.selects_cluster())?;
        Some((queue, cluster))
    }

    /// Whether Kueue makes a Workload for the job and suspends it: a job that something owns may be a part of a larger
    /// one that is queued as a whole.
    pub fn is_queued_by_itself(&self) -> bool {
        self.is_queued() && self.metadata.owner_references.is_absent_or_empty()
    }

    /// The group's name among the pod sets of the job's Workload (Kueue v0.8 to v0.19 `NewPodSetReference`).
    pub fn pod_set_name(group: &Group<'a>) -> Option<String> {
        group.spec.group_name.non_empty().map(str::to_lowercase)
    }

    /// Whether the submitter has a pod of its own, which Kueue counts as one more pod set.
    pub fn has_submitter_pod(&self) -> bool {
        self.submission_mode() == SubmissionMode::K8sJobMode
    }
}
