//! RJ320 `local-path-in-runtime-environment`.

use crate::rayjob::{Reader, SubmittedEnvironment};
use crate::rules::prelude::*;
use crate::runtime_env::package::Package;
use crate::yaml::{Position, Value};

rule! {
    /// The runtime environment names a path that looks as if it were one of the user's own machine.
    ///
    /// ## Why
    /// Nothing is uploaded from where `kubectl` runs. Paths are those of the container that submits the job, by default one
    /// of the head's image; in HTTPMode requirements files are those of the head. A path that is not there fails the job
    /// when the whole cluster is up. `~` is not expanded, and the name of a package is taken for a path as well.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: "working_dir: ./src"
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: "pip: requests"
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: |
    ///     working_dir: /home/ray/samples
    ///     pip: /home/ray/requirements.txt
    /// ```
    "RJ320" "local-path-in-runtime-environment" Warn since "0.1.0" because
        Ray "the path is looked for where the job is submitted: `… must be an existing directory`, `… is not a valid file` (Ray 2.40 to 2.60 upload_working_dir_if_needed, _handle_local_deps_requirement_file)",
}

/// A path, where it stands, and what to write.
struct LocalPath<'t> {
    field: &'static str,
    path: &'t str,
    position: Position,
    help: &'static str,
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(environment) = job.submitted_environment() else { return };
    // Who gives the submitter an image or volumes has thought of its paths.
    if environment.reader == Reader::Submitter && job.spec.submitter_pod_template.is_present() {
        return;
    }
    let container = match environment.reader {
        Reader::Submitter => "of the pod that submits the job",
        Reader::Head => "of the head's pod",
    };
    for LocalPath { field, path, position, help } in local_paths(&environment) {
        if !is_of_another_machine(path) {
            continue;
        }
        findings
            .report(environment.field, format!("{field} is taken for a path in a container {container}"))
            .inside(position)
            .because_of_all(environment.because())
            .help(help);
    }
}

fn local_paths<'t>(environment: &SubmittedEnvironment<'t, '_>) -> Vec<LocalPath<'t>> {
    let mut paths = Vec::new();
    if environment.reader == Reader::Submitter {
        let help = "put it into the image and give the whole path, or give the address of an archive";
        paths.extend(environment.package_sources().filter_map(|source| match source.package {
            Package::Path(path) => {
                Some(LocalPath { field: source.field, path, position: source.position, help })
            }
            Package::Address(_) | Package::Unsure => None,
        }));
    }
    for field in ["pip", "uv", "conda"] {
        let Some(node) = environment.value(field) else { continue };
        let packages = node.value.as_mapping().filter(|_| field == "pip");
        let packages = packages.and_then(|settings| settings.iter().find(|entry| entry.key == "packages"));
        let node = packages.map_or(node, |entry| &entry.value);
        let Value::String(path) = &node.value else { continue };
        let is_name = field == "conda" && !path.ends_with(".yaml") && !path.ends_with(".yml");
        if environment.arrives(path) && !is_name {
            let help = match field {
                "conda" => {
                    "write the content of the file below conda, or the whole path of a file in the image"
                }
                _ => "write a list of packages, or the whole path of a requirements file in the image",
            };
            paths.push(LocalPath { field, path, position: node.position, help });
        }
    }
    paths
}

/// Whether a path begins nowhere, or where people have their files.
fn is_of_another_machine(path: &str) -> bool {
    let home = path.strip_prefix("/home/").or_else(|| path.strip_prefix("/Users/"));
    match home {
        Some(rest) => path.starts_with("/Users/") || !(rest == "ray" || rest.starts_with("ray/")),
        None => !path.starts_with('/'),
    }
}
