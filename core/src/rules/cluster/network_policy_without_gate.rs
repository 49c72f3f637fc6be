//! RJ237 `network-policy-without-gate`.

use crate::rules::prelude::*;

rule! {
    /// `networkPolicy` is set, but the operator has network policies switched off.
    ///
    /// ## Why
    /// Network policies for Ray clusters are an alpha feature of KubeRay 1.7. While the operator's feature gate is off, it
    /// refuses to start a cluster that asks for one, after it has accepted the job.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     networkPolicy: {}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     networkPolicy: null
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `ValidateRayClusterSpec`
    "RJ237" "network-policy-without-gate" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] [where RayClusterNetworkPolicy is false] "`spec.networkPolicy requires the RayClusterNetworkPolicy feature gate to be enabled`, in reconcile (ValidateRayClusterSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let policy = cluster.spec.network_policy;
    if policy.is_present() {
        findings
            .report(
                policy,
                "network policies are switched off in this cluster's KubeRay, which refuses the job",
            )
            .reason(Reason::Forbidden)
            .help("remove networkPolicy, or have the feature gate RayClusterNetworkPolicy switched on");
    }
}
