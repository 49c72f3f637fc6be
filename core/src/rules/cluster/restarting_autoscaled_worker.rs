//! RJ252 `restarting-autoscaled-worker`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// Worker pods restart by themselves while Ray's autoscaler decides how many there are.
    ///
    /// ## Why
    /// The autoscaler takes a worker away by ending its Ray; with another `restartPolicy` than `Never` the kubelet starts it
    /// again. KubeRay warns of it on the RayCluster, where the owner of a job seldom looks.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     autoscalerOptions: {version: v1}
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 4
    ///       template:
    ///         spec:
    ///           restartPolicy: Always
    ///           containers: [{name: ray-worker, image: rayproject/ray:2.52.0}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     autoscalerOptions: {version: v1}
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 4
    ///       template:
    ///         spec:
    ///           restartPolicy: Never
    ///           containers: [{name: ray-worker, image: rayproject/ray:2.52.0}]
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `rayClusterReconcile`
    "RJ252" "restarting-autoscaled-worker" Warn since "0.1.0" because
        Ray [from V1_7] "KubeRay warns in an event on the RayCluster: `restartPolicy for worker groups should be Never or unset when using autoscaler V1` (rayClusterReconcile)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster().filter(|cluster| cluster.is_autoscaled()) else { return };
    let Some(options) = cluster.autoscaler_options() else { return };
    // KubeRay refuses the same with v2; unless a version is asked for, Ray's own default counts.
    if options.version.value() != Some("v1") {
        return;
    }
    for group in &cluster.workers {
        let policy = group.template.spec.restart_policy;
        if let Some(value) = policy.non_empty().filter(|value| *value != "Never") {
            let name = group.name_for_people();
            findings
                .report(
                    policy,
                    format!("pods of {name} restart by themselves ({}) behind the autoscaler", Quoted(value)),
                )
                .because_of(options.version)
                .because_of(cluster.spec.enable_in_tree_autoscaling)
                .because_of(job.spec.cluster_selector)
                .help("write restartPolicy: Never, or remove it");
        }
    }
}
