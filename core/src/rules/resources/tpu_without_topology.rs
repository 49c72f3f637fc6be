//! RJ409 `tpu-without-topology`.

use crate::rayjob::ResourceRequirements;
use crate::rules::prelude::*;

/// The node selectors of Google Kubernetes Engine that choose a kind of TPU.
const SELECTORS: [&str; 2] = ["cloud.google.com/gke-tpu-accelerator", "cloud.google.com/gke-tpu-topology"];

rule! {
    /// Autoscaled workers ask for TPUs and do not choose the accelerator and the topology.
    ///
    /// ## Why
    /// Ray's autoscaler reads the node selectors `cloud.google.com/gke-tpu-accelerator` and `cloud.google.com/gke-tpu-topology` to know what
    /// slice a replica is. Without both it starts no workers for tasks that ask for a whole slice (`TPU-v6e-16-head`), and Google
    /// Kubernetes Engine does not know which nodes to add.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "0"}
    ///     workerGroupSpecs:
    ///     - groupName: tpu
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       template:
    ///         spec:
    ///           nodeSelector: {cloud.google.com/gke-tpu-accelerator: tpu-v6e-slice}
    ///           containers:
    ///           - name: ray-worker
    ///             image: rayproject/ray:2.56.0
    ///             resources: {limits: {cpu: 24, memory: 200Gi, google.com/tpu: 4}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "0"}
    ///     workerGroupSpecs:
    ///     - groupName: tpu
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       template:
    ///         spec:
    ///           nodeSelector:
    ///             cloud.google.com/gke-tpu-accelerator: tpu-v6e-slice
    ///             cloud.google.com/gke-tpu-topology: 2x2
    ///           containers:
    ///           - name: ray-worker
    ///             image: rayproject/ray:2.56.0
    ///             resources: {limits: {cpu: 24, memory: 200Gi, google.com/tpu: 4}}
    /// ```
    ///
    /// ## References
    /// - Ray 2.40 to 2.60 `_get_ray_resources_from_group_spec` of `autoscaling_config.py`
    "RJ409" "tpu-without-topology" Warn since "0.1.0" because
        Ray "`Pods using TPUs require both` node selectors, in the autoscaler's log (Ray 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster().filter(|cluster| cluster.is_autoscaled()) else { return };
    for group in &cluster.workers {
        let Some(container) = group.template.ray_container() else { continue };
        let limit = ResourceRequirements::of(container.resources).limits.get("google.com/tpu").any();
        if limit.quantity().is_none_or(|chips| chips.is_zero()) {
            continue;
        }
        let selector = group.template.spec.node_selector;
        if let Some(missing) = SELECTORS.into_iter().find(|name| selector.get(name).non_empty().is_none()) {
            let name = group.name_for_people();
            findings
                .report(selector, format!("{name} asks for TPUs, and its node selector has no {missing}, by which such nodes are found"))
                .because_of(limit)
                .because_of(cluster.spec.enable_in_tree_autoscaling)
                .because_of(job.spec.cluster_selector)
                .help("choose the accelerator and the topology, for example tpu-v6e-slice and 2x2");
        }
    }
}
