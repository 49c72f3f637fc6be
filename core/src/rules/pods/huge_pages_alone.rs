//! RJ610 `huge-pages-alone`.

use crate::kubernetes_resources::is_huge_pages;
use crate::rules::prelude::*;

rule! {
    /// A container asks for huge pages and for neither CPU nor memory.
    ///
    /// ## Why
    /// Kubernetes refuses the pod each time KubeRay creates it, unless a `LimitRange` of the namespace adds CPU or memory.
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
    ///               limits: {hugepages-2Mi: 4Mi}
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
    ///               limits: {hugepages-2Mi: 4Mi, memory: 8Gi}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `ValidateContainerResourceRequirements`
    "RJ610" "huge-pages-alone" Warn since "0.1.0" because
        KubernetesRefuses "`spec.containers[0].resources: Forbidden: HugePages require cpu or memory`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let Some(resources) = container.resources() else { continue };
        let amounts = || resources.limits.each().chain(resources.requests.each());
        let Some(pages) = amounts().find(|amount| is_huge_pages(amount.key())) else { continue };
        if !amounts().any(|amount| matches!(amount.key(), "cpu" | "memory")) {
            findings
                .report(pages, "huge pages can only be had together with cpu or memory")
                .because_of(resources.object)
                .because_of_all(pod.used_because_of())
                .help("ask for cpu or memory as well");
        }
    }
}
