//! RJ607 `unequal-device-request`.

use crate::kubernetes_resources::{allows_overcommit, is_container_resource};
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A container requests another number of GPUs, other devices or huge pages than its limit says.
    ///
    /// ## Why
    /// What cannot be promised twice is requested as a whole: the request is equal to the limit, or absent. The pod is
    /// refused each time KubeRay creates it, while the rest of the cluster holds its nodes.
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
    ///               limits: {nvidia.com/gpu: 2}
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
    ///               limits: {nvidia.com/gpu: 2}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `ValidateContainerResourceRequirements`
    "RJ607" "unequal-device-request" Deny since "0.1.0" because
        KubernetesRefuses "`must be equal to nvidia.com/gpu limit of 2`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let Some(resources) = container.resources() else { continue };
        let devices = |name| is_container_resource(name) && !allows_overcommit(name);
        for request in resources.requests.each().filter(|request| devices(request.key())) {
            let name = Quoted(request.key());
            let limit = resources.limits.get(request.key()).any();
            let (Some(asked), Some(allowed)) = (request.quantity(), limit.quantity()) else { continue };
            if asked == allowed {
                continue;
            }
            let message =
                format!("the request of {name} is not equal to its limit, and no part of it can be promised");
            findings
                .report(request, message)
                .because_of(limit)
                .because_of_all(pod.used_because_of())
                .help("write the number under limits, and leave it out of requests");
        }
    }
}
