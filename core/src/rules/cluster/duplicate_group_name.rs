//! RJ251 `duplicate-group-name`.

use std::collections::BTreeMap;

use crate::quoted::Quoted;
use crate::rayjob::{Cluster, Group};
use crate::rules::prelude::*;

rule! {
    /// Two worker groups have the same name.
    ///
    /// ## Why
    /// KubeRay tells groups apart by their names alone, so that two of one name count the same pods as their own: one group
    /// gets none, or the two start and delete pods by turns. The cluster never becomes ready, and the job waits for it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       template: {spec: {containers: [{name: ray-worker, image: rayproject/ray:2.52.0}]}}
    ///     - groupName: gpu
    ///       replicas: 2
    ///       minReplicas: 0
    ///       maxReplicas: 2
    ///       template: {spec: {containers: [{name: ray-worker, image: rayproject/ray:2.52.0}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       template: {spec: {containers: [{name: ray-worker, image: rayproject/ray:2.52.0}]}}
    ///     - groupName: large-gpu
    ///       replicas: 2
    ///       minReplicas: 0
    ///       maxReplicas: 2
    ///       template: {spec: {containers: [{name: ray-worker, image: rayproject/ray:2.52.0}]}}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `reconcilePods`, `calculateStatus`, and `validateWorkerGroups` of the RayCluster webhook
    "RJ251" "duplicate-group-name" Deny since "0.1.0" because
        KubeRayHangs "the groups take each other's pods for their own (reconcilePods), and the cluster has never as many as it waits for (v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster() else { return };
    let mut seen: BTreeMap<&str, &Group<'a>> = BTreeMap::new();
    for group in &cluster.workers {
        let Some(name) = group.spec.group_name.value() else { continue };
        let Some(first) = seen.get(name).copied() else {
            seen.insert(name, group);
            continue;
        };
        if !takes_pods(cluster, first, group) {
            // The next of that name is to be held against one that wants pods.
            seen.insert(name, if wants_pods(group) { group } else { first });
            continue;
        }
        findings
            .report(
                group.spec.group_name,
                format!(
                    "two worker groups are named {}: they take each other's pods, and the job waits for ever",
                    Quoted(name)
                ),
            )
            .because_of(first.spec.group_name)
            .because_of(cluster.spec.enable_in_tree_autoscaling)
            .because_of(job.spec.cluster_selector)
            .because_of_all(first.replica_fields())
            .because_of_all(group.replica_fields())
            .because_of(first.spec.num_of_hosts)
            .because_of(group.spec.num_of_hosts)
            .help("give each worker group a name of its own");
    }
}

/// Whether the two certainly fight for pods. While Ray's autoscaler is on, KubeRay deletes none on its own; groups of
/// which at most one starts with pods then live together as if they were one.
fn takes_pods(cluster: &Cluster<'_>, first: &Group<'_>, second: &Group<'_>) -> bool {
    let (first, second) = (wants_pods(first), wants_pods(second));
    if cluster.is_autoscaled() { first && second } else { first || second }
}

fn wants_pods(group: &Group<'_>) -> bool {
    group.desired_replicas() > 0 && group.spec.num_of_hosts.value() != Some(0)
}
