//! RJ402 `driver-beyond-any-node`.

use crate::node_resources::{Driver, Fit};
use crate::rules::prelude::*;

rule! {
    /// The entrypoint asks for more than any node of the cluster will ever have.
    ///
    /// ## Why
    /// Ray runs the driver on one node that has all of `entrypointNumCpus`, `entrypointNumGpus` and `entrypointResources`; it
    /// does not put nodes together. Where none has, the job waits until Ray gives it up after 15 minutes, while all its nodes
    /// are paid for. What a node has is what Ray is told: `rayStartParams`, or else the limits of its first container.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypointNumGpus: 4
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-gpus: "0"}
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 2
    ///       minReplicas: 0
    ///       maxReplicas: 2
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-worker
    ///             image: rayproject/ray:2.56.0-gpu
    ///             resources: {limits: {cpu: 8, memory: 32Gi, nvidia.com/gpu: 2}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypointResources: '{"fast_disk": 1}'
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypointNumGpus: 4
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-gpus: "0"}
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-worker
    ///             image: rayproject/ray:2.56.0-gpu
    ///             resources: {limits: {cpu: 8, memory: 32Gi, nvidia.com/gpu: 4}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypointResources: '{"fast_disk": 1}'
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {resources: "'{\"fast_disk\": 2}'"}
    /// ```
    ///
    /// ## References
    /// - Ray 2.60 `JobManager._get_scheduling_strategy`, `RAY_JOB_START_TIMEOUT_SECONDS`
    /// - KubeRay v1.7 `generateRayStartCommand`
    "RJ402" "driver-beyond-any-node" Deny since "0.1.0" [reads metadata] because
        Ray "the job stays `PENDING`, then fails with `JOB_SUPERVISOR_ACTOR_START_TIMEOUT` (Ray 2.60, KubeRay v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let driver = Driver::of(job);
    let Some(first) = driver.needs.first() else { return };
    let nodes = job.nodes();
    if driver.fit(job) != Fit::Never {
        return;
    }
    let (need, message) = match driver.unmet(nodes) {
        Some(need) => {
            let most = need.most(nodes).filter(|most| !most.is_zero());
            let most = most.map_or_else(|| "any".to_owned(), |most| format!("more than {most}"));
            let quantity = &need.quantity;
            (need, format!("the entrypoint needs {quantity} {need} on one node, and no node has {most}"))
        }
        None => (first, "no node has all at once that the entrypoint asks for".to_owned()),
    };
    findings
        .report(need.field, message)
        .because_of_all(driver.because(job))
        .help("ask for less, or give the nodes of one group more; only what the driver itself uses belongs here, not what its tasks use");
}
