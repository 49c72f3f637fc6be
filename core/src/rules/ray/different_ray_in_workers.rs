//! RJ391 `different-ray-in-workers`.

use super::different_ray_in_old_workers::for_each_difference;
use crate::rules::prelude::*;

rule! {
    /// The image of a worker group has another Ray, or another Python, than that of the head.
    ///
    /// ## Why
    /// All nodes of a cluster must have the same Ray and the same Python. From Ray 2.55 on the worker's `ray start` compares both
    /// with the head's and ends at once. The workers never join, and the job waits for them while the pods, with their GPUs, are
    /// restarted for ever.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.56.0}]}}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       replicas: 1
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.57.1"}]}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.56.0-py310}]}}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       replicas: 1
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.56.0-py312-gpu"}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.56.0-py312}]}}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       replicas: 1
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.56.0-py312-gpu"}]}}
    /// ```
    ///
    /// ## References
    /// - Ray 2.55 to 2.60 `Node.check_version_info`
    "RJ391" "different-ray-in-workers" Deny since "0.1.0" [reads metadata] because
        Ray "`Version mismatch: The cluster was started with`, and the worker's `ray start` exits with 1 (Ray 2.55 to 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for_each_difference(job, true, |worker, head, difference| {
        findings
            .report(
                worker.container.image,
                format!("{} has {difference}: its nodes never join the cluster", worker.name_for_people()),
            )
            .because_of_all(worker.because())
            .because_of_all(head.because())
            .help("use the same Ray and the same Python in the head and in all worker groups");
    });
}
