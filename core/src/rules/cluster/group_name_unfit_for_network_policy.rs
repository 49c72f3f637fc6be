//! RJ239 `group-name-unfit-for-network-policy`.

use crate::kubernetes_names::is_dns1123_label;
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A worker group's name cannot be part of the name of its network policy.
    ///
    /// ## Why
    /// KubeRay makes a network policy `<cluster>-workers-<group>` for each group. Capital letters, `_` and `.` are allowed in a
    /// group's name otherwise, but not there. It accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     networkPolicy: {mode: DenyAllIngress}
    ///     workerGroupSpecs:
    ///     - groupName: GPU-group
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       template: {spec: {containers: [{name: ray-worker, image: rayproject/ray:2.52.0}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     networkPolicy: {mode: DenyAllIngress}
    ///     workerGroupSpecs:
    ///     - groupName: gpu-group
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       template: {spec: {containers: [{name: ray-worker, image: rayproject/ray:2.52.0}]}}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `validateNetworkPolicy`
    "RJ239" "group-name-unfit-for-network-policy" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] [where RayClusterNetworkPolicy is true] "`must be a valid DNS1123 label when networkPolicy is enabled`, in reconcile (validateNetworkPolicy)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let policy = cluster.spec.network_policy;
    if !policy.is_present() {
        return;
    }
    for group in &cluster.workers {
        let name = group.spec.group_name.value().unwrap_or_default();
        if !is_dns1123_label(name) {
            let message = format!("a network policy cannot be named after the worker group {}", Quoted(name));
            findings.report(group.spec.group_name, message).because_of(policy).help(
                "use lower-case letters, digits and `-`, at most 63, with a letter or digit at both ends",
            );
        }
    }
}
