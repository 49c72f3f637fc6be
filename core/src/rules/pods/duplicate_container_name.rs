//! RJ603 `duplicate-container-name`.

use std::collections::BTreeMap;

use crate::document::Field;
use crate::quoted::Quoted;
use crate::rayjob::Place;
use crate::rules::prelude::*;

/// The container that KubeRay adds to the head of an autoscaled cluster (v1.3 to v1.7 `AutoscalerContainerName`).
const AUTOSCALER: &str = "autoscaler";

rule! {
    /// Two containers of a pod have the same name.
    ///
    /// ## Why
    /// The pod is refused each time KubeRay creates it. Init containers count, and so does the container `autoscaler` that
    /// KubeRay adds to the head of a cluster with `enableInTreeAutoscaling`.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-head, image: "rayproject/ray:2.52.0"}
    ///           initContainers:
    ///           - {name: ray-head, image: "busybox:1.37"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-head, image: "rayproject/ray:2.52.0"}
    ///           - {name: autoscaler, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-head, image: "rayproject/ray:2.52.0"}
    ///           initContainers:
    ///           - {name: fetch-data, image: "busybox:1.37"}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validateContainers`, `validateInitContainers`
    "RJ603" "duplicate-container-name" Deny since "0.1.0" because
        KubernetesRefuses "`spec.initContainers[0].name: Duplicate value`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        let mut first = BTreeMap::new();
        let containers = pod.containers().filter(|container| container.place != Place::Autoscaler);
        for name in containers.map(|container| container.spec.name) {
            let Some(text) = name.non_empty() else { continue };
            let earlier = first.insert(text, name);
            if earlier.is_none() && !(text == AUTOSCALER && pod.has_autoscaler()) {
                continue;
            }
            let other =
                if earlier.is_some() { "another container" } else { "the container that KubeRay adds" };
            findings
                .report(
                    name,
                    format!("{other} of {} has the name {}, too", pod.name_for_people(), Quoted(text)),
                )
                .because_of_all(earlier.map(Field::any))
                .because_of_all(pod.used_because_of())
                .because_of_all(pod.autoscaled_because_of())
                .help("give each container of a pod, init containers included, a name of its own");
        }
    }
}
