//! RJ401 `uncounted-cpus`.

use crate::document::{Field, Map};
use crate::rayjob::{Group, ResourceRequirements};
use crate::rules::prelude::*;

rule! {
    /// Nothing says how many CPUs the Ray container of a group has.
    ///
    /// ## Why
    /// KubeRay tells Ray the CPU limit of the container, or else its request. Without both Ray counts the CPUs of the whole
    /// node and starts as many tasks, beside whatever else runs there. Ray's autoscaler looks at the same two, and without
    /// them fails for all groups. A container that has no resources at all passes while there is no autoscaler: it may well
    /// be a trial on a laptop.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             resources: {limits: {memory: 8Gi}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             resources: {requests: {cpu: 2}, limits: {memory: 8Gi}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "0"}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `generateRayStartCommand`, `updateRayStartParamsResources`
    /// - Ray 2.52 `_get_num_cpus` of `autoscaling_config.py`
    "RJ401" "uncounted-cpus" Warn since "0.1.0" because
        Ray "without `--num-cpus` Ray counts what it finds, which is the node's unless the container has a limit; `Autoscaler failed to detect` CPU resources (KubeRay v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster() else { return };
    for group in cluster.groups() {
        let Some(container) = group.template.ray_container() else { continue };
        let requirements = ResourceRequirements::of(container.resources);
        let (limits, requests) = (requirements.limits, requirements.requests);
        // Kubernetes' resources of a whole pod bind its containers as well.
        let pod: Field<'a, Map> = group.template.spec.object.child("resources");
        let has_cpus =
            gives_cpus(group) || limits.get("cpu").is_present() || requests.get("cpu").is_present();
        if has_cpus || pod.is_present() {
            continue;
        }
        let name = group.name_for_people();
        let message = if cluster.is_autoscaled() {
            format!("nothing says how many CPUs {name} has, without which Ray's autoscaler fails")
        } else if limits.has_entries() || requests.has_entries() {
            format!("{name} has resources but no CPUs: Ray counts those of the whole node")
        } else {
            continue;
        };
        findings
            .report(container.resources, message)
            .because_of(cluster.spec.enable_in_tree_autoscaling)
            .because_of(group.spec.ray_start_params)
            .because_of(group.spec.resources)
            .because_of(pod)
            .because_of(job.spec.cluster_selector)
            .help("set resources.limits.cpu or resources.requests.cpu of the first container");
    }
}

/// Whether the group tells Ray the number itself. KubeRay does not mind capital letters in a group's `resources`.
fn gives_cpus(group: &Group<'_>) -> bool {
    group.spec.ray_start_params.entries().any(|entry| entry.key() == "num-cpus")
        || group.spec.resources.entries().any(|entry| entry.key().eq_ignore_ascii_case("cpu"))
}
