//! RJ323 `unknown-runtime-environment-field`.

use crate::quoted::Quoted;
use crate::rayjob::SubmittedEnvironment;
use crate::rules::prelude::*;
use crate::runtime_env::fields::Fields;
use crate::yaml::Entry;

rule! {
    /// The runtime environment has a field that Ray does not know.
    ///
    /// ## Why
    /// Ray passes over it and says so only in a log, so that the job runs without what was meant. RayJobs are written in
    /// camelCase, runtime environments are not: `working_dir`, not `workingDir`. The `mpi` and `docker` of older releases are
    /// gone, and `py_executable` and others came later.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     workingDir: https://example.com/app.zip
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     config: {setup_timeout: 600}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     py_executable: uv run
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.40.0}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: |
    ///     working_dir: https://example.com/app.zip
    ///     nsight: default
    /// ```
    "RJ323" "unknown-runtime-environment-field" Warn since "0.1.0" because
        Ray "`runtime_env field … is not recognized by Ray and will be ignored`, in a log (Ray 2.40 to 2.60 runtime_env_agent)",
}

/// The first release that is certain not to know `mpi` and `docker`.
const WITHOUT_THE_OLD: [u64; 2] = [2, 52];

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(environment) = job.submitted_environment() else { return };
    report(&environment, "", Fields::Environment, environment.entries, findings);
    report_newer(&environment, findings);
    if let Some(entries) = environment.value("config").and_then(|node| node.value.as_mapping()) {
        report(&environment, "config.", Fields::Config, entries, findings);
    }
}

/// Fields that the head's Ray does not read yet.
fn report_newer<'a>(environment: &SubmittedEnvironment<'_, 'a>, findings: &mut Findings<'_, 'a>) {
    for entry in environment.entries {
        let Some([absent_in, [major, minor]]) = Fields::Environment.came(&entry.key) else { continue };
        let Some(ray) = environment.head_ray().filter(|ray| ray.release <= absent_in) else { continue };
        findings
            .report(
                environment.field,
                format!("Ray {} does not know the field {} yet and passes over it", ray.version, entry.key),
            )
            .inside(entry.key_position)
            .because_of_all(environment.because())
            .because_of_all(environment.head_ray_fields())
            .reason(Reason::NotSupported)
            .help(format!("use Ray {major}.{minor} or newer, or remove it"));
    }
}

fn report<'a>(
    environment: &SubmittedEnvironment<'_, 'a>,
    parent: &str,
    fields: Fields,
    entries: &[Entry<'_>],
    findings: &mut Findings<'_, 'a>,
) {
    let is_known =
        |name: &str| fields.knows(name) || (fields.knew(name) && environment.is_before(WITHOUT_THE_OLD));
    for entry in entries.iter().filter(|entry| !is_known(&entry.key) && environment.arrives(&entry.key)) {
        let help = match fields.nearest(&entry.key) {
            _ if fields.knew(&entry.key) => "remove it: Ray read it until 2.46".to_owned(),
            Some(name) => format!("write `{name}`, if that is meant, or remove it"),
            None => "remove it, unless a plugin of Ray that you have installed reads it".to_owned(),
        };
        let name = Quoted(&entry.key);
        findings
            .report(environment.field, format!("Ray knows no field {parent}{name} and passes over it"))
            .inside(entry.key_position)
            .because_of_all(environment.because())
            .because_of_all(
                fields.knew(&entry.key).then(|| environment.head_ray_fields()).into_iter().flatten(),
            )
            .reason(Reason::NotSupported)
            .help(help);
    }
}
