//! RJ608 `impossible-quantity`.

use crate::kubernetes_resources::{is_extended, is_huge_pages, is_whole, is_whole_pages};
use crate::quantity::Quantity;
use crate::rules::prelude::*;

rule! {
    /// A container asks for a negative amount, a part of a device, or a part of a huge page.
    ///
    /// ## Why
    /// Kubernetes gives out GPUs and other devices as a whole, however Ray divides them between tasks. The pod is refused
    /// each time KubeRay creates it.
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
    ///               limits: {nvidia.com/gpu: 500m}
    /// ```
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
    ///               requests: {cpu: -1}
    /// ```
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
    ///               limits: {hugepages-2Mi: 3Mi, cpu: 1}
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
    ///               limits: {cpu: 500m, nvidia.com/gpu: 1, hugepages-2Mi: 4Mi}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `ValidateResourceQuantityValue`, `IsHugePageResourceValueDivisible`
    "RJ608" "impossible-quantity" Deny since "0.1.0" because
        KubernetesRefuses "`must be greater than or equal to 0`, `must be an integer`, `is not positive integer multiple of hugepages-2Mi`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let Some(resources) = container.resources() else { continue };
        for amount in resources.limits.each().chain(resources.requests.each()) {
            let Some(quantity) = amount.quantity() else { continue };
            let Some((message, help)) = problem(amount.key(), &quantity) else { continue };
            findings.report(amount, message).because_of_all(pod.used_because_of()).help(help);
        }
    }
}

fn problem(name: &str, quantity: &Quantity) -> Option<(&'static str, &'static str)> {
    if quantity.is_negative() {
        Some(("a container cannot have less than nothing of a resource", "write an amount of 0 or more"))
    } else if is_extended(name) && is_whole(quantity) == Some(false) {
        Some((
            "Kubernetes gives out devices as a whole, never a part of one",
            "write a whole number; Ray can still divide the device between tasks, for example with num_gpus=0.5",
        ))
    } else if is_huge_pages(name) && is_whole_pages(name, quantity) == Some(false) {
        Some((
            "the amount is no multiple of the size of a page, which stands in the resource's name",
            "write a multiple, for example hugepages-2Mi: 4Mi",
        ))
    } else {
        None
    }
}
