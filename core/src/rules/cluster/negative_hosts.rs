//! RJ258 `negative-hosts`.

use crate::rules::prelude::*;

rule! {
    /// `numOfHosts` of a worker group is negative.
    ///
    /// ## Why
    /// KubeRay multiplies the replicas by it and expects less than no pods: the operator's code panics on every look at the
    /// cluster, or waits for a number that no cluster has. The job never starts.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: tpu
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       numOfHosts: -1
    ///       template: {spec: {containers: [{name: ray-worker, image: rayproject/ray:2.52.0}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: tpu
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       numOfHosts: 4
    ///       template: {spec: {containers: [{name: ray-worker, image: rayproject/ray:2.52.0}]}}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `reconcilePods`, `calculateStatus`
    "RJ258" "negative-hosts" Deny since "0.1.0" because
        KubeRayHangs [from V1_4] "it expects a negative number of pods, and the cluster is never ready (reconcilePods, calculateStatus)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster() else { return };
    for group in &cluster.workers {
        let hosts = group.spec.num_of_hosts;
        let Some(number) = hosts.value().filter(|number| *number < 0) else { continue };
        if group.desired_replicas() > 0 {
            let message = format!(
                "{} is to have {number} hosts for each replica: KubeRay never gets the cluster ready",
                group.name_for_people()
            );
            findings
                .report(hosts, message)
                .because_of(job.spec.cluster_selector)
                .because_of_all(group.replica_fields())
                .help("write how many pods make up one replica, or remove numOfHosts: the default is 1");
        }
    }
}
