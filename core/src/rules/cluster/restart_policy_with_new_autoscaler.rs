//! RJ226 `restart-policy-with-new-autoscaler`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A group's pods are to be restarted in place while autoscaler v2 is on.
    ///
    /// ## Why
    /// Autoscaler v2 takes each pod for one Ray node with a life of its own; a container that comes back in the same pod
    /// would confuse it. KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     autoscalerOptions: {version: v2}
    ///     headGroupSpec:
    ///       template:
    ///         spec: {restartPolicy: Always}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     autoscalerOptions: {version: v2}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       template:
    ///         spec:
    ///           restartPolicy: OnFailure
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     autoscalerOptions: {version: v2}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       template:
    ///         spec:
    ///           restartPolicy: Never
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     autoscalerOptions: {version: v2}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       template:
    ///         spec:
    ///           restartPolicy: Never
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    "RJ226" "restart-policy-with-new-autoscaler" Deny since "0.1.0" because
        KubeRayRefuses [from V1_4] "`should be Never or unset when using autoscaler V2`, in reconcile (ValidateRayClusterSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    if !(cluster.is_autoscaled() && cluster.chooses_autoscaler_v2()) {
        return;
    }
    for group in cluster.groups() {
        let policy = group.template.spec.restart_policy;
        if let Some(value) = policy.non_empty().filter(|policy| *policy != "Never") {
            let name = group.name_for_people();
            findings
                .report(policy, format!("{name} has the restartPolicy {} with autoscaler v2", Quoted(value)))
                .because_of(cluster.autoscaler_version())
                .because_of(cluster.spec.enable_in_tree_autoscaling)
                .reason(Reason::Forbidden)
                .help("write `restartPolicy: Never`, or remove it");
        }
    }
}
