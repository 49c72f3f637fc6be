//! RJ604 `reserved-init-container-name`.

use crate::rayjob::Role;
use crate::rules::prelude::*;

/// The init container that KubeRay adds to workers (v1.3 to v1.7 `DefaultWorkerPodTemplate`).
const WAIT: &str = "wait-gcs-ready";

rule! {
    /// A worker's container has the name of the init container that KubeRay adds.
    ///
    /// ## Why
    /// KubeRay puts an init container `wait-gcs-ready` into each worker, unless its operator runs with
    /// `ENABLE_INIT_CONTAINER_INJECTION=false`. Two of that name are refused, and no worker ever starts.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 1
    ///       minReplicas: 1
    ///       maxReplicas: 1
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    ///           initContainers:
    ///           - {name: wait-gcs-ready, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 1
    ///       minReplicas: 1
    ///       maxReplicas: 1
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    ///           initContainers:
    ///           - {name: fetch-data, image: "busybox:1.37"}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `DefaultWorkerPodTemplate`
    "RJ604" "reserved-init-container-name" Warn since "0.1.0" because
        KubernetesRefuses "`spec.initContainers[1].name: Duplicate value: \"wait-gcs-ready\"`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods().filter(|pod| matches!(pod.role, Role::Worker(_))) {
        for container in pod.containers().filter(|container| container.spec.name.value() == Some(WAIT)) {
            findings
                .report(
                    container.spec.name,
                    format!("KubeRay adds an init container of the same name to {}", pod.name_for_people()),
                )
                .because_of_all(pod.used_because_of())
                .help("remove the container, or give it another name");
        }
    }
}
