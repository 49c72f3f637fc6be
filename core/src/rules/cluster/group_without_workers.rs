//! RJ259 `group-without-workers`.

use crate::rules::prelude::*;

rule! {
    /// A worker group starts no workers, and nothing will start some later.
    ///
    /// ## Why
    /// The default of `replicas` is 0, and without the autoscaler it stays so. The cluster becomes ready with its head alone,
    /// the job is submitted, and waits inside Ray for what only these workers could give.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       minReplicas: 0
    ///       maxReplicas: 4
    ///       template: {spec: {containers: [{name: ray-worker, image: rayproject/ray:2.52.0}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 4
    ///       minReplicas: 0
    ///       maxReplicas: 4
    ///       template: {spec: {containers: [{name: ray-worker, image: rayproject/ray:2.52.0}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       minReplicas: 0
    ///       maxReplicas: 4
    ///       template: {spec: {containers: [{name: ray-worker, image: rayproject/ray:2.52.0}]}}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `GetWorkerGroupDesiredReplicas`
    "RJ259" "group-without-workers" Warn since "0.1.0" because
        KubeRayHangs "the cluster counts as ready without these workers, and the job waits for them inside Ray (v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster().filter(|cluster| !cluster.is_autoscaled()) else { return };
    for group in &cluster.workers {
        // Whoever suspends a group means it.
        if group.spec.suspend.is_true() || group.desired_replicas() > 0 {
            continue;
        }
        let message = format!(
            "{} starts no workers: replicas is 0, and the autoscaler is off",
            group.name_for_people()
        );
        findings
            .report(group.spec.replicas, message)
            .because_of(cluster.spec.enable_in_tree_autoscaling)
            .because_of(job.spec.cluster_selector)
            .because_of_all(group.replica_fields())
            .help("set replicas, or enableInTreeAutoscaling: true, or remove the group");
    }
}
