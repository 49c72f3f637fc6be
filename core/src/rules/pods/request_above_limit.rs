//! RJ606 `request-above-limit`.

use crate::kubernetes_resources::allows_overcommit;
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A container requests more of a resource than its limit allows.
    ///
    /// ## Why
    /// The pod is refused each time KubeRay creates it, and the job waits for it.
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
    ///             resources:
    ///               requests: {memory: 8Gi}
    ///               limits: {memory: 4Gi}
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
    ///             resources:
    ///               requests: {cpu: 500m, memory: 8192Mi}
    ///               limits: {cpu: 1, memory: 8Gi}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `ValidateContainerResourceRequirements`
    "RJ606" "request-above-limit" Deny since "0.1.0" because
        KubernetesRefuses "`spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let Some(resources) = container.resources() else { continue };
        for request in resources.requests.each().filter(|request| allows_overcommit(request.key())) {
            let limit = resources.limits.get(request.key()).any();
            let (Some(asked), Some(allowed)) = (request.quantity(), limit.quantity()) else { continue };
            if asked > allowed {
                findings
                    .report(
                        request,
                        format!(
                            "{} requests more {} than its limit",
                            pod.name_for_people(),
                            Quoted(request.key())
                        ),
                    )
                    .because_of(limit)
                    .because_of_all(pod.used_because_of())
                    .help("lower the request or raise the limit");
            }
        }
    }
}
