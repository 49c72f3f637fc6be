//! What a job asks for its driver, and whether a node has it: Ray runs the driver on one node that has all of it.

use std::fmt;

use super::{Kind, NodeResources, Nodes, Offer};
use crate::document::{Any, Document, Field, Number, Shape, Text};
use crate::quantity::Quantity;
use crate::quoted::Quoted;
use crate::rayjob::{Container, RayJob, SubmissionMode};

/// Ray tells no smaller parts of a resource apart, in billionths.
const SMALLEST: i128 = 100_000;

/// What a job asks for its driver.
#[derive(Debug, Default)]
pub struct Driver<'a> {
    /// One for each resource.
    pub needs: Vec<Need<'a>>,
    because: Vec<Field<'a>>,
}

/// How much the driver needs of one resource.
#[derive(Debug)]
pub struct Need<'a> {
    /// Where the job says so.
    pub field: Field<'a>,
    /// The name, if it is a resource with a name of its own.
    name: Option<String>,
    is_gpus: bool,
    /// How much.
    pub quantity: Quantity,
}

/// Whether something has room for the driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It certainly has not.
    Never,
    /// It would have to find GPUs of which nobody has told it.
    Unlikely,
    /// It has, or may have.
    Possible,
}

impl<'a> Driver<'a> {
    /// What the job asks for, as far as Ray is told and the text can be read (KubeRay v1.3 to v1.7 `BuildJobSubmitCommand`,
    /// `ConvertRayJobToReq`).
    pub fn of(job: &RayJob<'a>) -> Self {
        let spec = &job.spec;
        let numbers = [(spec.entrypoint_num_cpus, false), (spec.entrypoint_num_gpus, true)];
        let needs: Vec<_> =
            numbers.into_iter().filter_map(|(field, is_gpus)| number(field, is_gpus)).collect();
        let text = spec.entrypoint_resources.non_empty();
        if needs.is_empty() && text.is_none() {
            return Self::default();
        }
        let mode = spec.submission_mode.any();
        let because = match job.submission_mode() {
            SubmissionMode::HTTPMode | SubmissionMode::SidecarMode => vec![mode],
            SubmissionMode::K8sJobMode if job.is_submitted_by_command() => {
                vec![mode, spec.submitter_pod_template.any()]
            }
            _ => return Self::default(),
        };
        // Bash may make something else of these.
        let is_in_http = job.submission_mode() == SubmissionMode::HTTPMode;
        let text = text.filter(|text| is_in_http || !text.contains(['$', '`', '\\', '\n']));
        let named = text.map(|text| named(spec.entrypoint_resources.any(), text)).unwrap_or_default();
        let texts =
            [spec.entrypoint_num_cpus.any(), spec.entrypoint_num_gpus.any(), spec.entrypoint_resources.any()];
        Self {
            needs: needs.into_iter().chain(named).collect(),
            because: because.into_iter().chain(texts).collect(),
        }
    }

    /// Whether one of the nodes of the job has room.
    pub fn fit(&self, job: &RayJob<'_>) -> Fit {
        let nodes = job.nodes();
        if self.needs.is_empty() || nodes.has_others || nodes.started.is_empty() || starts_ray_beside(job) {
            return Fit::Possible;
        }
        let best = nodes.started.iter().map(|node| self.fit_on(node)).max().unwrap_or(Fit::Possible);
        // Nodes from elsewhere may join under a name that is known before.
        let has_service = job.cluster().is_some_and(|cluster| cluster.head.spec.head_service.is_present());
        if nodes.has_empty_groups || has_service { best.max(Fit::Unlikely) } else { best }
    }

    /// The fields on which [`Self::fit`] stands.
    pub fn because(&self, job: &RayJob<'a>) -> Vec<Field<'a>> {
        let head_service = job.cluster().map(|cluster| cluster.head.spec.head_service.any());
        let beside = beside(job).flat_map(|container| [container.command.any(), container.args.any()]);
        let own = self.because.iter().copied().chain([job.spec.cluster_selector.any()]);
        own.chain(job.nodes().because()).chain(head_service).chain(beside).collect()
    }

    fn fit_on(&self, node: &NodeResources<'_>) -> Fit {
        self.needs.iter().map(|need| need.fit_on(node)).min().unwrap_or(Fit::Possible)
    }

    /// The need that no node of a job meets, even if it were the only one.
    pub fn unmet(&self, nodes: &Nodes<'_>) -> Option<&Need<'a>> {
        let is_unmet = |need: &&Need<'_>| nodes.started.iter().all(|node| need.fit_on(node) != Fit::Possible);
        self.needs.iter().find(is_unmet)
    }
}

/// The containers that stand beside the one in which KubeRay starts Ray.
fn beside<'j, 'a>(job: &'j RayJob<'a>) -> impl Iterator<Item = &'j Container<'a>> {
    job.made_pods().flat_map(|pod| pod.template.containers.iter().skip(1))
}

/// Whether one of them may run a Ray of its own.
fn starts_ray_beside(job: &RayJob<'_>) -> bool {
    let names_ray = |word: Field<'_>| word.cast::<Text>().value().is_some_and(|word| word.contains("ray"));
    beside(job).any(|container| container.command.items().chain(container.args.items()).any(names_ray))
}

impl Need<'_> {
    fn kind(&self) -> Kind<'_> {
        match &self.name {
            Some(name) => Kind::Named(name),
            None if self.is_gpus => Kind::Gpus,
            None => Kind::Cpus,
        }
    }

    fn fit_on(&self, node: &NodeResources<'_>) -> Fit {
        match node.offer(self.kind()) {
            Offer::Told(has) if self.is_more_than(&has) => Fit::Never,
            Offer::Detected if self.is_gpus => Fit::Unlikely,
            Offer::Told(_) | Offer::Detected | Offer::Unclear => Fit::Possible,
        }
    }

    /// Whether it is certainly more, though KubeRay counts in 32 bits and Ray in ten thousandths.
    fn is_more_than(&self, has: &Quantity) -> bool {
        match (self.quantity.nanos(), has.nanos()) {
            (Some(needed), Some(has)) => needed.saturating_sub(has) > SMALLEST + needed / 1_000_000,
            _ => self.quantity > *has,
        }
    }

    /// The name of the resource, as Ray has it.
    pub fn name(&self) -> &str {
        match self.kind() {
            Kind::Cpus => "CPU",
            Kind::Gpus => "GPU",
            Kind::Memory => "memory",
            Kind::Named(name) => name,
        }
    }

    /// The most that a node is told to have of it.
    pub fn most(&self, nodes: &Nodes<'_>) -> Option<Quantity> {
        let told = nodes.started.iter().filter_map(|node| match node.offer(self.kind()) {
            Offer::Told(has) => Some(has),
            Offer::Detected | Offer::Unclear => None,
        });
        told.max()
    }
}

impl fmt::Display for Need<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = &self.name {
            return Quoted(name).fmt(formatter);
        }
        let plural = if self.quantity.to_string() == "1" { "" } else { "s" };
        write!(formatter, "{}{plural}", if self.is_gpus { "GPU" } else { "CPU" })
    }
}

fn number(field: Field<'_, Number>, is_gpus: bool) -> Option<Need<'_>> {
    let number = field.value().filter(|number| *number > 0.0)?;
    let quantity = Quantity::from_json_number(number).ok()?;
    Some(Need { field: field.any(), name: None, is_gpus, quantity })
}

/// Nothing, if the text cannot be read.
fn named<'a>(field: Field<'a, Any>, text: &str) -> Vec<Need<'a>> {
    let Ok(document) = serde_json::from_str::<Document<'_>>(text) else { return Vec::new() };
    if document.root().shape() != Some(Shape::Object) {
        return Vec::new();
    }
    let need = |entry: Field<'_>| {
        let quantity =
            matches!(entry.shape(), Some(Shape::Integer | Shape::Number)).then(|| entry.quantity())??;
        let is_needed = !quantity.is_zero() && !quantity.is_negative();
        is_needed.then(|| Need { field, name: Some(entry.key().to_owned()), is_gpus: false, quantity })
    };
    document.root().children().filter_map(need).collect()
}
