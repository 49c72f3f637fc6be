//! What a job must have, compiled. The rules about policies read these fields.

use std::collections::BTreeMap;

use regex::{Regex, RegexBuilder};

use super::mistakes::{At, Mistakes};
use super::spec::{self, Toleration};
use crate::kubernetes_names::{is_label_value, is_qualified_name};
use crate::kubernetes_resources::is_container_resource;

/// The most memory that one pattern may take once compiled, in bytes.
const LARGEST_PATTERN: usize = 256 << 10;

/// The effects of taints (Kubernetes v1.35 `TaintEffect`).
const EFFECTS: [&str; 3] = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

/// What a job must have.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, clippy::struct_excessive_bools, reason = "the fields of `spec::Require`")]
pub struct Require {
    pub labels: Vec<(String, Regex)>,
    pub annotations: Vec<(String, Regex)>,
    pub active_deadline_seconds: bool,
    pub pre_running_deadline_seconds: bool,
    pub shutdown_after_job_finishes: bool,
    pub queue_name: bool,
    pub ray_version: bool,
    pub node_selector: BTreeMap<String, String>,
    pub tolerations: Vec<Toleration>,
    pub resource_limits: Vec<String>,
}

impl Require {
    pub(super) fn compile(spec: &spec::Require, at: &At<'_>, mistakes: &mut Mistakes) -> Self {
        let mut patterns = |key, patterns: &BTreeMap<String, String>| {
            let at = at.key(key);
            let pattern = |(key, pattern): (&String, &String)| {
                let at = at.key(key);
                if !is_qualified_name(key) {
                    mistakes.note(&at, format!("`{key}` cannot be a key of labels and annotations"));
                }
                Some((key.clone(), mistakes.keep(&at, compile_pattern(pattern))?))
            };
            patterns.iter().filter_map(pattern).collect()
        };
        let (labels, annotations) =
            (patterns("labels", &spec.labels), patterns("annotations", &spec.annotations));
        for (key, value) in &spec.node_selector {
            if !is_qualified_name(key) || !is_label_value(value) {
                let selector = at.key("nodeSelector");
                mistakes.note(&selector.key(key), format!("`{key}: {value}` cannot be a label of a node"));
            }
        }
        check_tolerations(&spec.tolerations, &at.key("tolerations"), mistakes);
        for (index, name) in spec.resource_limits.iter().enumerate() {
            if !is_container_resource(name) {
                let problem =
                    format!("no container can ask for `{name}`: write a whole name, such as nvidia.com/gpu");
                mistakes.note(&at.key("resourceLimits").index(index), problem);
            }
        }
        Self {
            labels,
            annotations,
            active_deadline_seconds: spec.active_deadline_seconds,
            pre_running_deadline_seconds: spec.pre_running_deadline_seconds,
            shutdown_after_job_finishes: spec.shutdown_after_job_finishes,
            queue_name: spec.queue_name,
            ray_version: spec.ray_version,
            node_selector: spec.node_selector.clone(),
            tolerations: spec.tolerations.clone(),
            resource_limits: spec.resource_limits.clone(),
        }
    }
}

/// Taints that no node can have would be tolerated in vain.
fn check_tolerations(tolerations: &[Toleration], at: &At<'_>, mistakes: &mut Mistakes) {
    for (index, Toleration { key, value, effect }) in tolerations.iter().enumerate() {
        let at = at.index(index);
        if !is_qualified_name(key) {
            mistakes.note(&at.key("key"), format!("`{key}` cannot be the key of a taint"));
        }
        if let Some(value) = value.as_ref().filter(|value| !is_label_value(value)) {
            mistakes.note(&at.key("value"), format!("`{value}` cannot be the value of a taint"));
        }
        if let Some(effect) = effect.as_ref().filter(|effect| !EFFECTS.contains(&effect.as_str())) {
            mistakes.note(
                &at.key("effect"),
                format!("there is no effect `{effect}`: there are {}", EFFECTS.join(", ")),
            );
        }
    }
}

/// A pattern that the whole value must match.
fn compile_pattern(pattern: &str) -> Result<Regex, String> {
    // Alone first, so that `a)(b` does not become a pattern by what is put around it.
    Regex::new(pattern).map_err(|error| format!("not a regular expression: {}", last_line(&error)))?;
    RegexBuilder::new(&format!("^(?:{pattern})$"))
        .size_limit(LARGEST_PATTERN)
        .build()
        .map_err(|error| format!("not a regular expression: {}", last_line(&error)))
}

/// What is wrong, without the drawing above it.
fn last_line(error: &regex::Error) -> String {
    error.to_string().lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
}
