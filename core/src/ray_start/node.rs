//! The Ray nodes of a job that KubeRay starts with a command line of its own, and which Ray is in each.

use std::cell::OnceCell;

use super::Line;
use crate::document::{Field, Map, Object, Text};
use crate::ray_image::{Build, RayImage, release_of};
use crate::ray_version::{RayVersion, Release};
use crate::rayjob::{Cluster, Container, Group, MadePod, RayJob, ResourceRequirements, Role};

/// With this annotation KubeRay leaves a container's command alone (v1.3 to v1.7).
const OVERWRITE: &str = "ray.io/overwrite-container-cmd";

/// Accelerators that KubeRay makes resources of Ray of (v1.3 to v1.7 `customAcceleratorToRayResourceMap`).
const ACCELERATORS: [&str; 2] = ["aws.amazon.com/neuroncore", "google.com/tpu"];

/// Which Ray a container has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ray {
    /// This release: the tag of the Ray project's image says so, or `rayVersion` where the image is another.
    Release(Release),
    /// The newest one, or even newer: `latest`, `nightly`.
    Moving,
    /// Nothing says.
    Unknown,
}

impl Ray {
    fn of(image: Option<RayImage<'_>>, ray_version: Field<'_, Text>) -> Self {
        match image.map(|image| image.build) {
            Some(Build::Release { release, .. }) => Self::Release(release),
            Some(Build::Moving(_)) => Self::Moving,
            Some(Build::Other) => Self::Unknown,
            None => ray_version
                .value()
                .filter(|version| release_of(version).is_some())
                .and_then(|version| version.parse::<RayVersion>().ok())
                .map_or(Self::Unknown, |version| Self::Release(version.release())),
        }
    }

    /// The release, if it is known.
    pub fn release(self) -> Option<Release> {
        match self {
            Self::Release(release) => Some(release),
            Self::Moving | Self::Unknown => None,
        }
    }
}

/// How KubeRay starts Ray in the pods of a group; found out once for all rules.
#[derive(Debug)]
pub(crate) struct Start<'a> {
    ray: Ray,
    line: OnceCell<Line<'a>>,
}

/// A group whose pods run the `ray start` that KubeRay writes.
#[derive(Clone, Copy, Debug)]
pub struct RayNode<'j, 'a> {
    /// The group.
    pub group: &'j Group<'a>,
    /// Its first container.
    pub container: &'j Container<'a>,
    /// Whether it is the head.
    pub is_head: bool,
    /// The Ray in it.
    pub ray: Ray,
    /// The cluster that it is a part of.
    pub cluster: &'j Cluster<'a>,
    start: &'j Start<'a>,
    pod: MadePod<'j, 'a>,
    job: &'j RayJob<'a>,
}

/// The nodes of the cluster that is made for a job and that have `rayStartParams`.
pub fn nodes<'j, 'a>(job: &'j RayJob<'a>) -> impl Iterator<Item = RayNode<'j, 'a>> {
    let has_params = |node: &RayNode<'_, 'a>| node.group.spec.ray_start_params.each().next().is_some();
    started(job).filter(has_params)
}

/// All nodes of the cluster that is made for a job and that KubeRay starts.
pub fn started<'j, 'a>(job: &'j RayJob<'a>) -> impl Iterator<Item = RayNode<'j, 'a>> {
    job.made_pods().filter_map(|pod| RayNode::of(job, pod))
}

impl<'a> Start<'a> {
    /// `None` where a container's own command runs first, or instead: then nothing is certain.
    pub(crate) fn of(job: &RayJob<'a>, pod: MadePod<'_, 'a>) -> Option<Self> {
        let cluster = job.own_cluster().filter(|_| !matches!(pod.role, Role::Submitter))?;
        let container = pod.template.ray_container()?;
        let is_overwritten = |annotation: Field<'_, Text>| {
            annotation.value().is_some_and(|value| value.eq_ignore_ascii_case("true"))
        };
        let is_started_by_kuberay = container.command.is_absent_or_empty()
            && container.args.is_absent_or_empty()
            && !overwriting(job, pod).into_iter().any(is_overwritten);
        let ray = || Ray::of(pod.template.ray_image(), cluster.spec.ray_version);
        is_started_by_kuberay.then(|| Self { ray: ray(), line: OnceCell::new() })
    }
}

/// The annotations that leave a container's command alone: KubeRay copies those of a job to its cluster, and looks at both.
fn overwriting<'a>(job: &RayJob<'a>, pod: MadePod<'_, 'a>) -> [Field<'a, Text>; 2] {
    let metadata: Field<'a, Object> = pod.template.object.child("metadata");
    let of_template: Field<'a, Map> = metadata.child("annotations");
    [job.metadata.annotations.get(OVERWRITE), of_template.get(OVERWRITE)]
}

impl<'j, 'a> RayNode<'j, 'a> {
    fn of(job: &'j RayJob<'a>, pod: MadePod<'j, 'a>) -> Option<Self> {
        let (group, is_head) = match pod.role {
            Role::Head(group) => (group, true),
            Role::Worker(group) => (group, false),
            Role::Submitter => return None,
        };
        let (start, cluster) = (pod.start()?, job.own_cluster()?);
        let container = group.template.ray_container()?;
        Some(Self { group, container, is_head, ray: start.ray, cluster, start, pod, job })
    }

    /// The image, if it is one that the Ray project publishes and only its tag says which.
    pub fn tagged_image(&self) -> Option<RayImage<'a>> {
        self.group.template.ray_image().filter(|image| !image.is_pinned)
    }

    /// `rayStartParams`
    pub fn params(&self) -> Field<'a, Map> {
        self.group.spec.ray_start_params
    }

    /// What arrives of them.
    pub fn line(&self) -> &'j Line<'a> {
        let read = || Line::of(self.params(), self.ray, self.rewrites_resources().then_some("resources"));
        self.start.line.get_or_init(read)
    }

    /// What a finding about the command line stands on.
    pub fn because(&self) -> Vec<Field<'a>> {
        let container = self.container;
        let decisive = [container.image.any(), container.command.any(), container.args.any()];
        self.pod
            .used_because_of()
            .into_iter()
            .chain(decisive)
            .chain([self.cluster.spec.ray_version.any()])
            .chain(overwriting(self.job, self.pod).map(Field::any))
            .chain(self.sets_resources().then(|| container.resources.any()))
            .chain([self.params().any()])
            .collect()
    }

    fn sets_resources(&self) -> bool {
        self.params().each().any(|entry| entry.key() == "resources")
    }

    /// Whether KubeRay adds an accelerator to Ray's `resources`, and writes them anew if it can read them (v1.3 to v1.7
    /// `addWellKnownAcceleratorResources`).
    pub fn rewrites_resources(&self) -> bool {
        if !self.sets_resources() {
            return false;
        }
        let limits = ResourceRequirements::of(self.container.resources).limits;
        ACCELERATORS.into_iter().any(|name| limits.get(name).is_present())
    }

    /// The node as a message names it.
    pub fn name_for_people(&self) -> String {
        self.group.name_for_people()
    }
}
