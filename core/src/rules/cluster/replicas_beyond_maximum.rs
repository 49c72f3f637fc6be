//! RJ257 `replicas-beyond-maximum`.

use crate::rules::prelude::*;

rule! {
    /// A worker group wants more replicas than its `maxReplicas`.
    ///
    /// ## Why
    /// KubeRay makes `maxReplicas` of them and says nothing. A job that waits for all its workers waits for ever.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 8
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       template: {spec: {containers: [{name: ray-worker, image: rayproject/ray:2.52.0}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 4
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       template: {spec: {containers: [{name: ray-worker, image: rayproject/ray:2.52.0}]}}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `GetWorkerGroupDesiredReplicas`
    "RJ257" "replicas-beyond-maximum" Warn since "0.1.0" because
        KubeRayHangs "it makes maxReplicas workers instead, without a word (v1.3 to v1.7 GetWorkerGroupDesiredReplicas)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster() else { return };
    for group in &cluster.workers {
        let (replicas, maximum) = (group.spec.replicas, group.spec.max_replicas);
        let (Some(wanted), Some(most)) = (replicas.value(), maximum.value()) else { continue };
        // A negative maximum is refused; another rule says so.
        if wanted > most && most >= 0 {
            let name = group.name_for_people();
            findings
                .report(replicas, format!("{name} wants {wanted} replicas and gets its maximum, {most}"))
                .because_of(maximum)
                .because_of(job.spec.cluster_selector)
                .help(format!("set maxReplicas to at least {wanted}, or replicas to at most {most}"));
        }
    }
}
