//! RJ502 `secret-in-runtime-environment`.

use crate::document::{Field, Text};
use crate::finding::Report;
use crate::quoted::QuotedName;
use crate::rules::prelude::*;
use crate::runtime_env::RuntimeEnvironment;
use crate::secrets::{secret_in, secret_of};
use crate::yaml::{Entry, Node, Position, Value};

rule! {
    /// The runtime environment holds a password, key or token as text.
    ///
    /// ## Why
    /// Whoever may read RayJobs reads it, and so does everybody who opens Ray's dashboard: it shows the runtime environment
    /// of each job. KubeRay writes it into the submitter's command, and Ray into its logs. `env_vars` cannot refer to
    /// a Secret, but the processes of a job see the variables of the containers, which can.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     env_vars:
    ///       DB_PASSWORD: hunter2
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     working_dir: "https://me:hunter2@files.example/code.zip"
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: |
    ///     working_dir: "https://files.example/code.zip"
    ///     env_vars:
    ///       DB_HOST: db.example
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             env:
    ///             - name: DB_PASSWORD
    ///               valueFrom: {secretKeyRef: {name: db, key: password}}
    /// ```
    "RJ502" "secret-in-runtime-environment" Warn since "0.1.0" because
        Security "the runtime environment is shown by Ray's dashboard and stands in the submitter's command (KubeRay v1.3 to v1.7, Ray 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(read) = job.runtime_environment() else { return };
    let RuntimeEnvironment::Mapping(entries) = &read.environment else { return };
    for entry in entries {
        match &entry.value.value {
            Value::Mapping(variables) if entry.key == "env_vars" => {
                for variable in variables {
                    check_variable(read.field, variable, findings);
                }
            }
            _ => check_node(read.field, &entry.value, findings),
        }
    }
}

fn check_variable<'a>(field: Field<'a, Text>, variable: &Entry<'_>, findings: &mut Findings<'_, 'a>) {
    let Value::String(value) = &variable.value.value else { return };
    if let Some(what) = secret_of(&variable.key, value) {
        report(
            field,
            &format!("the variable {}", QuotedName(&variable.key)),
            what,
            variable.value.position,
            findings,
        )
        .help("set the variable in the containers' env with valueFrom.secretKeyRef, and remove it here");
    }
}

fn check_node<'a>(field: Field<'a, Text>, node: &Node<'_>, findings: &mut Findings<'_, 'a>) {
    match &node.value {
        Value::String(text) => {
            if let Some(what) = secret_in(text) {
                report(field, "a text", what, node.position, findings).help(
                    "let the containers have it from a Secret, as a variable or a file, and remove it here",
                );
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| check_node(field, item, findings)),
        Value::Mapping(entries) => entries.iter().for_each(|entry| check_node(field, &entry.value, findings)),
        _ => {}
    }
}

fn report<'f, 'a>(
    field: Field<'a, Text>,
    subject: &str,
    what: &str,
    position: Position,
    findings: &'f mut Findings<'_, 'a>,
) -> Report<'f, 'a> {
    let Position { line, column } = position;
    let message = format!(
        "{subject} (line {line}, column {column}) holds {what}, which the job's readers and Ray's dashboard show"
    );
    findings.report(field, message).inside(position)
}
