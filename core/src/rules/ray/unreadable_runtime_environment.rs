//! RJ302 `unreadable-runtime-environment`.

use crate::document::{Field, Text};
use crate::rules::prelude::*;
use crate::runtime_env::{self, RuntimeEnvironment};
use crate::yaml::Position;

rule! {
    /// `runtimeEnvYAML` is not YAML, or not a map.
    ///
    /// ## Why
    /// The text must be YAML that holds one map, such as `pip: [pandas]`. KubeRay accepts the job, then refuses to start it.
    /// Its reader is stricter than most in some places: no tabs for indentation, no `\u` pairs for an emoji, which
    /// `json.dumps` writes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: "pip: [pandas"
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     - pip
    ///     - conda
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: |
    ///     pip:
    ///     - pandas
    ///     env_vars:
    ///       STAGE: production
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `UnmarshalRuntimeEnvYAML`
    "RJ302" "unreadable-runtime-environment" Deny since "0.1.0" because
        KubeRayRefuses "`failed to unmarshal RuntimeEnvYAML`, in reconcile (ValidateRayJobSpec): the text must be a YAML map, as Go reads YAML 1.1",
        RayJobInterface "runtimeEnv is the older spelling of the same field",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(read) = job.runtime_environment() else { return };
    report(read.field, &read.environment, findings);
    let older = job.spec.runtime_env;
    if let Some(text) = older.non_empty().filter(|_| older.path() != read.field.path()) {
        report(older, &runtime_env::read(text), findings);
    }
}

// No word of the text itself: environments hold secrets.
fn report<'a>(field: Field<'a, Text>, environment: &RuntimeEnvironment<'_>, findings: &mut Findings<'_, 'a>) {
    let (problem, position) = match environment {
        RuntimeEnvironment::Refused(refusal) => {
            (format!("the text is no YAML that KubeRay can read: {refusal}"), refusal.position)
        }
        RuntimeEnvironment::NotAMapping { what, position } => {
            let Position { line, column } = position;
            (format!("the text must be a YAML map, but is {what} (line {line}, column {column})"), *position)
        }
        RuntimeEnvironment::Mapping(_) | RuntimeEnvironment::Empty | RuntimeEnvironment::Unsure(_) => return,
    };
    findings.report(field, problem).inside(position).help("write a YAML map, for example `pip: [pandas]`");
}
