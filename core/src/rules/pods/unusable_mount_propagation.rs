//! RJ618 `unusable-mount-propagation`.

use crate::document::{Bool, Object, Text};
use crate::rules::prelude::*;

rule! {
    /// A mount's propagation is unknown, or needs a privileged container.
    ///
    /// ## Why
    /// `Bidirectional` lets a container change the mounts of its host, which takes `privileged: true`. The pod is refused
    /// each time KubeRay creates it, and the job waits for it while the rest of its cluster holds its nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes:
    ///           - {name: data, emptyDir: {}}
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             volumeMounts: [{name: data, mountPath: /data, mountPropagation: Bidirectional}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes:
    ///           - {name: data, emptyDir: {}}
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             volumeMounts: [{name: data, mountPath: /data, mountPropagation: HostToContainer}]
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validateMountPropagation`
    "RJ618" "unusable-mount-propagation" Deny since "0.1.0" because
        KubernetesRefuses "`Bidirectional mount propagation is available only to privileged containers`, `Unsupported value`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        for mount in container.volume_mounts() {
            let propagation = mount.object.child::<Text>("mountPropagation");
            let privileged = container.spec.security_context.cast::<Object>().child::<Bool>("privileged");
            let (message, help) = match propagation.value() {
                None | Some("None" | "HostToContainer") => continue,
                Some("Bidirectional") if privileged.is_true() => continue,
                Some("Bidirectional") => (
                    "only a privileged container can propagate its mounts to the host",
                    "write HostToContainer",
                ),
                Some(_) => {
                    ("Kubernetes knows no such mountPropagation", "write HostToContainer, or leave it out")
                }
            };
            findings
                .report(propagation, message)
                .because_of(privileged)
                .because_of_all(pod.used_because_of())
                .help(help);
        }
    }
}
