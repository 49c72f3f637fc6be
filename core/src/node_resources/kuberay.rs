//! What KubeRay tells a node's Ray of its resources: `rayStartParams`, or what it makes of a group's `resources` and of the
//! container's limits (v1.3 to v1.7 `updateRayStartParamsResources`, `generateRayStartCommand`).

use super::{Named, Offer, number};
use crate::document::{Document, Field, Map, Shape, Text};
use crate::kubernetes_resources::whole;
use crate::quantity::Quantity;
use crate::ray_start::{Arrival, Line, RayNode};
use crate::rayjob::ResourceRequirements;

/// Ray's name for Google's TPUs.
pub(super) const TPU: &str = "TPU";
/// Ray's name for the cores of AWS' accelerators.
pub(super) const NEURON_CORES: &str = "neuron_cores";

/// The resources of containers that KubeRay makes named resources of Ray of, sorted, with Ray's names: the first counts
/// (`customAcceleratorToRayResourceMap`).
const ACCELERATORS: [(&str, &str); 2] =
    [("aws.amazon.com/neuroncore", NEURON_CORES), ("google.com/tpu", TPU)];

/// What Ray is told.
pub(super) struct Told {
    pub(super) cpus: Offer,
    pub(super) gpus: Offer,
    pub(super) memory: Offer,
    pub(super) named: Named,
}

impl Told {
    pub(super) fn of(node: &RayNode<'_, '_>, line: &Line<'_>) -> Self {
        let group = GroupResources::of(node.group.spec.resources);
        let ResourceRequirements { limits, requests, .. } =
            ResourceRequirements::of(node.container.resources);
        let read = Read::of(&group, node.params().get("resources"));
        let accelerator = match &read {
            Read::Map(map) => accelerator(limits, map),
            Read::Fails | Read::Unclear => None,
        };
        let named = match (accelerator, read.clone(), group.named.is_empty()) {
            (Some(accelerator), Read::Map(map), _) => quoted(map.into_iter().chain([accelerator]).collect()),
            (None, Read::Map(map), false) => quoted(map),
            _ => arrives(line),
        };
        Self {
            cpus: group.cpus.or_else(|| number(line, "num-cpus")).unwrap_or_else(|| {
                told(limits, "cpu").or_else(|| told(requests, "cpu")).unwrap_or(Offer::Detected)
            }),
            memory: group
                .memory
                .or_else(|| number(line, "memory"))
                .unwrap_or_else(|| told(limits, "memory").unwrap_or(Offer::Detected)),
            gpus: group.gpus.or_else(|| number(line, "num-gpus")).unwrap_or_else(|| match read {
                Read::Map(_) => gpus(limits),
                // KubeRay gives up before it looks at GPUs.
                Read::Fails => Offer::Detected,
                Read::Unclear => Offer::Unclear,
            }),
            named,
        }
    }
}

/// A group's own `resources` (from v1.5 on; older CRDs drop them). Capital letters do not matter, but KubeRay takes one of
/// two spellings at random.
#[derive(Default)]
struct GroupResources {
    cpus: Option<Offer>,
    gpus: Option<Offer>,
    memory: Option<Offer>,
    named: Vec<(String, Quantity)>,
}

impl GroupResources {
    fn of(resources: Field<'_, Map>) -> Self {
        let mut group = Self::default();
        for entry in resources.each() {
            let quantity = entry.cast::<Text>().value().and_then(|text| text.parse::<Quantity>().ok());
            // KubeRay skips what is none.
            let Some(quantity) = quantity else { continue };
            let name = entry.key().to_lowercase();
            let slot = match name.as_str() {
                "cpu" => &mut group.cpus,
                "memory" => &mut group.memory,
                name if is_gpu(name) || is_part_of_gpu(name) => &mut group.gpus,
                _ => {
                    group.named.push((entry.key().to_owned(), quantity));
                    continue;
                }
            };
            let is_second = slot.is_some();
            *slot = Some(if is_second { Offer::Unclear } else { as_whole(&quantity) });
        }
        group
    }
}

/// What KubeRay reads of the named resources in `rayStartParams` (`getResourcesMap`).
#[derive(Clone)]
enum Read {
    Map(Vec<(String, Quantity)>),
    Fails,
    Unclear,
}

impl Read {
    fn of(group: &GroupResources, param: Field<'_, Text>) -> Self {
        match param.value() {
            _ if !group.named.is_empty() => Self::Map(group.named.clone()),
            None => Self::Map(Vec::new()),
            Some(text) => Self::of_text(text.trim_matches(['\'', '"', '`', ' '])),
        }
    }

    fn of_text(text: &str) -> Self {
        let document: Document<'_> = match serde_json::from_str(text) {
            Ok(document) => document,
            Err(_) if serde_json::from_str::<serde::de::IgnoredAny>(text).is_err() => return Self::Fails,
            Err(_) => return Self::Unclear,
        };
        let root: Field<'_> = document.root().any();
        match root.shape() {
            None => return Self::Unclear,
            Some(Shape::Object) => {}
            Some(_) => return Self::Fails,
        }
        let mut map = Vec::new();
        for entry in root.children() {
            match (entry.shape(), entry.quantity()) {
                (Some(Shape::Integer | Shape::Number), Some(quantity)) => {
                    map.push((entry.key().to_owned(), quantity));
                }
                (None, _) | (Some(Shape::Integer | Shape::Number), None) => return Self::Unclear,
                (Some(_), _) => return Self::Fails,
            }
        }
        Self::Map(map)
    }
}

/// The accelerator that KubeRay adds to the named resources that it has read.
fn accelerator(limits: Field<'_, Map>, map: &[(String, Quantity)]) -> Option<(String, Quantity)> {
    if map.iter().any(|(name, _)| ACCELERATORS.iter().any(|(_, of_ray)| of_ray == name)) {
        return None;
    }
    ACCELERATORS.into_iter().find_map(|(name, of_ray)| {
        let quantity = limits.get(name).any().quantity().filter(|quantity| !quantity.is_zero())?;
        Some((of_ray.to_owned(), quantity))
    })
}

/// The GPUs that KubeRay finds among the limits.
fn gpus(limits: Field<'_, Map>) -> Offer {
    let is_nothing = |limit: &Field<'_>| limit.quantity().is_some_and(|quantity| quantity.is_zero());
    let mut known: Vec<_> = limits
        .each()
        .filter(|limit| is_gpu(limit.key()) || is_part_of_gpu(limit.key()))
        .filter(|limit| limit.is_present() && !is_nothing(limit))
        .collect();
    known.sort_unstable_by_key(|limit| limit.key());
    match known.first() {
        None => Offer::Detected,
        // KubeRay 1.3 does not know parts of GPUs, which go by the number of such parts from 1.4 on.
        Some(limit) if !is_gpu(limit.key()) => Offer::Unclear,
        Some(limit) => limit.quantity().as_ref().map_or(Offer::Unclear, as_whole),
    }
}

fn is_gpu(name: &str) -> bool {
    name.ends_with("gpu")
}

/// `nvidia.com/mig-1g.5gb` and such (from v1.4 on `IsGPUResourceKey`).
fn is_part_of_gpu(name: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let sizes =
        name.rsplit_once("nvidia.com/mig-").and_then(|(_, sizes)| sizes.strip_suffix("gb")?.split_once("g."));
    sizes.is_some_and(|(slices, memory)| is_number(slices) && is_number(memory))
}

/// What KubeRay makes of a limit or request that is there and not 0.
fn told(map: Field<'_, Map>, name: &'static str) -> Option<Offer> {
    let field = map.get(name).any();
    match field.quantity() {
        Some(quantity) if quantity.is_zero() => None,
        Some(quantity) => Some(as_whole(&quantity)),
        None => field.is_present().then_some(Offer::Unclear),
    }
}

fn as_whole(quantity: &Quantity) -> Offer {
    whole(quantity).map_or(Offer::Unclear, |number| Offer::Told(number.into()))
}

/// Named resources that KubeRay writes in single quotes, as JSON.
fn quoted(named: Vec<(String, Quantity)>) -> Named {
    if named.iter().any(|(name, _)| name.contains('\'')) { Named::Unclear } else { Named::Told(named) }
}

/// The named resources that reach Ray as the job has them.
fn arrives(line: &Line<'_>) -> Named {
    let Some((_, arrival)) = line.get("resources") else { return Named::Told(Vec::new()) };
    let Arrival::Text(text) = arrival else { return Named::Unclear };
    match Read::of_text(text) {
        Read::Map(map) => Named::Told(map),
        Read::Fails | Read::Unclear => Named::Unclear,
    }
}
