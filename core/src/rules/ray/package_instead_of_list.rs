//! RJ315 `package-instead-of-list`.

use crate::rayjob::Manager;
use crate::rules::prelude::*;
use crate::yaml::{Node, Value};

rule! {
    /// `pip` or `uv` in the runtime environment is text that can only be packages, and Ray reads it as the path of a file.
    ///
    /// ## Why
    /// Text means a requirements file. Ray looks for a file of that name, does not find it, and fails the job when the whole
    /// cluster is up. Text of several lines behind `|` is no list either.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: "pip: requests==2.26.0"
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     pip: |
    ///       requests
    ///       pandas
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: "pip: [requests==2.26.0]"
    /// ```
    "RJ315" "package-instead-of-list" Deny since "0.1.0" because
        Ray "`… is not a valid file`, when the job is submitted (Ray 2.40 to 2.60 _handle_local_deps_requirement_file)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(environment) = job.submitted_environment() else { return };
    for (manager, node) in environment.managers() {
        // Before Ray 2.40 `uv` may be unknown, and is then passed over.
        let Some(path) =
            path_in(manager, node).filter(|_| manager == Manager::Pip || !environment.is_before([2, 40]))
        else {
            continue;
        };
        let of_ray = (manager == Manager::Uv).then(|| environment.head_ray_fields());
        let Some(text) = environment.known_text(path) else { continue };
        if !is_no_path(text) {
            continue;
        }
        let field = manager.field();
        findings
            .report(
                environment.field,
                format!("{field} is text: Ray would look for a requirements file of that name once the cluster is up, and fail"),
            )
            .inside(path.position)
            .because_of_all(environment.because())
            .because_of_all(of_ray.into_iter().flatten())
            .help(format!(
                "write a list with one item for each package, for example `{field}: [requests==2.26.0]`"
            ));
    }
}

/// The value that Ray takes for a path, if it is text; uv takes none below `packages`.
fn path_in<'n, 'a>(manager: Manager, node: &'n Node<'a>) -> Option<&'n Node<'a>> {
    let list = match &node.value {
        Value::Mapping(settings) if manager == Manager::Pip => {
            &settings.iter().find(|entry| entry.key == "packages")?.value
        }
        _ => node,
    };
    matches!(list.value, Value::String(_)).then_some(list)
}

/// Whether nobody has a file of that name.
fn is_no_path(text: &str) -> bool {
    text.is_empty()
        || text.contains(['\n', '\r'])
        || ["==", ">=", "<=", "~=", "!="].into_iter().any(|operator| text.contains(operator))
}
