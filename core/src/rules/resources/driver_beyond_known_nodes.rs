//! RJ403 `driver-beyond-known-nodes`.

use crate::node_resources::{Driver, Fit};
use crate::rules::prelude::*;

rule! {
    /// Nothing says that a node has what the entrypoint asks for.
    ///
    /// ## Why
    /// Ray runs the driver on one node that has all of `entrypointNumCpus`, `entrypointNumGpus` and `entrypointResources`. The nodes
    /// that the job starts have less as far as Ray is told. A node may still find GPUs that nobody mentions, or somebody may give
    /// a group workers later; otherwise the job waits until Ray gives it up after 15 minutes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypointNumGpus: 1
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypointNumGpus: 1
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-gpus: "0"}
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 0
    ///       minReplicas: 0
    ///       maxReplicas: 0
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-worker
    ///             image: rayproject/ray:2.56.0-gpu
    ///             resources: {limits: {cpu: 8, memory: 32Gi, nvidia.com/gpu: 2}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypointNumGpus: 1
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0-gpu
    ///             resources: {limits: {cpu: 8, memory: 32Gi, nvidia.com/gpu: 1}}
    /// ```
    ///
    /// ## References
    /// - Ray 2.60 `JobManager._get_scheduling_strategy`, `ResourceAndLabelSpec`
    "RJ403" "driver-beyond-known-nodes" Warn since "0.1.0" [reads metadata] because
        Ray "the job stays `PENDING`, then fails with `JOB_SUPERVISOR_ACTOR_START_TIMEOUT` (Ray 2.60, KubeRay v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let driver = Driver::of(job);
    let Some(first) = driver.needs.first() else { return };
    let nodes = job.nodes();
    if driver.fit(job) != Fit::Unlikely {
        return;
    }
    let (need, message) = match driver.unmet(nodes) {
        Some(need) => (
            need,
            format!(
                "the entrypoint needs {} {need} on one node, and nothing says that a node has as many",
                need.quantity
            ),
        ),
        None => (first, "nothing says that a node has all at once that the entrypoint asks for".to_owned()),
    };
    // Which groups have workers.
    let groups = job.cluster().map(|cluster| {
        [cluster.spec.worker_group_specs.any(), cluster.spec.enable_in_tree_autoscaling.any()]
    });
    findings
        .report(need.field, message)
        .because_of_all(driver.because(job))
        .because_of_all(groups.into_iter().flatten())
        .help("let a group that starts workers have as many in resources.limits or rayStartParams, or do not ask for it: only what the driver itself uses belongs here");
}
