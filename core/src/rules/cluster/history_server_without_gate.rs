//! RJ229 `history-server-without-gate`.

use crate::rules::prelude::*;

rule! {
    /// `historyServerOptions` are set, but the operator has the history server switched off.
    ///
    /// ## Why
    /// The history server is an alpha feature of KubeRay 1.7. While the operator's feature gate is off, it refuses to start
    /// a cluster that mentions it, after it has accepted the job.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     historyServerOptions:
    ///       collectorOptions: {image: quay.io/kuberay/collector:v1.7.0, env: [{name: STORAGE_BACKEND, value: local}]}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     historyServerOptions: {}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     historyServerOptions: null
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `ValidateRayClusterSpec`
    "RJ229" "history-server-without-gate" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] [where RayClusterHistoryServer is false] "`RayClusterHistoryServer feature gate is not enabled`, in reconcile (ValidateRayClusterSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let options = cluster.spec.history_server_options;
    if options.is_present() {
        findings
            .report(
                options,
                "the history server is switched off in this cluster's KubeRay, which refuses the job",
            )
            .reason(Reason::Forbidden)
            .help(
                "remove historyServerOptions, or have the feature gate RayClusterHistoryServer switched on",
            );
    }
}
