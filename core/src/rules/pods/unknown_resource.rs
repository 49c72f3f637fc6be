//! RJ609 `unknown-resource`.

use crate::kubernetes_resources::is_container_resource;
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A container asks for a resource whose name Kubernetes does not take.
    ///
    /// ## Why
    /// Besides `cpu`, `memory`, `ephemeral-storage` and huge pages, resources have a domain in their names, such as
    /// `nvidia.com/gpu`. Ray's own names (`GPU`, `num-gpus`) belong into `rayStartParams`. The pod is refused each time
    /// KubeRay creates it.
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
    ///             image: rayproject/ray:2.52.0-gpu
    ///             resources:
    ///               limits: {gpu: 1}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0-gpu
    ///             resources:
    ///               limits: {cpu: 1, nvidia.com/gpu: 1}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validateContainerResourceName`
    "RJ609" "unknown-resource" Deny since "0.1.0" because
        KubernetesRefuses "`must be a standard resource type or fully qualified`, `must be a standard resource for containers`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let Some(resources) = container.resources() else { continue };
        let named = resources.limits.each().chain(resources.requests.each());
        for amount in named.filter(|amount| !is_container_resource(amount.key())) {
            let is_gpu = amount.key().trim_start_matches("num-").to_ascii_lowercase().starts_with("gpu");
            findings
                .report(amount, format!("Kubernetes knows no resource {}", Quoted(amount.key())))
                .reason(Reason::NotSupported)
                .because_of_all(pod.used_because_of())
                .help(if is_gpu {
                    "write the name that your cluster gives to its GPUs, for example `nvidia.com/gpu`"
                } else {
                    "write cpu, memory, ephemeral-storage, or a device with its domain, for example `nvidia.com/gpu`"
                });
        }
    }
}
