//! RJ212 `unsupported-priority`.

use crate::document::{Field, Text};
use crate::quoted::Quoted;
use crate::ray_version::RayVersion;
use crate::rules::prelude::*;

/// KubeRay v1.7 `validateWorkerGroupPriority`.
const FIRST_WITH_PRIORITY: [u64; 2] = [2, 56];

rule! {
    /// A worker group has a `priority`, which needs autoscaler v2 and a `rayVersion` of 2.56.0 or newer.
    ///
    /// ## Why
    /// KubeRay believes `rayVersion`, not the image. It asks for the autoscaler by name, even where Ray would take it by
    /// itself: in `autoscalerOptions.version`, or with the variable `RAY_enable_autoscaler_v2` of the head's first
    /// container, as `"1"` or `"true"`. KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     autoscalerOptions: {version: v2}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       priority: 1
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.56.0"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     rayVersion: nightly
    ///     autoscalerOptions: {version: v2}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       priority: 1
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.56.0"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     rayVersion: "2.55.1"
    ///     autoscalerOptions: {version: v2}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       priority: 1
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.56.0"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     rayVersion: "2.56.0"
    ///     enableInTreeAutoscaling: true
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       priority: -1
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.56.0"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     rayVersion: "2.56.0"
    ///     autoscalerOptions: {version: v2}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       priority: 1
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.56.0"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     rayVersion: "2.52.0"
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       priority: 0
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.56.0"}
    /// ```
    "RJ212" "unsupported-priority" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] "`minimum Ray version is 2.56.0`, `priority is set …, but autoscaler v2 is not enabled`, in reconcile (validateWorkerGroupPriority)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let Some(head) = cluster.head.template.ray_container() else { return };
    let version = cluster.spec.ray_version;
    for group in &cluster.workers {
        let priority = group.spec.priority;
        let Some(value) = priority.value().filter(|priority| *priority != 0) else { continue };
        let name = group.name_for_people();
        if let Some(problem) = problem_of(version, FIRST_WITH_PRIORITY) {
            findings
                .report(priority, format!("{name} has the priority {value}, and rayVersion {problem}"))
                .because_of(version)
                .help("write the image's version into rayVersion if it is 2.56.0 or newer, or remove the priority");
        } else if !cluster.uses_autoscaler_v2() {
            findings
                .report(priority, format!("{name} has the priority {value}, which only autoscaler v2 knows"))
                .because_of(version)
                .because_of(cluster.autoscaler_version())
                .because_of(head.env)
                .reason(Reason::Forbidden)
                .help("set `version: v2` in autoscalerOptions, or remove the priority");
        }
    }
}

/// What KubeRay has against that `rayVersion` for a job that needs a certain release.
pub(super) fn problem_of(version: Field<'_, Text>, release: [u64; 2]) -> Option<String> {
    match version.value() {
        None if version.is_present() => None,
        None | Some("") => Some("is missing".to_owned()),
        Some(text) => match text.parse::<RayVersion>() {
            Err(_) => Some(format!("is {}, which KubeRay cannot compare", Quoted(text))),
            Ok(version) if version.is_before(release) => Some(format!("is {}, which is older", Quoted(text))),
            Ok(_) => None,
        },
    }
}
