//! RJ640 `malformed-group-name`.

use crate::kubernetes_names::{is_dns1123_subdomain, is_label_value};
use crate::quoted::Quoted;
use crate::rayjob::Role;
use crate::rules::prelude::*;

rule! {
    /// The name of a worker group can stand in no pod's name or label.
    ///
    /// ## Why
    /// KubeRay makes the names of a group's pods of the cluster's and the group's, in lower case, and puts the group's
    /// name into the label `ray.io/group`. The workers are refused each time KubeRay creates them, while the head runs and
    /// holds its node.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: gpu_workers
    ///       replicas: 1
    ///       minReplicas: 1
    ///       maxReplicas: 1
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: gpu workers
    ///       replicas: 1
    ///       minReplicas: 1
    ///       maxReplicas: 1
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: GPU-workers
    ///       replicas: 1
    ///       minReplicas: 1
    ///       maxReplicas: 1
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `PodName`, `labelPod`
    /// - Kubernetes v1.27 to v1.35 `ValidateObjectMeta`
    "RJ640" "malformed-group-name" Deny since "0.1.0" because
        KubernetesRefuses "`metadata.generateName: Invalid value: a lowercase RFC 1123 subdomain must consist of`, `metadata.labels: Invalid value`, when the pod is created",
}

/// How much of the cluster's and the group's name KubeRay takes (v1.3 to v1.7 `PodName`).
const LONGEST_PREFIX: usize = 50;
/// At most, what stands between the job's name and the group's: `-raycluster-`, five characters (v1.3.0) and `-`.
const BETWEEN: usize = 18;
/// What the API server adds to `generateName`.
const GENERATED: usize = 5;

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let name = job.metadata.name.non_empty().map(str::len);
    let name = name.or(job.metadata.generate_name.value().map(|stem| stem.len() + GENERATED)).unwrap_or(0);
    for pod in job.made_pods() {
        let Role::Worker(group) = pod.role else { continue };
        let group_name = group.spec.group_name;
        let Some(text) = group_name.non_empty() else { continue };
        if is_label_value(text) && can_name_pods(text, LONGEST_PREFIX.saturating_sub(name + BETWEEN)) {
            continue;
        }
        findings
            .report(group_name, format!("no pod can be named after the worker group {}", Quoted(text)))
            .because_of_all(pod.used_because_of())
            .help("use letters, digits and hyphens, for example `gpu-workers`");
    }
}

/// Whether a pod's name can hold that much of the group's name; what is behind it may be cut off.
fn can_name_pods(group: &str, certain: usize) -> bool {
    let group = group.to_lowercase();
    match group.get(..certain) {
        // The name goes on with a character that nobody knows here, or ends.
        Some(certain) => certain.is_empty() || is_dns1123_subdomain(&format!("a-{certain}a")),
        None => is_dns1123_subdomain(&format!("a-{group}-worker")),
    }
}

#[cfg(test)]
mod tests {
    use super::can_name_pods;

    #[test]
    fn only_what_certainly_stands_in_the_name_is_judged() {
        for (group, certain, can) in [
            ("gpu", 30, true),
            ("GPU", 30, true),
            ("gpu-", 30, true),
            ("-gpu", 30, true),
            ("a.b", 30, true),
            ("a.", 30, false),
            ("a..b", 30, false),
            ("gpu_workers", 30, false),
            ("gpu_workers", 11, false),
            ("gpu_workers", 4, false),
            ("gpu_workers", 3, true),
            ("gpu_workers", 0, true),
            ("gpü", 30, false),
        ] {
            assert_eq!(can_name_pods(group, certain), can, "{group} {certain}");
        }
    }
}
