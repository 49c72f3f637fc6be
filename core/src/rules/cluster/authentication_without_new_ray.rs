//! RJ236 `authentication-without-new-ray`.

use super::unsupported_priority::problem_of;
use crate::rules::prelude::*;

/// KubeRay v1.5.1 to v1.7 `ValidateRayClusterSpec`.
const FIRST_WITH_TOKENS: [u64; 2] = [2, 52];

rule! {
    /// The cluster is to ask for a token, and `rayVersion` does not say that Ray is 2.52.0 or newer.
    ///
    /// ## Why
    /// Ray knows token authentication from 2.52.0 on. KubeRay believes `rayVersion`, not the image. KubeRay accepts the
    /// job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     authOptions: {mode: token}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     rayVersion: latest
    ///     authOptions: {mode: token}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     rayVersion: "2.51.2"
    ///     authOptions: {mode: token}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     rayVersion: 2.52.0
    ///     authOptions: {mode: token}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     authOptions: {mode: disabled}
    /// ```
    "RJ236" "authentication-without-new-ray" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] "`minimum Ray version is 2.52.0`, `RayVersion was not specified`, `RayVersion format is invalid` (v1.5.1; v1.5.0 drops authOptions), in reconcile (ValidateRayClusterSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let Some(options) = cluster.auth_options() else { return };
    let version = cluster.spec.ray_version;
    if options.mode.value() == Some("token")
        && let Some(problem) = problem_of(version, FIRST_WITH_TOKENS)
    {
        findings
            .report(options.mode, format!("the cluster is to ask for a token, and rayVersion {problem}"))
            .because_of(version)
            .help(
                "write the image's version into rayVersion if it is 2.52.0 or newer, or remove authOptions",
            );
    }
}
