//! RJ313 `mistyped-runtime-environment`.

use super::refused_by_ray;
use crate::rayjob::{Reader, SubmittedEnvironment};
use crate::rules::prelude::*;
use crate::yaml::{Entry, Node, Position, Value};

rule! {
    /// A field of the runtime environment has a type or size that Ray refuses.
    ///
    /// ## Why
    /// KubeRay looks no further than that the text is a map. Ray refuses the value when the job is submitted, which is when
    /// the whole cluster is up.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     py_modules: s3://bucket/module.zip
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     working_dir: https://example.com/app.zip
    ///     excludes: "*.csv"
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     config:
    ///       setup_timeout_seconds: "600"
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: |
    ///     py_modules: [s3://bucket/module.zip]
    ///     excludes: ["*.csv"]
    ///     conda: {dependencies: [numpy]}
    ///     config: {setup_timeout_seconds: 600, eager_install: false}
    /// ```
    "RJ313" "mistyped-runtime-environment" Deny since "0.1.0" because
        Ray "a TypeError or ValueError about `runtime_env` when the job is submitted, or when its environment is set up (Ray 2.40 to 2.60 RuntimeEnv, RuntimeEnvConfig)",
}

/// What is wrong, where, and what to write.
type Problem = (String, Position, &'static str);

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(environment) = job.submitted_environment() else { return };
    let fields = [working_dir, py_modules, excludes, conda, setup_hook];
    let problems = fields.into_iter().filter_map(|field| field(&environment)).chain(config(&environment));
    for (problem, position, help) in problems {
        findings
            .report(environment.field, refused_by_ray(problem))
            .inside(position)
            .because_of_all(environment.because())
            .reason(Reason::TypeInvalid)
            .help(help);
    }
}

fn must_be(field: &str, wanted: &str, node: &Node<'_>, help: &'static str) -> Problem {
    (format!("{field} must be {wanted}, but is {}", node.value.kind()), node.position, help)
}

fn working_dir(environment: &SubmittedEnvironment<'_, '_>) -> Option<Problem> {
    let node = environment.value("working_dir")?;
    let is_text = matches!(node.value, Value::String(_));
    let help = "write one address, for example https://example.com/app.zip";
    (!is_text).then(|| must_be("working_dir", "text", node, help))
}

fn py_modules(environment: &SubmittedEnvironment<'_, '_>) -> Option<Problem> {
    let help = "write a list with one address for each module, or remove the field";
    let node = environment.value("py_modules")?;
    match &node.value {
        Value::Sequence(items) if items.is_empty() => {
            Some(("py_modules must not be an empty list".to_owned(), node.position, help))
        }
        _ => list_of_text("py_modules", node, help),
    }
}

/// The client that submits copies an environment that is not empty, and stumbles over a null there.
fn excludes(environment: &SubmittedEnvironment<'_, '_>) -> Option<Problem> {
    let null =
        environment.entries.iter().find(|entry| entry.key == "excludes" && entry.value.value == Value::Null);
    if let Some(entry) = null.filter(|_| environment.reader == Reader::Submitter) {
        let problem = "excludes must not be null, on which `ray job submit` fails".to_owned();
        let is_copied = environment.entries.iter().any(stays);
        return is_copied.then_some((
            problem,
            entry.key_position,
            "remove the field, or write a list of text",
        ));
    }
    list_of_text("excludes", environment.value("excludes")?, "write a list of text, for example [\"*.csv\"]")
}

/// Whether an entry is certain to be part of what the client submits.
fn stays(entry: &Entry<'_>) -> bool {
    match (entry.key.as_ref(), &entry.value.value) {
        (_, Value::Null) => false,
        ("env_vars", value) => value.as_mapping().is_some_and(|variables| !variables.is_empty()),
        ("pip" | "uv", Value::Mapping(settings)) => {
            settings.iter().any(|setting| setting.key == "packages" && has_items(&setting.value.value))
        }
        ("pip" | "uv", value) => has_items(value),
        _ => true,
    }
}

fn has_items(value: &Value<'_>) -> bool {
    matches!(value, Value::Sequence(items) if !items.is_empty())
}

fn list_of_text(field: &str, node: &Node<'_>, help: &'static str) -> Option<Problem> {
    let Value::Sequence(items) = &node.value else { return Some(must_be(field, "a list", node, help)) };
    let other = items.iter().find(|item| !matches!(item.value, Value::String(_)))?;
    Some(must_be(&format!("each item of {field}"), "text", other, help))
}

fn conda(environment: &SubmittedEnvironment<'_, '_>) -> Option<Problem> {
    let node = environment.value("conda")?;
    let is_fit = matches!(node.value, Value::String(_) | Value::Mapping(_));
    let help = "write `dependencies:` with the list below it, or the name of an environment in the image";
    (!is_fit).then(|| must_be("conda", "a map or text", node, help))
}

/// The head takes any value; only the client that submits looks.
fn setup_hook(environment: &SubmittedEnvironment<'_, '_>) -> Option<Problem> {
    let node = environment.value("worker_process_setup_hook")?;
    let passes = match &node.value {
        Value::String(_) | Value::Null => true,
        Value::Bool(flag) => !flag,
        Value::Int(number) => *number == 0,
        Value::UInt(number) => *number == 0,
        Value::Float(number) => *number == 0.0,
        Value::Sequence(items) => items.is_empty(),
        Value::Mapping(entries) => entries.is_empty(),
    };
    let is_refused = environment.reader == Reader::Submitter && !passes;
    let help = "write the module and the function, for example my_module.setup";
    is_refused.then(|| must_be("worker_process_setup_hook", "text", node, help))
}

fn config(environment: &SubmittedEnvironment<'_, '_>) -> Vec<Problem> {
    let Some(node) = environment.value("config") else { return Vec::new() };
    let Some(entries) = node.value.as_mapping() else {
        return vec![must_be(
            "config",
            "a map",
            node,
            "write for example `config: {setup_timeout_seconds: 600}`",
        )];
    };
    let problem_with = |name: &str, value| match name {
        "setup_timeout_seconds" => timeout(value),
        "eager_install" => {
            let is_fit = matches!(value.value, Value::Bool(_));
            (!is_fit).then(|| must_be("config.eager_install", "a boolean", value, "write true or false"))
        }
        "log_files" if value.value != Value::Null => {
            list_of_text("config.log_files", value, "write a list of paths")
        }
        _ => None,
    };
    entries.iter().filter_map(|entry| problem_with(&entry.key, &entry.value)).collect()
}

/// Ray counts the seconds in 32 bits; true passes in some versions.
fn timeout(node: &Node<'_>) -> Option<Problem> {
    let help = "write a whole number of seconds without quotes, or -1 for no limit";
    let is_in_range = |seconds| seconds == -1 || (1..=i64::from(i32::MAX)).contains(&seconds);
    match &node.value {
        Value::Bool(true) => None,
        Value::Int(seconds) if is_in_range(*seconds) => None,
        Value::Int(_) | Value::UInt(_) => {
            let problem = "config.setup_timeout_seconds must be positive or -1, and at most 2147483647";
            Some((problem.to_owned(), node.position, help))
        }
        Value::Float(_) => {
            Some(("config.setup_timeout_seconds must be a whole number".to_owned(), node.position, help))
        }
        _ => Some(must_be("config.setup_timeout_seconds", "a whole number", node, help)),
    }
}
