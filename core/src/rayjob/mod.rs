//! The view of a RayJob that every rule and mutation reads: `job.spec.suspend.is_true()`.
//!
//! ```text
//! RayJob ─ metadata
//!        ├ spec ─ entrypoint, suspend, …
//!        ├ cluster (spec.rayClusterSpec) ─ head ─ template ─ containers
//!        │                               └ workers ─ template ─ containers
//!        ├ submitter (spec.submitterPodTemplate)
//!        ├ made_pods(): those of these templates from which KubeRay makes pods
//!        ├ submitted_environment(): the runtime environment, and who hands it to Ray
//!        └ status
//! ```
//!
//! Every field is a place in the [`Document`]: it knows its path, may be absent, null or of a wrong type, and
//! hides no other field when it is. The names follow KubeRay v1.7's RayJob.

mod cluster;
mod deletion;
mod made_pods;
mod options;
mod packages;
mod pod;
mod queue;
mod runtime_environment;
mod spec;
mod status;
mod view;
mod volume;

use std::cell::OnceCell;

use crate::document::{Document, Field, List, Map, Object, Text};
use crate::node_resources::Nodes;
use crate::shell::Submission;
pub use cluster::{Cluster, Group, GroupSpec, RayClusterSpec};
pub use deletion::Trigger;
pub use made_pods::{MadeContainer, MadePod, Place, Role};
pub use options::{
    AuthOptions, AutoscalerOptions, CollectorOptions, ContainerPort, DeletionCondition, DeletionRule,
    DeletionStrategy, EnvVar, GcsEmbeddedStorage, GcsFaultToleranceOptions, NetworkPolicy,
    NetworkPolicyRules, ResourceRequirements, VolumeMount,
};
pub use packages::{ListedPackage, Manager, NewerForm, PackageSource};
pub use pod::{Container, PodSpec, PodTemplate};
pub(crate) use pod::{env_vars, volume_mounts};
pub use runtime_environment::{HeadRay, ReadEnvironment, Reader, Source, SubmittedEnvironment};
pub use spec::{RayJobSpec, SubmissionMode};
pub use status::{Phase, Stage, Status};
use view::view;
pub use volume::Volume;

view! {
    /// The RayJob's metadata.
    pub struct Metadata {
        name: Text = "name",
        /// The stem of a name that the API server has still to complete by five characters.
        generate_name: Text = "generateName",
        namespace: Text = "namespace",
        labels: Map = "labels",
        annotations: Map = "annotations",
        owner_references: List = "ownerReferences",
        /// Set once somebody has deleted the object.
        deletion_timestamp: Text = "deletionTimestamp",
    }
}

/// A RayJob as the rules see it.
#[derive(Debug)]
pub struct RayJob<'a> {
    /// The whole object.
    pub object: Field<'a, Object>,
    /// `metadata`
    pub metadata: Metadata<'a>,
    /// `spec`
    pub spec: RayJobSpec<'a>,
    /// `status`
    pub status: Status<'a>,
    // The larger views are laid once somebody asks: few ask about the job that an update replaces.
    cluster: OnceCell<Option<Box<Cluster<'a>>>>,
    submitter: OnceCell<Option<Box<PodTemplate<'a>>>>,
    submission: OnceCell<Option<Box<Submission<'a>>>>,
    made: OnceCell<Vec<made_pods::Made<'a>>>,
    runtime_environment: OnceCell<Option<Box<ReadEnvironment<'a>>>>,
    nodes: OnceCell<Nodes<'a>>,
}

impl<'a> RayJob<'a> {
    /// Lays the view over a document.
    pub fn of(document: &'a Document<'a>) -> Self {
        let root: Field<'a, Object> = document.root();
        Self {
            object: root,
            metadata: Metadata::of(root.child("metadata")),
            spec: RayJobSpec::of(root.child("spec")),
            status: Status::of(root.child("status")),
            cluster: OnceCell::new(),
            submitter: OnceCell::new(),
            submission: OnceCell::new(),
            made: OnceCell::new(),
            runtime_environment: OnceCell::new(),
            nodes: OnceCell::new(),
        }
    }

    /// `spec.rayClusterSpec`, if it is there and an object.
    pub fn cluster(&self) -> Option<&Cluster<'a>> {
        let lay = || self.spec.ray_cluster_spec.present_object().map(Cluster::of).map(Box::new);
        self.cluster.get_or_init(lay).as_deref()
    }

    /// `spec.submitterPodTemplate`, if it is there and an object.
    pub fn submitter(&self) -> Option<&PodTemplate<'a>> {
        let lay = || self.spec.submitter_pod_template.present_object().map(PodTemplate::of).map(Box::new);
        self.submitter.get_or_init(lay).as_deref()
    }

    /// What the nodes of the cluster that is made for this job offer to Ray.
    pub fn nodes(&self) -> &Nodes<'a> {
        self.nodes.get_or_init(|| Nodes::of(self))
    }

    /// The entrypoint as a shell reads it, if one does.
    pub fn submission(&self) -> Option<&Submission<'a>> {
        self.submission.get_or_init(|| Submission::of(self).map(Box::new)).as_deref()
    }

    /// The annotation that was the way to ask for GCS fault tolerance before `gcsFaultToleranceOptions` (KubeRay v1.3 to v1.7).
    pub fn fault_tolerance_annotation(&self) -> Field<'a, Text> {
        self.metadata.annotations.get("ray.io/ft-enabled")
    }

    /// Whether the annotation or the options ask for GCS fault tolerance (KubeRay v1.3 to v1.7 `IsGCSFaultToleranceEnabled`).
    pub fn has_gcs_fault_tolerance(&self) -> bool {
        let annotation = self.fault_tolerance_annotation().value();
        annotation.is_some_and(|enabled| enabled.eq_ignore_ascii_case("true"))
            || self.cluster().is_some_and(|cluster| cluster.spec.gcs_fault_tolerance_options.is_present())
    }

    /// Whether somebody has deleted the job and it only waits for its finalizers.
    pub fn is_terminating(&self) -> bool {
        self.metadata.deletion_timestamp.is_present()
    }

    /// Whether another controller than KubeRay's operator looks after the job; the operator then ignores it (v1.3 to v1.7).
    pub fn is_managed_elsewhere(&self) -> bool {
        self.spec.managed_by.value().is_some_and(|manager| manager != "ray.io/kuberay-operator")
    }

    /// How the job is to be submitted.
    pub fn submission_mode(&self) -> SubmissionMode<'a> {
        SubmissionMode::of(self.spec.submission_mode)
    }

    /// Whether the submitter runs a command line that KubeRay makes of the job's fields (v1.3 to v1.7).
    pub fn is_submitted_by_command(&self) -> bool {
        match self.submission_mode() {
            SubmissionMode::K8sJobMode => {
                let submitter = self.submitter().and_then(|template| template.containers.first());
                submitter.is_none_or(|container| container.command.is_absent_or_empty())
            }
            SubmissionMode::SidecarMode => true,
            SubmissionMode::HTTPMode | SubmissionMode::InteractiveMode | SubmissionMode::Unknown(_) => false,
        }
    }

    /// Whether the id looks made for this job: it begins with the job's name, or the stem of its name, and a `-`.
    pub fn is_own_id(&self, id: &str) -> bool {
        let names = [self.metadata.name, self.metadata.generate_name];
        names.into_iter().filter_map(Field::<Text>::non_empty).any(|name| {
            let rest = id.strip_prefix(name.trim_end_matches('-'));
            rest.is_some_and(|rest| rest.starts_with('-') && rest.len() > 1)
        })
    }

    /// `spec.deletionStrategy`, if it is there and an object.
    pub fn deletion_strategy(&self) -> Option<DeletionStrategy<'a>> {
        self.spec.deletion_strategy.present_object().map(DeletionStrategy::of)
    }

    /// The cluster that is made for this job; none when an existing one is to be used.
    pub fn own_cluster(&self) -> Option<&Cluster<'a>> {
        self.cluster().filter(|_| !self.selects_cluster())
    }

    /// Whether an existing cluster is to be used: the selector has an entry, whatever its key (KubeRay v1.3 to v1.7).
    pub fn selects_cluster(&self) -> bool {
        self.spec.cluster_selector.has_entries()
    }
}
