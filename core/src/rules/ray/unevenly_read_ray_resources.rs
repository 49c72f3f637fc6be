//! RJ368 `unevenly-read-ray-resources`.

use crate::document::{Field, Map};
use crate::ray_start::{
    self, Arrival, Line, RayNode, problem_for_autoscaler, problem_for_kuberay, problem_for_ray,
};
use crate::rayjob::ResourceRequirements;
use crate::rules::prelude::*;

rule! {
    /// Ray reads `resources` in `rayStartParams`, but KubeRay's operator or Ray's autoscaler does not.
    ///
    /// ## Why
    /// The three read the text in different ways. Where KubeRay cannot, it tells Ray nothing of the pod's GPUs or TPUs; Ray's
    /// autoscaler stops with an error for all groups. JSON in single quotes is the one form that all of them read.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {resources: '"{\"fast_disk\": 1}"'}
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0-gpu
    ///             resources: {limits: {cpu: 4, nvidia.com/gpu: 1}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "4", resources: '{\"fast_disk\":1}'}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "4", resources: "'{\"fast_disk\": 1}'"}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `getResourcesMap`, `addWellKnownAcceleratorResources`
    /// - Ray 2.38 to 2.60 `_get_custom_resources` of `autoscaling_config.py`
    "RJ368" "unevenly-read-ray-resources" Warn since "0.1.0" [reads metadata] because
        Ray "`Error reading resource rayStartParam`, in the autoscaler (Ray 2.38 to 2.60)",
        KubeRayHangs "`failed to unmarshal resources`, logged while Ray starts without its accelerators (v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for node in ray_start::nodes(job) {
        let line = node.line();
        let (Some((param, Arrival::Text(arrived))), Some(text)) =
            (line.get("resources"), node.params().get("resources").value())
        else {
            continue;
        };
        if problem_for_ray(arrived).is_some() {
            continue;
        }
        let group = node.name_for_people();
        let message = if problem_for_kuberay(text) && hides_gpus(&node, line) {
            format!(
                "KubeRay cannot read `resources` of {group}, and tells Ray nothing of the GPUs in its limits"
            )
        } else if problem_for_autoscaler(text) && node.cluster.is_autoscaled() {
            format!("Ray's autoscaler cannot read `resources` of {group}, and stops for all groups")
        } else {
            continue;
        };
        findings
            .report(param, message)
            .because_of_all(node.because())
            .because_of(node.cluster.spec.enable_in_tree_autoscaling)
            .help("write JSON in single quotes inside of the YAML string: \"'{\\\"fast_disk\\\": 1}'\"");
    }
}

/// Whether the container has GPUs that KubeRay would have counted.
fn hides_gpus(node: &RayNode<'_, '_>, line: &Line<'_>) -> bool {
    let limits: Field<'_, Map> = ResourceRequirements::of(node.container.resources).limits;
    line.get("num-gpus").is_none()
        && limits
            .each()
            .any(|limit| limit.key().ends_with("gpu") || limit.key().starts_with("nvidia.com/mig-"))
}
