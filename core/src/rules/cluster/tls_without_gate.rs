//! RJ241 `tls-without-gate`.

use crate::rules::prelude::*;

rule! {
    /// `tlsOptions` are set, but the operator has TLS for Ray clusters switched off.
    ///
    /// ## Why
    /// TLS between Ray's pods is an alpha feature of KubeRay 1.7. While the operator's feature gate is off, it refuses to
    /// start a cluster that mentions it, even with `enabled: false`, after it has accepted the job. With the gate on,
    /// cert-manager must be installed as well.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     tlsOptions: {enabled: true}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     tlsOptions: {enabled: false}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     tlsOptions: null
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `ValidateRayClusterSpec`
    "RJ241" "tls-without-gate" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] [where RayClusterMTLS is false] "`spec.tlsOptions requires the RayClusterMTLS feature gate to be enabled`, in reconcile (ValidateRayClusterSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let options = cluster.spec.tls_options;
    if options.is_present() {
        findings
            .report(options, "TLS is switched off in this cluster's KubeRay, which refuses the job")
            .reason(Reason::Forbidden)
            .help("remove tlsOptions, or have the feature gate RayClusterMTLS switched on");
    }
}
