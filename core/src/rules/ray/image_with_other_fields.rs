//! RJ317 `image-with-other-fields`.

use super::refused_by_ray;
use crate::quoted::Quoted;
use crate::rayjob::SubmittedEnvironment;
use crate::rules::prelude::*;
use crate::yaml::{Entry, Value};

rule! {
    /// The runtime environment has `image_uri` or `container` beside fields that Ray does not take together with it.
    ///
    /// ## Why
    /// With an image of their own, workers get `env_vars` and `config` and nothing else. Ray refuses the job when the whole
    /// cluster is up, even for a field that it does not know, or an `excludes` that is null.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     image_uri: registry.example/worker:1
    ///     pip: [pandas]
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: |
    ///     image_uri: registry.example/worker:1
    ///     pip: null
    ///     env_vars: {STAGE: production}
    /// ```
    "RJ317" "image-with-other-fields" Deny since "0.1.0" because
        Ray "`The 'image_uri' field currently cannot be used together with other fields of runtime_env`, and the same for 'container', when the job is submitted (Ray 2.40 to 2.60 RuntimeEnv)",
}

/// Fields that count as absent while they are null. All others are there as soon as they are written.
const OPTIONAL: [&str; 12] = [
    "py_modules",
    "py_executable",
    "working_dir",
    "pip",
    "uv",
    "conda",
    "worker_process_setup_hook",
    "nsight",
    "rocprof_sys",
    "image_uri",
    "container",
    // Until Ray 2.46.
    "mpi",
];

/// What may stand beside an image.
const BESIDE: [&str; 2] = ["env_vars", "config"];

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(environment) = job.submitted_environment() else { return };
    for name in ["image_uri", "container"] {
        // Before Ray 2.40 `image_uri` may be unknown, and is then passed over.
        let is_known = name == "container" || !environment.is_before([2, 40]);
        let image =
            environment.entry(name).filter(|entry| is_known && counts(&environment, &entry.value.value));
        let other = environment.entries.iter().find(|entry| is_other(&environment, entry, name));
        let (Some(_), Some(other)) = (image, other) else { continue };
        findings
            .report(
                environment.field,
                refused_by_ray(format_args!("{name} and {} are set together", Quoted(&other.key))),
            )
            .inside(other.key_position)
            .because_of_all(environment.because())
            .because_of_all(environment.head_ray_fields())
            .reason(Reason::Forbidden)
            .help("keep only env_vars and config beside it, and put the rest into the image");
        return;
    }
}

/// Whether Python takes the value for true, so that it counts as an image.
fn counts(environment: &SubmittedEnvironment<'_, '_>, value: &Value<'_>) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Int(number) => *number != 0,
        Value::UInt(number) => *number != 0,
        Value::Float(number) => *number != 0.0,
        Value::String(text) => !text.is_empty() && environment.arrives(text),
        Value::Sequence(items) => !items.is_empty(),
        Value::Mapping(entries) => !entries.is_empty(),
    }
}

fn is_other(environment: &SubmittedEnvironment<'_, '_>, entry: &Entry<'_>, image: &str) -> bool {
    let name = entry.key.as_ref();
    let is_absent = entry.value.value == Value::Null && OPTIONAL.contains(&name);
    name != image && !is_absent && !BESIDE.contains(&name) && environment.arrives(name)
}
