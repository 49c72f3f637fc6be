//! RJ411 `unbounded-memory`.

use crate::document::{Field, Map};
use crate::rayjob::ResourceRequirements;
use crate::rules::prelude::*;

rule! {
    /// The container that runs Ray has other resources and no memory limit.
    ///
    /// ## Why
    /// KubeRay tells Ray the memory limit and nothing else; a request does not count. Without a limit Ray takes the memory of the whole
    /// node for its own: it starts tasks for which there is none, sizes its object store by it, and notices too late that memory
    /// runs out, when the node kills whatever it finds. A container without any resources passes: it may well be a trial on a laptop.
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
    ///             image: rayproject/ray:2.56.0
    ///             resources: {limits: {cpu: 4}, requests: {memory: 8Gi}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0
    ///             resources: {limits: {cpu: 4, memory: 8Gi}}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `generateRayStartCommand`
    /// - Ray 2.60 `ResourceAndLabelSpec._resolve_memory_resources`
    "RJ411" "unbounded-memory" Warn since "0.1.0" because
        Ray "without `--memory` Ray counts what it finds, which is the node's unless the container has a limit (KubeRay v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster() else { return };
    for group in cluster.groups() {
        let Some(container) = group.template.ray_container() else { continue };
        let ResourceRequirements { limits, requests, .. } = ResourceRequirements::of(container.resources);
        if limits.get("memory").is_present() || !(limits.has_entries() || requests.has_entries()) {
            continue;
        }
        // Kubernetes' resources of a whole pod bind its containers as well.
        let pod: Field<'a, Map> = group.template.spec.object.child("resources");
        let params = group.spec.ray_start_params;
        let is_told = params.get("memory").is_present()
            || group.spec.resources.entries().any(|entry| entry.key().eq_ignore_ascii_case("memory"));
        if is_told || pod.is_present() {
            continue;
        }
        let name = group.name_for_people();
        findings
            .report(
                container.resources,
                format!("{name} has no memory limit: Ray takes the memory of the whole node for its own"),
            )
            .because_of(params)
            .because_of(group.spec.resources)
            .because_of(pod)
            .because_of(job.spec.cluster_selector)
            .help("set resources.limits.memory of the first container, and the request to the same");
    }
}
