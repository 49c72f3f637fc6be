//! RJ617 `unusable-sub-path`.

use crate::rules::prelude::*;

rule! {
    /// A mount's path inside its volume is absolute, steps back, or is given twice.
    ///
    /// ## Why
    /// What a mount shows of a volume lies inside the volume, and stands in `subPath` or in `subPathExpr`. The pod is
    /// refused each time KubeRay creates it, and the job waits for it while the rest of its cluster holds its nodes.
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
    ///             volumeMounts: [{name: data, mountPath: /data, subPath: ../other}]
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
    ///             volumeMounts: [{name: data, mountPath: /data, subPath: a, subPathExpr: $(POD)}]
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
    ///             volumeMounts: [{name: data, mountPath: /data, subPath: my/data}]
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `ValidateVolumeMounts`, `validateLocalDescendingPath`
    "RJ617" "unusable-sub-path" Deny since "0.1.0" because
        KubernetesRefuses "`must be a relative path`, `must not contain '..'`, `subPathExpr and subPath are mutually exclusive`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        for mount in container.volume_mounts() {
            let paths = [mount.sub_path, mount.sub_path_expr];
            if paths.iter().all(|path| path.non_empty().is_some()) {
                findings
                    .report(mount.sub_path_expr, "subPath and subPathExpr exclude each other")
                    .reason(Reason::Forbidden)
                    .because_of(mount.sub_path)
                    .because_of_all(pod.used_because_of())
                    .help("keep one of them");
            }
            for path in paths.into_iter().filter(|path| path.value().is_some_and(leaves_the_volume)) {
                findings
                    .report(path, format!("{} lies outside the volume", path.key()))
                    .because_of_all(pod.used_because_of())
                    .help("write a relative path without `..`");
            }
        }
    }
}

fn leaves_the_volume(path: &str) -> bool {
    path.starts_with('/') || path.split('/').any(|step| step == "..")
}
