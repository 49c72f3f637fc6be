//! RJ238 `ineffective-network-policy-rules`.

use crate::document::{Field, List};
use crate::rayjob::{Cluster, NetworkPolicyRules};
use crate::rules::prelude::*;

rule! {
    /// `networkPolicy` has rules for a direction that its mode leaves open.
    ///
    /// ## Why
    /// Rules are exceptions from what `mode` denies. Under `DenyAllEgress` all ingress is open, so that ingress rules mean
    /// nothing, and the other way round. KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     networkPolicy:
    ///       mode: DenyAllEgress
    ///       head: {ingressRules: [{ports: [{port: 8265}]}]}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     networkPolicy:
    ///       mode: DenyAllIngress
    ///       worker: {egressRules: [{ports: [{port: 443}]}]}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     networkPolicy:
    ///       mode: DenyAllIngress
    ///       head: {ingressRules: [{ports: [{port: 8265}]}], egressRules: []}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `validateNetworkPolicy`
    "RJ238" "ineffective-network-policy-rules" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] [where RayClusterNetworkPolicy is true] "`ingressRules cannot be set when mode is`, `egressRules cannot be set when mode is`, in reconcile (validateNetworkPolicy)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(policy) = job.cluster().and_then(Cluster::network_policy) else { return };
    let (mode, key, other) = match policy.mode.value() {
        Some("DenyAllEgress") => ("DenyAllEgress", "ingressRules", "DenyAllIngress"),
        Some("DenyAllIngress") => ("DenyAllIngress", "egressRules", "DenyAllEgress"),
        _ => return,
    };
    let groups = policy.worker_groups.items().map(Field::cast);
    for part in [policy.head, policy.worker].into_iter().chain(groups) {
        let rules = NetworkPolicyRules::of(part);
        let rules: Field<'a, List> =
            if key == "ingressRules" { rules.ingress_rules } else { rules.egress_rules };
        if rules.items().next().is_some() {
            findings
                .report(rules, format!("{key} mean nothing under `{mode}`: KubeRay refuses the job"))
                .because_of(policy.mode)
                .reason(Reason::Forbidden)
                .help(format!("remove {key}, or write mode `{other}`, or `DenyAll` to deny both directions"));
        }
    }
}
