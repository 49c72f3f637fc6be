//! RJ263 `group-without-hosts`.

use crate::rules::prelude::*;

rule! {
    /// `numOfHosts` of a worker group is 0: it wants workers and gets none.
    ///
    /// ## Why
    /// KubeRay multiplies the replicas by it. The cluster becomes ready with the other groups alone, the job is submitted, and
    /// waits inside Ray for what only these workers could give.
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
    ///       numOfHosts: 0
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
    /// - KubeRay v1.7 `GetWorkerGroupDesiredReplicas`
    "RJ263" "group-without-hosts" Warn since "0.1.0" because
        KubeRayHangs [from V1_4] "the group gets replicas times 0 pods, and the job waits for them inside Ray (GetWorkerGroupDesiredReplicas)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster() else { return };
    for group in &cluster.workers {
        let hosts = group.spec.num_of_hosts;
        if hosts.value() == Some(0) && group.desired_replicas() > 0 {
            let name = group.name_for_people();
            findings
                .report(hosts, format!("{name} gets no workers: 0 hosts for each replica"))
                .because_of(job.spec.cluster_selector)
                .because_of_all(group.replica_fields())
                .help("write how many pods make up one replica, or remove numOfHosts: the default is 1");
        }
    }
}
