//! RJ752 `runtime-environment-source-against-policy`.

use crate::policy::{Names, Policy};
use crate::quoted::Quoted;
use crate::rayjob::SubmittedEnvironment;
use crate::rules::prelude::*;
use crate::runtime_env::source::Source;
use crate::yaml::{Node, Position, Value};

rule! {
    /// The runtime environment takes code from an address that a policy does not allow.
    ///
    /// ## Why
    /// What a runtime environment names is downloaded and run by every worker, with all that the job may do. An index that
    /// anybody can publish to may have a package of the same name as one of your own.
    ///
    /// Judged are the addresses in `pip`, `uv` and `conda` (indexes, links, packages by their address), in the variables
    /// by which pip and uv are told of indexes, in `working_dir` and in `py_modules`: scheme, host and path, without user
    /// and query. Names of packages alone are not, nor is an address with a variable in it. A program that installs
    /// packages by itself is not held back by this: it is care, and no wall.
    ///
    /// ## Example
    /// ```yaml policy
    /// limits: {runtimeEnvSources: {allow: ["https://pypi.example.com/*", "s3://ml-code/*"]}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   submissionMode: HTTPMode
    ///   runtimeEnvYAML: |
    ///     pip:
    ///     - --extra-index-url https://elsewhere.example/simple
    ///     - our-package
    /// ```
    /// ```yaml bad
    /// spec:
    ///   submissionMode: HTTPMode
    ///   runtimeEnvYAML: |
    ///     working_dir: https://elsewhere.example/code.zip
    /// ```
    /// ```yaml good
    /// spec:
    ///   submissionMode: HTTPMode
    ///   runtimeEnvYAML: |
    ///     working_dir: s3://ml-code/train.zip
    ///     pip:
    ///     - --index-url https://pypi.example.com/simple
    ///     - our-package
    /// ```
    "RJ752" "runtime-environment-source-against-policy" Deny since "0.1.0" [of policies] because
        Policy "`limits.runtimeEnvSources`",
}

/// Variables that pip and uv read (pip 25, uv 0.9); Ray hands `env_vars` to both.
const VARIABLES: [&str; 8] = [
    "PIP_EXTRA_INDEX_URL",
    "PIP_FIND_LINKS",
    "PIP_INDEX_URL",
    "UV_DEFAULT_INDEX",
    "UV_EXTRA_INDEX_URL",
    "UV_FIND_LINKS",
    "UV_INDEX",
    "UV_INDEX_URL",
];

fn check<'a>(policy: &'a Policy, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(names) = &policy.limits.runtime_env_sources else { return };
    let Some(environment) = job.submitted_environment() else { return };
    let mut texts = Vec::new();
    for name in ["pip", "uv", "conda", "working_dir", "py_modules"] {
        if let Some(node) = environment.value(name) {
            collect(&environment, node, &mut texts);
        }
    }
    let variables =
        environment.value("env_vars").and_then(|node| node.value.as_mapping()).into_iter().flatten();
    for variable in variables.filter(|variable| VARIABLES.contains(&variable.key.as_ref())) {
        collect(&environment, &variable.value, &mut texts);
    }
    for (position, text) in texts {
        for source in Source::all_in(text).filter(|source| source.is_certain() && !allow(names, source)) {
            let Position { line, column } = position;
            let problem = format!(
                "the runtime environment takes code from {} (line {line}, column {column}), which is not allowed here",
                Quoted(&source.to_string())
            );
            findings
                .report(environment.field, problem)
                .inside(position)
                .because_of_all(environment.because())
                .help(help(names));
        }
    }
}

fn allow(names: &Names, source: &Source<'_>) -> bool {
    let is_hidden = source.leads_up() && !names.written.allow.is_empty();
    !is_hidden && names.allow(&source.pattern_text())
}

/// All texts below a value that arrive as they are written, each with its place.
fn collect<'n>(
    environment: &SubmittedEnvironment<'_, '_>,
    node: &'n Node<'_>,
    texts: &mut Vec<(Position, &'n str)>,
) {
    match &node.value {
        Value::Sequence(items) => {
            for item in items {
                collect(environment, item, texts);
            }
        }
        Value::Mapping(entries) => {
            for entry in entries {
                collect(environment, &entry.value, texts);
            }
        }
        _ => texts.extend(environment.known_text(node).map(|text| (node.position, text))),
    }
}

fn help(names: &Names) -> String {
    match names.written.allow.as_slice() {
        [] => "take it from elsewhere, or ask whoever runs the cluster".to_owned(),
        allowed => {
            let shown: Vec<_> = allowed.iter().take(3).map(|name| Quoted(name).to_string()).collect();
            format!("take it from {}, or ask whoever runs the cluster", shown.join(" or "))
        }
    }
}
