//! RJ230 `history-server-without-collector`.

use crate::rayjob::Cluster;
use crate::rules::prelude::*;

rule! {
    /// `historyServerOptions` do not say which image collects the events.
    ///
    /// ## Why
    /// KubeRay adds a collector container to every Ray pod and has no image of its own for it. It accepts the job, then
    /// refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     historyServerOptions: {}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     historyServerOptions:
    ///       collectorOptions: {image: "", env: [{name: STORAGE_BACKEND, value: local}]}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     historyServerOptions:
    ///       collectorOptions: {image: quay.io/kuberay/collector:v1.7.0, env: [{name: STORAGE_BACKEND, value: local}]}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `ValidateRayClusterSpec`, `validateCollectorOptions`
    "RJ230" "history-server-without-collector" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] [where RayClusterHistoryServer is true] "`historyServerOptions.collectorOptions must be set`, `collectorOptions.image must be set`, in reconcile (ValidateRayClusterSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(options) = job.cluster().and_then(Cluster::collector_options) else { return };
    let help = "name the collector's image in historyServerOptions.collectorOptions.image";
    if !options.object.is_present() {
        findings
            .report(
                options.object,
                "the history server has no collector, without which KubeRay refuses the job",
            )
            .reason(Reason::Required)
            .help(help);
    } else if options.image.non_empty().is_none() {
        findings
            .report(
                options.image,
                "the history server's collector has no image, without which KubeRay refuses the job",
            )
            .reason(Reason::Required)
            .help(help);
    }
}
