//! RJ319 `local-path-in-http-mode`.

use super::refused_by_ray;
use crate::rayjob::Reader;
use crate::rules::prelude::*;
use crate::runtime_env::package::Package;

rule! {
    /// In HTTPMode, `working_dir` or an item of `py_modules` is a path.
    ///
    /// ## Why
    /// In HTTPMode nobody uploads a folder: KubeRay sends the text as it is, and Ray takes only addresses there, even if the
    /// path exists in the image. The job fails when the whole cluster is up.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   submissionMode: HTTPMode
    ///   runtimeEnvYAML: "working_dir: ./src"
    /// ```
    /// ```yaml bad
    /// spec:
    ///   submissionMode: HTTPMode
    ///   runtimeEnvYAML: "py_modules: [/home/ray/module]"
    /// ```
    /// ```yaml good
    /// spec:
    ///   submissionMode: HTTPMode
    ///   runtimeEnvYAML: "working_dir: https://example.com/app.zip"
    /// ```
    "RJ319" "local-path-in-http-mode" Deny since "0.1.0" because
        Ray "`… is not a valid URI. Passing directories or modules to be dynamically uploaded is only supported at the job level`, when the job is submitted (Ray 2.40 to 2.60 validate_uri)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(environment) = job.submitted_environment() else { return };
    if environment.reader != Reader::Head {
        return;
    }
    for source in environment.package_sources() {
        if !matches!(source.package, Package::Path(_)) {
            continue;
        }
        findings
            .report(
                environment.field,
                refused_by_ray(format_args!("{} is a path, but in HTTPMode nobody uploads it", source.field)),
            )
            .inside(source.position)
            .because_of_all(environment.because())
            .help("give the address of an archive, such as s3://bucket/app.zip, or use K8sJobMode");
    }
}
