//! RJ373 `head-without-cpus-alone`.

use crate::ray_start::{self, Arrival, integer_of};
use crate::rules::prelude::*;

rule! {
    /// The head has `num-cpus: "0"`, and no worker will ever take the tasks.
    ///
    /// ## Why
    /// With no CPUs Ray runs no task on the head that asks for one, as tasks do by default. That keeps a large cluster's head free,
    /// but without workers every task waits for ever. Only the driver itself runs.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "0"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "0"}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       replicas: 1
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.56.0"}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "4"}
    /// ```
    "RJ373" "head-without-cpus-alone" Warn since "0.1.0" [reads metadata] because
        Ray "tasks that ask for a CPU stay pending (Ray 2.38 to 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster() else { return };
    for node in ray_start::nodes(job).filter(|node| node.is_head) {
        let line = node.line();
        let Some((param, Arrival::Text(text))) = line.get("num-cpus") else { continue };
        // Somebody may add workers to a group that has none yet.
        if integer_of(text) == Ok(Some(0)) && cluster.workers.is_empty() {
            findings
                .report(
                    param,
                    "the head has `num-cpus` 0 and there is no worker group: no task would ever run",
                )
                .because_of_all(node.because())
                .because_of(cluster.spec.worker_group_specs)
                .help("remove num-cpus, or add a worker group");
        }
    }
}
