//! RJ240 `network-policy-for-unknown-group`.

use std::collections::BTreeSet;

use crate::document::{Any, Field};
use crate::quoted::Quoted;
use crate::rayjob::NetworkPolicyRules;
use crate::rules::prelude::*;

rule! {
    /// `networkPolicy.workerGroups` names a worker group that the cluster does not have.
    ///
    /// ## Why
    /// The rules would protect nothing. KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     networkPolicy:
    ///       workerGroups: [{groupName: cpu}]
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       template: {spec: {containers: [{name: ray-worker, image: rayproject/ray:2.52.0}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     networkPolicy:
    ///       workerGroups: [{groupName: gpu}]
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       template: {spec: {containers: [{name: ray-worker, image: rayproject/ray:2.52.0}]}}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `validateNetworkPolicy`
    "RJ240" "network-policy-for-unknown-group" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] [where RayClusterNetworkPolicy is true] "`does not match any group name in workerGroupSpecs`, in reconcile (validateNetworkPolicy)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let Some(policy) = cluster.network_policy() else { return };
    let names: BTreeSet<&str> =
        cluster.workers.iter().map(|group| group.spec.group_name.value().unwrap_or_default()).collect();
    for item in policy.worker_groups.items().filter_map(Field::<Any>::present_object) {
        let name = NetworkPolicyRules::of(item).group_name;
        let wanted = name.value().unwrap_or_default();
        if !names.contains(wanted) {
            let message = format!("there is no worker group {}: KubeRay refuses the job", Quoted(wanted));
            findings
                .report(name, message)
                .because_of(cluster.spec.worker_group_specs)
                .reason(Reason::NotSupported)
                .help("write the groupName of one of workerGroupSpecs, or remove the entry");
        }
    }
}
