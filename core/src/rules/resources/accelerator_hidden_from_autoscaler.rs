//! RJ407 `accelerator-hidden-from-autoscaler`.

use crate::document::Field;
use crate::quoted::Quoted;
use crate::rayjob::{Group, ResourceRequirements};
use crate::rules::prelude::*;

rule! {
    /// A worker group has accelerators of which Ray's autoscaler is not told.
    ///
    /// ## Why
    /// The autoscaler knows limits that end in `gpu`, and `google.com/tpu`. Of others, such as `habana.ai/gaudi`, it learns only from the
    /// group's `rayStartParams` or `resources`. Untold, it starts no workers for tasks that ask for them, and the tasks wait.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "0"}
    ///     workerGroupSpecs:
    ///     - groupName: gaudi
    ///       minReplicas: 0
    ///       maxReplicas: 4
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-worker
    ///             image: rayproject/ray:2.56.0
    ///             resources: {limits: {cpu: 8, memory: 32Gi, habana.ai/gaudi: 8}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "0"}
    ///     workerGroupSpecs:
    ///     - groupName: gaudi
    ///       minReplicas: 0
    ///       maxReplicas: 4
    ///       rayStartParams: {resources: "'{\"HPU\": 8}'"}
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-worker
    ///             image: rayproject/ray:2.56.0
    ///             resources: {limits: {cpu: 8, memory: 32Gi, habana.ai/gaudi: 8}}
    /// ```
    ///
    /// ## References
    /// - Ray 2.40 to 2.60 `_get_num_gpus`, `_get_num_tpus`, `_get_custom_resources` of `autoscaling_config.py`
    "RJ407" "accelerator-hidden-from-autoscaler" Warn since "0.1.0" because
        Ray "the autoscaler gives such nodes no accelerators, and starts none for tasks that need one (Ray 2.40 to 2.60)",
}

/// The beginnings of names of devices, and what Ray calls them.
const DEVICES: [(&str, &str); 7] = [
    ("aws.amazon.com/neuron", "neuron_cores"),
    ("furiosa.ai/", "FURIOSA"),
    ("gpu.intel.com/", "GPU"),
    ("habana.ai/gaudi", "HPU"),
    ("huawei.com/Ascend", "NPU"),
    ("nvidia.com/mig-", "GPU"),
    ("rebellions.ai/", "RBLN"),
];

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster().filter(|cluster| cluster.is_autoscaled()) else { return };
    for group in &cluster.workers {
        let Some(container) = group.template.ray_container() else { continue };
        let limits = ResourceRequirements::of(container.resources).limits;
        let Some((device, of_ray)) = limits.each().find_map(device) else { continue };
        let is_told = group.spec.resources.has_entries() || tells(group, of_ray);
        if is_told || device.quantity().is_none_or(|count| count.is_zero()) {
            continue;
        }
        let param = if of_ray == "GPU" { "num-gpus" } else { "resources" };
        findings
            .report(
                device,
                format!(
                    "Ray's autoscaler is not told that {} has {}, which Ray calls {of_ray}: for tasks that need one it would start no such worker",
                    group.name_for_people(),
                    Quoted(device.key())
                ),
            )
            .because_of(cluster.spec.enable_in_tree_autoscaling)
            .because_of(job.spec.cluster_selector)
            .because_of(group.spec.ray_start_params)
            .because_of(group.spec.resources)
            .help(format!("write how many a node has in rayStartParams, as `{param}`"));
    }
}

fn device(limit: Field<'_>) -> Option<(Field<'_>, &'static str)> {
    DEVICES.into_iter().find(|(start, _)| limit.key().starts_with(start)).map(|(_, of_ray)| (limit, of_ray))
}

/// Whether `rayStartParams` may tell of that resource, in whatever form.
fn tells(group: &Group<'_>, of_ray: &str) -> bool {
    let params = group.spec.ray_start_params;
    params.get("resources").is_present() || (of_ray == "GPU" && params.get("num-gpus").is_present())
}
