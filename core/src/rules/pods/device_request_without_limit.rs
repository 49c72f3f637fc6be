//! RJ641 `device-request-without-limit`.

use crate::kubernetes_resources::{allows_overcommit, is_container_resource};
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A container requests GPUs, other devices or huge pages and gives no limit.
    ///
    /// ## Why
    /// Kubernetes gives out devices by the limit, and refuses the pod each time KubeRay creates it, unless a `LimitRange`
    /// of the namespace adds the limit.
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
    ///               requests: {nvidia.com/gpu: 1}
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
    ///               limits: {nvidia.com/gpu: 1}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `ValidateContainerResourceRequirements`
    "RJ641" "device-request-without-limit" Warn since "0.1.0" because
        KubernetesRefuses "`spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let Some(resources) = container.resources() else { continue };
        let devices = |name| is_container_resource(name) && !allows_overcommit(name);
        for request in
            resources.requests.each().filter(|request| devices(request.key()) && request.is_present())
        {
            let limit = resources.limits.get(request.key());
            if !limit.is_present() {
                findings
                    .report(request, format!("{} is requested without a limit", Quoted(request.key())))
                    .because_of(limit)
                    .because_of_all(pod.used_because_of())
                    .help("write the number under limits, and leave it out of requests");
            }
        }
    }
}
