//! RJ615 `mount-without-volume`.

use std::collections::BTreeSet;

use crate::quoted::Quoted;
use crate::rayjob::Role;
use crate::rules::prelude::*;

rule! {
    /// A container mounts a volume that its pod does not have.
    ///
    /// ## Why
    /// Each name under `volumeMounts` is the name of one of the pod's volumes. The pod is refused each time KubeRay
    /// creates it, and the job waits for it while the rest of its cluster holds its nodes.
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
    ///             volumeMounts: [{name: data, mountPath: /data}]
    /// ```
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
    ///             volumeMounts: [{mountPath: /data}]
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
    ///             volumeMounts: [{name: data, mountPath: /data}]
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `ValidateVolumeMounts`
    "RJ615" "mount-without-volume" Deny since "0.1.0" because
        KubernetesRefuses "`spec.containers[0].volumeMounts[0].name: Not found: \"data\"`, when the pod is created",
}

/// Volumes that KubeRay may add to a pod (v1.3 to v1.7); the last one to the submitter as well.
const ADDED: [&str; 5] = ["gcs-storage", "ray-logs", "ray-tls", "shared-mem", "ray-token"];

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        let mut mounts = pod.containers().flat_map(|container| container.volume_mounts()).peekable();
        if mounts.peek().is_none() {
            continue;
        }
        let added = if matches!(pod.role, Role::Submitter) { &ADDED[4..] } else { &ADDED[..] };
        let volumes: BTreeSet<_> = pod.volumes().filter_map(|volume| volume.name().value()).collect();
        for name in mounts.map(|mount| mount.name) {
            let text = name.value().unwrap_or_default();
            if !text.is_empty() && (volumes.contains(text) || added.contains(&text)) {
                continue;
            }
            let message = match text {
                "" => "a mount does not say which volume it mounts".to_owned(),
                _ => format!("{} has no volume {}", pod.name_for_people(), Quoted(text)),
            };
            findings
                .report(name, message)
                .because_of(pod.template.spec.volumes)
                .because_of_all(pod.used_because_of())
                .help("add the volume to the pod's volumes, or correct the name");
        }
    }
}
