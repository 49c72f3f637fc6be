//! RJ322 `runtime-environment-beyond-declared-ray`.

use super::another_ray_in_packages::other_rays;
use super::runtime_environment_beyond_ray::report;
use crate::rayjob::Source;
use crate::rules::prelude::*;

rule! {
    /// The runtime environment does not fit the Ray that `rayVersion` names.
    ///
    /// ## Why
    /// It uses what that Ray does not know yet, or lists another Ray among the packages, both of which fail the job when the
    /// whole cluster is up. This is a warning because the image may hold another Ray than `rayVersion` says.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: "working_dir: s3://bucket/app.tar.gz"
    ///   rayClusterSpec:
    ///     rayVersion: 2.46.0
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: registry.example/team/ray:7}]}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: "pip: [ray==2.40.0]"
    ///   rayClusterSpec:
    ///     rayVersion: 2.46.0
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: registry.example/team/ray:7}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: "working_dir: s3://bucket/app.zip"
    ///   rayClusterSpec:
    ///     rayVersion: 2.46.0
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: registry.example/team/ray:7}]}}
    /// ```
    "RJ322" "runtime-environment-beyond-declared-ray" Warn since "0.1.0" because
        Ray "the same as for RJ321 and RJ327, if the image holds the Ray that `rayVersion` names",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    report(job, Source::Declared, findings);
    other_rays(job, Source::Declared, findings);
}
