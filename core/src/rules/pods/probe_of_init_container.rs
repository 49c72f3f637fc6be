//! RJ626 `probe-of-init-container`.

use crate::rules::prelude::*;

rule! {
    /// An init container has a probe or a lifecycle hook.
    ///
    /// ## Why
    /// Init containers run to their end before the others start; only those with `restartPolicy: Always` have probes. The
    /// pod is refused each time KubeRay creates it, and the job waits for it while the rest of its cluster holds its
    /// nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           initContainers:
    ///           - {name: fetch, image: "busybox:1.37", readinessProbe: {exec: {command: [ls]}}}
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             args: []
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           initContainers:
    ///           - {name: fetch, image: "busybox:1.37", command: [ls]}
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             args: []
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validateInitContainers`
    "RJ626" "probe-of-init-container" Deny since "0.1.0" because
        KubernetesRefuses "`spec.initContainers[0].readinessProbe: may not be set for init containers`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        if container.may_have_probes() {
            continue;
        }
        for field in container.probes().chain(container.spec.lifecycle.present_object()) {
            findings
                .report(field, "an init container is not probed and has no lifecycle hooks")
                .reason(Reason::Forbidden)
                .because_of(container.restart_policy())
                .because_of_all(pod.used_because_of())
                .help(format!("remove {}", field.key()));
        }
    }
}
