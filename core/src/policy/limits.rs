//! What a job must not go beyond, compiled. The rules about policies read these fields.

use std::collections::BTreeMap;

use super::globs::Globs;
use super::int_or_string::IntOrString;
use super::mistakes::{At, Mistakes};
use super::spec::{self, Permission, PodSecurity, SubmissionMode};
use crate::kubernetes_resources::is_container_resource;
use crate::quantity::Quantity;
use crate::ray_version::{RayVersion, RayVersionRange};

pub use super::spec::Bounds;

/// What a job must not go beyond.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields of `spec::Limits`")]
pub struct Limits {
    pub ttl_seconds_after_finished: Option<Bounds>,
    pub active_deadline_seconds: Option<Bounds>,
    pub pre_running_deadline_seconds: Option<Bounds>,
    pub backoff_limit: Option<Bounds>,
    pub idle_timeout_seconds: Option<Bounds>,
    pub submission_modes: Vec<SubmissionMode>,
    pub images: Option<Images>,
    pub ray_version: Option<RayVersionRange>,
    pub totals: Resources,
    pub per_group: Resources,
    pub per_pod: Resources,
    pub workers: Option<Bounds>,
    pub workers_per_group: Option<Bounds>,
    pub worker_groups: Option<Bounds>,
    pub priority_classes: Option<Names>,
    pub service_accounts: Option<Names>,
    pub service_types: Option<Names>,
    pub runtime_env_sources: Option<Names>,
    pub ingress: Option<Permission>,
    pub cluster_selector: Option<Permission>,
    pub autoscaling: Option<Permission>,
    pub pod_security: Option<PodSecurity>,
}

impl Limits {
    pub(super) fn compile(spec: &spec::Limits, at: &At<'_>, mistakes: &mut Mistakes) -> Self {
        let mut bounds = |key, least, bounds| compile_bounds(bounds, least, &at.key(key), mistakes);
        let limits = Self {
            ttl_seconds_after_finished: bounds("ttlSecondsAfterFinished", 0, spec.ttl_seconds_after_finished),
            active_deadline_seconds: bounds("activeDeadlineSeconds", 1, spec.active_deadline_seconds),
            pre_running_deadline_seconds: bounds(
                "preRunningDeadlineSeconds",
                1,
                spec.pre_running_deadline_seconds,
            ),
            backoff_limit: bounds("backoffLimit", 0, spec.backoff_limit),
            idle_timeout_seconds: bounds("idleTimeoutSeconds", 0, spec.idle_timeout_seconds),
            workers: bounds("workers", 0, spec.workers),
            workers_per_group: bounds("workersPerGroup", 0, spec.workers_per_group),
            worker_groups: bounds("workerGroups", 0, spec.worker_groups),
            submission_modes: spec.submission_modes.clone(),
            ingress: spec.ingress,
            cluster_selector: spec.cluster_selector,
            autoscaling: spec.autoscaling,
            pod_security: spec.pod_security,
            ..Self::default()
        };
        let mut resources = |key, quantities| Resources::compile(quantities, &at.key(key), mistakes);
        let (totals, per_group, per_pod) = (
            resources("totals", &spec.totals),
            resources("perGroup", &spec.per_group),
            resources("perPod", &spec.per_pod),
        );
        let mut names =
            |key, names: &Option<spec::Names>| Some(Names::compile(names.as_ref()?, &at.key(key), mistakes));
        let (priority_classes, service_accounts, service_types, runtime_env_sources) = (
            names("priorityClasses", &spec.priority_classes),
            names("serviceAccounts", &spec.service_accounts),
            names("serviceTypes", &spec.service_types),
            names("runtimeEnvSources", &spec.runtime_env_sources),
        );
        let range = spec.ray_version.as_deref();
        let ray_version = range.and_then(|range| mistakes.keep(&at.key("rayVersion"), range.parse()));
        let images = spec.images.as_ref().map(|images| Images::compile(images, &at.key("images"), mistakes));
        Self {
            images,
            ray_version,
            totals,
            per_group,
            per_pod,
            priority_classes,
            service_accounts,
            service_types,
            runtime_env_sources,
            ..limits
        }
    }

    /// Whether this version of Ray may be used.
    pub fn allow_ray(&self, version: &RayVersion) -> bool {
        self.ray_version.as_ref().is_none_or(|range| range.contains(version))
    }
}

fn compile_bounds(
    bounds: Option<Bounds>,
    least: i64,
    at: &At<'_>,
    mistakes: &mut Mistakes,
) -> Option<Bounds> {
    let bounds = bounds?;
    match (bounds.min, bounds.max) {
        (None, None) => mistakes.note(at, "write `min`, `max` or both"),
        (Some(min), Some(max)) if min > max => {
            mistakes.note(&at.key("min"), format!("{min} is above the max, {max}: no job could be allowed"));
        }
        _ => {}
    }
    if let Some(max) = bounds.max.filter(|max| *max < least) {
        mistakes.note(&at.key("max"), format!("{max} is below {least}, the least that a job can have"));
    }
    Some(bounds)
}

impl Bounds {
    /// Whether the number is within them.
    pub fn contain(&self, number: i64) -> bool {
        self.min.is_none_or(|min| min <= number) && self.max.is_none_or(|max| number <= max)
    }
}

/// The most of some resources.
#[derive(Clone, Debug, Default)]
pub struct Resources(Vec<(String, Quantity)>);

impl Resources {
    fn compile(spec: &BTreeMap<String, IntOrString>, at: &At<'_>, mistakes: &mut Mistakes) -> Self {
        let mut resources = Vec::new();
        for (name, most) in spec {
            let at = at.key(name);
            if !is_container_resource(name) {
                let problem = format!(
                    "no container can ask for `{name}`: there are cpu, memory, ephemeral-storage, hugepages-2Mi and such, and devices by their whole names, like nvidia.com/gpu"
                );
                mistakes.note(&at, problem);
            }
            let quantity = match most {
                IntOrString::Int(number) => Ok(Quantity::from(*number)),
                IntOrString::String(text) => Quantity::from_json_text(text),
            };
            match quantity {
                Ok(quantity) if quantity.is_negative() => {
                    mistakes.note(&at, "a job cannot have less than nothing");
                }
                Ok(quantity) => resources.push((name.clone(), quantity)),
                Err(error) => mistakes.note(
                    &at,
                    format!("`{most}` is no quantity ({error}): write a number and a unit, such as 500m, 16 or 2Ti"),
                ),
            }
        }
        Self(resources)
    }

    /// The resources that have a most, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Quantity)> {
        self.0.iter().map(|(name, most)| (name.as_str(), most))
    }

    /// Whether no resource has a most.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Which images are allowed.
#[derive(Clone, Debug)]
pub struct Images {
    names: Names,
    /// Whether a reference ends in a digest.
    pub require_digest: bool,
    /// Whether a reference without digest has a tag, and another than `latest` and `nightly`.
    pub require_fixed_tag: bool,
}

impl Images {
    fn compile(spec: &spec::Images, at: &At<'_>, mistakes: &mut Mistakes) -> Self {
        let names = spec::Names { allow: spec.allow.clone(), deny: spec.deny.clone() };
        Self {
            names: Names::compile(&names, at, mistakes),
            require_digest: spec.require_digest,
            require_fixed_tag: spec.require_fixed_tag,
        }
    }

    /// Whether the patterns allow this reference.
    pub fn allow(&self, image: &str) -> bool {
        self.names.allow(image)
    }
}

/// Which names are allowed.
#[derive(Clone, Debug)]
pub struct Names {
    allowed: Option<Globs>,
    denied: Option<Globs>,
    /// As they were written, for messages.
    pub written: spec::Names,
}

impl Names {
    fn compile(spec: &spec::Names, at: &At<'_>, mistakes: &mut Mistakes) -> Self {
        // The empty name, where that can be allowed, is no pattern.
        let patterns = |names: &[String]| -> Vec<String> {
            names.iter().filter(|name| !name.is_empty()).cloned().collect()
        };
        Self {
            allowed: Globs::compile(&patterns(&spec.allow), &at.key("allow"), mistakes),
            denied: Globs::compile(&patterns(&spec.deny), &at.key("deny"), mistakes),
            written: spec.clone(),
        }
    }

    /// Whether the name is allowed; the empty one must stand in the list itself.
    pub fn allow(&self, name: &str) -> bool {
        let among = |names: &[String], globs: &Option<Globs>| {
            if name.is_empty() {
                names.iter().any(String::is_empty)
            } else {
                globs.as_ref().is_some_and(|globs| globs.matches(name))
            }
        };
        !among(&self.written.deny, &self.denied)
            && (self.written.allow.is_empty() || among(&self.written.allow, &self.allowed))
    }
}
