//! RJ327 `another-ray-in-packages`.

use crate::quoted::Quoted;
use crate::rayjob::Source;
use crate::rules::prelude::*;
use crate::runtime_env::requirement::{Line, numbers};

rule! {
    /// `pip` or `uv` in the runtime environment asks for another version of Ray than the one in the head's image.
    ///
    /// ## Why
    /// Ray runs in the cluster already and refuses an environment in which its version has changed. That is after the cluster
    /// is up, the job was submitted and everything was installed. `ray[serve]` without a version is fine.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: "pip: [ray==2.40.0]"
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.56.0}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: "pip: [\"ray[serve]\"]"
    /// ```
    "RJ327" "another-ray-in-packages" Deny since "0.1.0" because
        Ray "`Changing the ray version is not allowed`, when the environment is set up: `RUNTIME_ENV_SETUP_FAILURE` (Ray 2.40 to 2.60 check_ray)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    other_rays(job, Source::Image, findings);
}

/// Reports each pin of another Ray than the head's, if its version comes from there.
pub(super) fn other_rays<'a>(job: &RayJob<'a>, source: Source, findings: &mut Findings<'_, 'a>) {
    let Some(environment) = job.submitted_environment() else { return };
    let Some(ray) = environment.head_ray().filter(|ray| ray.source == source) else { return };
    let Some(version) = numbers(ray.version).filter(|_| ray.release >= [2, 40]) else { return };
    for package in environment.listed_packages().filter(|package| !package.has_install_options) {
        let Line::Package(requirement) = Line::of(package.line) else { continue };
        if requirement.has_marker || !requirement.name.eq_ignore_ascii_case("ray") {
            continue;
        }
        let Some(wanted) = requirement.exact_version() else { continue };
        if wanted == version {
            continue;
        }
        findings
            .report(
                environment.field,
                format!(
                    "{} asks for Ray {}, but the cluster runs Ray {}, which cannot be changed: the job would fail",
                    package.manager.field(),
                    Quoted(requirement.pin.unwrap_or_default()),
                    ray.version
                ),
            )
            .inside(package.position)
            .because_of_all(environment.because())
            .because_of_all(environment.head_ray_fields())
            .help("leave the version out, or use an image with that Ray");
    }
}
