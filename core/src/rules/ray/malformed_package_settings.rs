//! RJ314 `malformed-package-settings`.

use super::refused_by_ray;
use crate::quoted::Quoted;
use crate::rayjob::{Manager, SubmittedEnvironment};
use crate::rules::prelude::*;
use crate::yaml::{Entry, Node, Position, Value};

rule! {
    /// `pip` or `uv` in the runtime environment is neither a list of packages nor a map with `packages`.
    ///
    /// ## Why
    /// Ray refuses every other form when the job is submitted, which is when the whole cluster is up. A frequent slip is an
    /// item with a colon and a blank: `- torch: 2.4` is a map, not text.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     pip:
    ///     - torch: 2.4
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     pip:
    ///       pip_check: true
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     uv:
    ///       packages: requirements.txt
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: |
    ///     pip:
    ///       packages: [torch==2.4]
    ///       pip_check: true
    ///       pip_version: "==24.0"
    /// ```
    "RJ314" "malformed-package-settings" Deny since "0.1.0" because
        Ray "a TypeError or ValueError about `runtime_env['pip']` or `runtime_env['uv']` when the job is submitted, or when the list is written (Ray 2.40 to 2.60 parse_and_validate_pip, parse_and_validate_uv)",
}

/// The first release that is certain to know `uv`.
const WITH_UV: [u64; 2] = [2, 40];

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(environment) = job.submitted_environment() else { return };
    for (manager, node) in environment.managers() {
        if manager == Manager::Uv && environment.is_before(WITH_UV) {
            continue;
        }
        if let Some((problem, position)) = problem_with(&environment, manager, node) {
            findings
                .report(environment.field, refused_by_ray(problem))
                .inside(position)
                .because_of_all(environment.because())
                .because_of_all(environment.head_ray_fields())
                .reason(Reason::TypeInvalid)
                .help(format!("write a list, for example `{}: [numpy==1.26.4]`", manager.field()));
        }
    }
}

type Problem = (String, Position);

fn problem_with(
    environment: &SubmittedEnvironment<'_, '_>,
    manager: Manager,
    node: &Node<'_>,
) -> Option<Problem> {
    let field = manager.field();
    match &node.value {
        // A path.
        Value::String(_) => None,
        Value::Sequence(items) => not_text(field, items),
        Value::Mapping(entries) => problem_with_settings(environment, manager, node.position, entries),
        other => {
            Some((format!("{field} must be a list of packages, but is {}", other.kind()), node.position))
        }
    }
}

fn problem_with_settings(
    environment: &SubmittedEnvironment<'_, '_>,
    manager: Manager,
    position: Position,
    entries: &[Entry<'_>],
) -> Option<Problem> {
    let (field, options) = (manager.field(), manager.install_options());
    let [check, version] = match manager {
        Manager::Pip => ["pip_check", "pip_version"],
        Manager::Uv => ["uv_check", "uv_version"],
    };
    for Entry { key, key_position, value } in entries {
        let is_fit = match (key.as_ref(), &value.value) {
            ("packages", list) => {
                if let Some(problem) = problem_with_packages(manager, value.position, list) {
                    return Some(problem);
                }
                true
            }
            (name, value) if name == check => matches!(value, Value::Bool(_)),
            (name, value) if name == version => matches!(value, Value::String(_)),
            (name, value) if name == options => is_list_of_text(value),
            (name, _) if !environment.arrives(name) || environment.is_beyond_knowledge() => true,
            (name, _) => {
                let known = format!("packages, {check}, {version} and {options}");
                return Some((format!("{field} knows no {}, only {known}", Quoted(name)), *key_position));
            }
        };
        if !is_fit {
            let wanted = match key.as_ref() {
                name if name == check => "a boolean",
                name if name == version => "text in quotes",
                _ => "a list of text",
            };
            return Some((format!("{field}.{key} must be {wanted}"), value.position));
        }
    }
    let has_packages =
        entries.iter().any(|entry| entry.key == "packages" || !environment.arrives(&entry.key));
    (!has_packages).then(|| (format!("{field} has no `packages`"), position))
}

fn problem_with_packages(manager: Manager, position: Position, list: &Value<'_>) -> Option<Problem> {
    let field = format!("{}.packages", manager.field());
    match list {
        Value::Sequence(items) => not_text(&field, items),
        // A path, which uv does not take here.
        Value::String(_) if manager == Manager::Pip => None,
        other => Some((format!("{field} must be a list, but is {}", other.kind()), position)),
    }
}

fn not_text(field: &str, items: &[Node<'_>]) -> Option<Problem> {
    let item = items.iter().find(|item| !matches!(item.value, Value::String(_)))?;
    Some((format!("each item of {field} must be text, but one is {}", item.value.kind()), item.position))
}

fn is_list_of_text(value: &Value<'_>) -> bool {
    matches!(value, Value::Sequence(items) if items.iter().all(|item| matches!(item.value, Value::String(_))))
}
