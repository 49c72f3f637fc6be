//! RJ321 `runtime-environment-beyond-ray`.

use crate::rayjob::Source;
use crate::rules::prelude::*;

rule! {
    /// The runtime environment uses what the Ray in the head's image does not know yet.
    ///
    /// ## Why
    /// Ray learned new addresses, archives and options over time, and refuses what it does not know when the whole cluster is
    /// up. The tag of the Ray project's image says which Ray it is.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: "working_dir: s3://bucket/app.tar.gz"
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.46.0}]}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: "working_dir: local:///home/ray/app"
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.56.0}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: "working_dir: s3://bucket/app.tar.gz"
    /// ```
    "RJ321" "runtime-environment-beyond-ray" Deny since "0.1.0" because
        Ray "`Only .zip files supported for remote URIs`, `… is not a valid URI`, `… can only have these fields`, when the job is submitted (Ray 2.40 to 2.59)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    report(job, Source::Image, findings);
}

/// Reports what the head's Ray does not know yet, if its version comes from there.
pub(super) fn report<'a>(job: &RayJob<'a>, source: Source, findings: &mut Findings<'_, 'a>) {
    let Some(environment) = job.submitted_environment() else { return };
    let Some(ray) = environment.head_ray().filter(|ray| ray.source == source) else { return };
    for form in environment.newer_forms().filter(|form| ray.release <= form.absent_in) {
        let [major, minor] = form.known_in;
        let version = match source {
            Source::Image => format!("the Ray {} in the head's image", ray.version),
            Source::Declared => format!("Ray {}, of which rayVersion speaks,", ray.version),
        };
        findings
            .report(
                environment.field,
                format!("{version} does not know {} and would refuse the job", form.what),
            )
            .inside(form.position)
            .because_of_all(environment.because())
            .because_of_all(environment.head_ray_fields())
            .help(format!(
                "use Ray {major}.{minor} or newer, or an older form, such as https or s3 with a .zip"
            ));
    }
}
