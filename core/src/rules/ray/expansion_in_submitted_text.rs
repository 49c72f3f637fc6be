//! RJ350 `expansion-in-submitted-text`.

use super::expansion_outside_ray::is_set_in_submitter;
use crate::document::{Field, Text};
use crate::rules::prelude::*;
use crate::runtime_env::{self, RuntimeEnvironment};
use crate::shell::{Substituted, substituted};
use crate::yaml::{Node, Position, Value};

rule! {
    /// The submitter replaces a `$NAME` or backticks in `runtimeEnvYAML`, `metadata` or `entrypointResources`.
    ///
    /// ## Why
    /// In K8sJobMode and SidecarMode KubeRay writes these texts between double quotes into a shell line, and the submitter's bash
    /// replaces what it knows there: `${RAY_RUNTIME_ENV_CREATE_WORKING_DIR}` becomes nothing, a `$` in a password takes the
    /// letters behind it along, a backtick runs a command. Nothing that one writes before the `$` prevents it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     pip: ["-r ${RAY_RUNTIME_ENV_CREATE_WORKING_DIR}/requirements.txt"]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   metadata: {owner: "`whoami`"}
    ///   rayClusterSpec: {rayVersion: 2.52.0}
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: |
    ///     pip: ["-r ${RAY_RUNTIME_ENV_CREATE_WORKING_DIR}/requirements.txt"]
    ///   submissionMode: HTTPMode
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: |
    ///     # $HOME is no part of it
    ///     env_vars: {PRICE: "5$"}
    /// ```
    "RJ350" "expansion-in-submitted-text" Warn since "0.1.0" because
        KubeRayHangs "the text goes between double quotes into the submitter's shell line (`strconv.Quote`), whose bash replaces variables and commands there (v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    if !job.is_submitted_by_command() {
        return;
    }
    let spec = &job.spec;
    if let Some((what, position)) = in_runtime_environment(job, spec.runtime_env_yaml) {
        report(job, findings, spec.runtime_env_yaml, &what, Some(position));
    }
    for entry in spec.metadata.each() {
        let entry: Field<'a, Text> = entry.cast();
        let what = told(job, entry.key()).or_else(|| told(job, entry.value().unwrap_or_default()));
        if let Some(what) = what {
            report(job, findings, entry, &what, None);
        }
    }
    if let Some(what) = spec.entrypoint_resources.value().and_then(|text| told(job, text)) {
        report(job, findings, spec.entrypoint_resources, &what, None);
    }
}

fn report<'a>(
    job: &RayJob<'a>,
    findings: &mut Findings<'_, 'a>,
    field: Field<'a, Text>,
    what: &str,
    position: Option<Position>,
) {
    let place = position.map_or_else(String::new, |Position { line, column }| {
        format!(" in the value at line {line}, column {column}")
    });
    let mut report = findings
        .report(field, format!("{what}{place} is replaced in the submitter's container, before Ray sees it"))
        .because_of(job.spec.submission_mode)
        .because_of(job.spec.submitter_pod_template);
    if let Some(position) = position {
        report = report.inside(position);
    }
    report.help("write the value without `$` and backticks, or use submissionMode HTTPMode, where they stay");
}

/// What bash replaces in the runtime environment, as JSON holds it: comments and the like are gone.
fn in_runtime_environment(job: &RayJob<'_>, field: Field<'_, Text>) -> Option<(String, Position)> {
    let text = field.non_empty().filter(|text| text.contains(['$', '`']))?;
    let RuntimeEnvironment::Mapping(entries) = runtime_env::read(text) else { return None };
    entries.iter().find_map(|entry| {
        let in_key = told(job, &entry.key).map(|what| (what, entry.key_position));
        in_key.or_else(|| in_node(job, &entry.value))
    })
}

fn in_node(job: &RayJob<'_>, node: &Node<'_>) -> Option<(String, Position)> {
    match &node.value {
        Value::String(text) => told(job, text).map(|what| (what, node.position)),
        Value::Sequence(items) => items.iter().find_map(|item| in_node(job, item)),
        Value::Mapping(entries) => entries.iter().find_map(|entry| {
            let in_key = told(job, &entry.key).map(|what| (what, entry.key_position));
            in_key.or_else(|| in_node(job, &entry.value))
        }),
        _ => None,
    }
}

fn told(job: &RayJob<'_>, text: &str) -> Option<String> {
    substituted(text).find_map(|found| match found {
        Substituted::Command => Some("a command".to_owned()),
        Substituted::Variable(name) => {
            (!is_set_in_submitter(job, name)).then(|| format!("the variable `{name}`"))
        }
    })
}
