//! What each Ray node of a job's cluster offers to Ray: CPUs, GPUs, memory and resources with names of their own.
//!
//! ```text
//! container limits, group resources ─► kuberay (what it tells Ray) ┐
//! rayStartParams ─► ray_start (what arrives behind Bash) ──────────┴─► NodeResources ─► driver ─► rules
//! ```
//!
//! A node is the pod of the head or of a worker group; what KubeRay does is the same from v1.3 to v1.7 where it is said here.

mod driver;
mod kuberay;

use crate::document::{Field, Map};
use crate::quantity::Quantity;
use crate::ray_start::{self, Arrival, Line, RayNode, integer_of};
use crate::rayjob::{GroupSpec, RayJob, ResourceRequirements, Role};
pub use driver::{Driver, Fit, Need};
use kuberay::Told;

/// The environment variable from which Ray takes resources before all others (Ray 2.38 to 2.60).
const OVERRIDE: &str = "RAY_OVERRIDE_RESOURCES";

/// How much of a resource a node offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Ray is told so much.
    Told(Quantity),
    /// Nothing tells Ray: it counts what it finds.
    Detected,
    /// Only the container itself knows, or Ray does not start.
    Unclear,
}

/// A resource of Ray.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind<'n> {
    /// `CPU`
    Cpus,
    /// `GPU`
    Gpus,
    /// `memory`, in bytes
    Memory,
    /// Any other.
    Named(&'n str),
}

/// The nodes of the cluster that is made for a job.
#[derive(Debug, Default)]
pub struct Nodes<'a> {
    /// One for each group that has pods in which KubeRay starts Ray.
    pub started: Vec<NodeResources<'a>>,
    /// Whether other pods run Ray in a way of their own.
    pub has_others: bool,
    /// Whether there is a group without pods, which somebody may give some later.
    pub has_empty_groups: bool,
}

/// What the nodes of one group offer, each by itself.
#[derive(Debug)]
pub struct NodeResources<'a> {
    /// The group, as a message names it.
    pub name: String,
    /// The group.
    pub group: GroupSpec<'a>,
    /// The limits of its first container.
    pub limits: Field<'a, Map>,
    cpus: Offer,
    gpus: Offer,
    memory: Offer,
    named: Named,
    because: Vec<Field<'a>>,
}

/// The resources with names of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Named {
    /// These, and what Ray finds.
    Told(Vec<(String, Quantity)>),
    Unclear,
}

impl<'a> Nodes<'a> {
    pub(crate) fn of(job: &RayJob<'a>) -> Self {
        let Some(cluster) = job.own_cluster() else { return Self::default() };
        let pods = job.made_pods().filter(|pod| !matches!(pod.role, Role::Submitter)).count();
        let started: Vec<_> = ray_start::started(job).map(|node| NodeResources::of(&node)).collect();
        Self { has_others: started.len() < pods, has_empty_groups: pods < cluster.groups().count(), started }
    }

    /// The fields on which it stands what all of them offer.
    pub fn because(&self) -> impl Iterator<Item = Field<'a>> {
        self.started.iter().flat_map(NodeResources::because)
    }
}

impl<'a> NodeResources<'a> {
    fn of(node: &RayNode<'_, 'a>) -> Self {
        let line = node.line();
        let told = Told::of(node, line);
        let is_clear = line.is_whole() && !overrides_resources(node);
        let or_unclear = |offer| if is_clear { offer } else { Offer::Unclear };
        let container = node.container;
        let fields = [
            container.resources.any(),
            node.group.spec.resources.any(),
            container.env.any(),
            container.env_from.any(),
        ];
        Self {
            name: node.name_for_people(),
            group: node.group.spec,
            limits: ResourceRequirements::of(container.resources).limits,
            cpus: or_unclear(told.cpus),
            gpus: or_unclear(told.gpus),
            memory: or_unclear(told.memory),
            named: if is_clear { told.named } else { Named::Unclear },
            because: node.because().into_iter().chain(fields).collect(),
        }
    }

    /// The fields on which it stands what it offers.
    pub fn because(&self) -> impl Iterator<Item = Field<'a>> {
        self.because.iter().copied()
    }

    /// How much it offers of a resource.
    pub fn offer(&self, kind: Kind<'_>) -> Offer {
        match (kind, &self.named) {
            (Kind::Cpus, _) => self.cpus.clone(),
            (Kind::Gpus, _) => self.gpus.clone(),
            (Kind::Memory, _) => self.memory.clone(),
            (Kind::Named(_), Named::Unclear) => Offer::Unclear,
            (Kind::Named(name), Named::Told(told)) => match told.iter().find(|(known, _)| known == name) {
                Some((_, quantity)) => Offer::Told(quantity.clone()),
                // Ray adds the name of the slice to the resources of a TPU's host.
                None if may_be_found(name) || told.iter().any(|(known, _)| known == kuberay::TPU) => {
                    Offer::Detected
                }
                None => Offer::Told(Quantity::ZERO),
            },
        }
    }

    /// The resources with names of their own that Ray is told, unless that is unclear.
    pub fn named(&self) -> Option<impl Iterator<Item = (&str, &Quantity)>> {
        match &self.named {
            Named::Told(told) => Some(told.iter().map(|(name, quantity)| (name.as_str(), quantity))),
            Named::Unclear => None,
        }
    }
}

/// Whether the container's environment may tell Ray other resources than the command line does.
fn overrides_resources(node: &RayNode<'_, '_>) -> bool {
    !node.container.env_from.is_absent_or_empty() || node.container.env_var(OVERRIDE).is_some()
}

/// Whether Ray may give itself a resource of that name: for its address, its role, and the accelerators that it finds
/// (Ray 2.60 `HPU`, `NPU`, `TPU`, `RBLN`, `FURIOSA`, `MBLT`, `TTNPU`, `neuron_cores`; newer ones may know more).
fn may_be_found(name: &str) -> bool {
    let is_accelerator = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    is_accelerator
        || [kuberay::NEURON_CORES, "memory", "object_store_memory"].contains(&name)
        || ["node:", "accelerator_type:", "TPU-"].iter().any(|start| name.starts_with(start))
}

/// The number that arrives of an option; `None` if it is not given.
fn number(line: &Line<'_>, name: &str) -> Option<Offer> {
    let (_, arrival) = line.get(name)?;
    Some(match arrival {
        Arrival::Text(text) => match integer_of(text) {
            Ok(Some(number)) => Offer::Told(number.into()),
            Ok(None) | Err(_) => Offer::Unclear,
        },
        Arrival::Nothing => Offer::Detected,
        Arrival::Alone | Arrival::Unknown => Offer::Unclear,
    })
}

#[cfg(test)]
mod tests;
