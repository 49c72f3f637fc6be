//! RJ374 `tasks-on-head-of-large-cluster`.

use crate::document::{Field, Integer};
use crate::rayjob::Cluster;
use crate::rules::prelude::*;

/// From how many workers on a cluster counts as large here. Ray names no number.
const LARGE: i64 = 32;

rule! {
    /// The head of a large cluster runs tasks as well.
    ///
    /// ## Why
    /// The head keeps the whole cluster's state. Tasks beside it compete with that for CPU and memory, and if the head runs out of
    /// memory the job is lost, with all its workers. Ray's own advice for large clusters is `num-cpus: "0"` on the head: drivers still
    /// run there, tasks do not.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       replicas: 32
    ///       minReplicas: 32
    ///       maxReplicas: 32
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.56.0"}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "0"}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       replicas: 32
    ///       minReplicas: 32
    ///       maxReplicas: 32
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.56.0"}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       replicas: 2
    ///       minReplicas: 2
    ///       maxReplicas: 2
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.56.0"}]}}
    /// ```
    "RJ374" "tasks-on-head-of-large-cluster" Warn since "0.1.0" because
        Ray "tasks are scheduled on the head like on any node that has CPUs (Ray 2.38 to 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster() else { return };
    let workers = desired_workers(cluster);
    if workers < LARGE {
        return;
    }
    let head = &cluster.head.spec;
    let says_cpus = head.ray_start_params.each().any(|entry| entry.key() == "num-cpus")
        || head.resources.each().any(|entry| entry.key().eq_ignore_ascii_case("cpu"));
    let Some(container) = cluster.head.template.ray_container().filter(|_| !says_cpus) else { return };
    // Whoever starts Ray himself says it there.
    if container.command.is_absent_or_empty() && container.args.is_absent_or_empty() {
        findings
            .report(
                head.ray_start_params,
                format!("the head runs tasks as well, beside {workers} workers: when it runs out of memory all is lost"),
            )
            .because_of(head.resources)
            .because_of(container.command)
            .because_of(container.args)
            .because_of(cluster.spec.worker_group_specs)
            .because_of(job.spec.cluster_selector)
            .help("set `num-cpus: \"0\"` in headGroupSpec.rayStartParams");
    }
}

/// How many worker pods there are at first.
fn desired_workers(cluster: &Cluster<'_>) -> i64 {
    let hosts = |hosts: Field<'_, Integer>| hosts.value().unwrap_or(1).max(0);
    let groups = cluster.workers.iter();
    groups.fold(0, |sum, group| {
        sum.saturating_add(group.desired_replicas().saturating_mul(hosts(group.spec.num_of_hosts)))
    })
}
