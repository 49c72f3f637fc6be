//! RJ602 `malformed-container-name`.

use crate::kubernetes_names::is_dns1123_label;
use crate::quoted::Quoted;
use crate::rayjob::Place;
use crate::rules::prelude::*;

rule! {
    /// A container has no name, or one that is no DNS label.
    ///
    /// ## Why
    /// KubeRay passes the name on as it is. The pod is refused each time it is to be created, and the job waits for it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray_head
    ///             image: rayproject/ray:2.52.0
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - image: rayproject/ray:2.52.0
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
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validateContainerCommon`
    "RJ602" "malformed-container-name" Deny since "0.1.0" because
        KubernetesRefuses "`spec.containers[0].name: Required value`, `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-'`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let name = container.spec.name;
        let text = name.value().unwrap_or_default();
        if container.place == Place::Autoscaler || is_dns1123_label(text) {
            continue;
        }
        let (message, reason) = if text.is_empty() {
            (format!("a container of {} has no name", pod.name_for_people()), Reason::Required)
        } else {
            (format!("no container can have the name {}", Quoted(text)), Reason::Invalid)
        };
        findings.report(name, message).reason(reason).because_of_all(pod.used_because_of()).help(
            "use at most 63 lower-case letters, digits and hyphens, with a letter or digit at both ends",
        );
    }
}
