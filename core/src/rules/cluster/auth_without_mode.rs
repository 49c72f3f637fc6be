//! RJ262 `auth-without-mode`.

use crate::rules::prelude::*;

rule! {
    /// `authOptions` has no `mode`, so that the cluster runs without authentication.
    ///
    /// ## Why
    /// KubeRay's operator takes a missing mode for `disabled`, and starts a cluster that anybody who reaches it may use.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     authOptions: {}
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
    ///
    /// ## References
    /// - KubeRay v1.7 `IsAuthEnabled`
    "RJ262" "auth-without-mode" Warn since "0.1.0" because
        RayJobInterface [from V1_5] "without a mode the operator sets no authentication up (v1.5 to v1.7 IsAuthEnabled)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster() else { return };
    let Some(options) = cluster.auth_options() else { return };
    if !options.mode.is_present() {
        findings
            .report(
                options.mode,
                "authOptions without a mode switch nothing on: the cluster runs without authentication",
            )
            .because_of(cluster.spec.auth_options)
            .because_of(job.spec.cluster_selector)
            .reason(Reason::Required)
            .help("write authOptions.mode: token, or mode: disabled to say that none is wanted");
    }
}
