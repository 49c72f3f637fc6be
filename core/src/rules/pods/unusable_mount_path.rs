//! RJ616 `unusable-mount-path`.

use std::collections::BTreeMap;

use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A container mounts a volume nowhere, or two at the same path.
    ///
    /// ## Why
    /// The pod is refused each time KubeRay creates it, and the job waits for it while the rest of its cluster holds its
    /// nodes.
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
    ///             volumeMounts: [{name: data, mountPath: ""}]
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
    ///             volumeMounts: [{name: data, mountPath: /data}, {name: data, mountPath: /data}]
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
    ///             volumeMounts: [{name: data, mountPath: /data}, {name: data, mountPath: /more}]
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `ValidateVolumeMounts`
    "RJ616" "unusable-mount-path" Deny since "0.1.0" because
        KubernetesRefuses "`spec.containers[0].volumeMounts[0].mountPath: Required value`, `must be unique`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let mut first = BTreeMap::new();
        for path in container.volume_mounts().map(|mount| mount.mount_path) {
            let text = path.value().unwrap_or_default();
            let earlier = first.insert(text, path.any()).filter(|_| !text.is_empty());
            let message = match (text, earlier) {
                ("", _) => "a mount does not say where".to_owned(),
                (_, Some(_)) => format!("another mount of the container has the path {}, too", Quoted(text)),
                (_, None) => continue,
            };
            findings
                .report(path, message)
                .because_of_all(earlier)
                .because_of_all(pod.used_because_of())
                .help("give each mount of the container a path of its own");
        }
    }
}
