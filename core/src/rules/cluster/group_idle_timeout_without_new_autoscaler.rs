//! RJ211 `group-idle-timeout-without-new-autoscaler`.

use crate::rules::prelude::*;

rule! {
    /// A worker group has an `idleTimeoutSeconds` of its own, and autoscaler v2 is not chosen.
    ///
    /// ## Why
    /// Only Ray's second autoscaler knows this field. KubeRay asks for it by name, even where a new Ray would take it by
    /// itself: in `autoscalerOptions.version`, or with the variable `RAY_enable_autoscaler_v2` of the head's first
    /// container, as `"1"` or `"true"`. KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       idleTimeoutSeconds: 60
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     autoscalerOptions: {version: v1}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       idleTimeoutSeconds: 0
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             env:
    ///             - {name: RAY_enable_autoscaler_v2, value: "True"}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       idleTimeoutSeconds: 60
    ///       template:
    ///         spec:
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
    ///       idleTimeoutSeconds: 60
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             env:
    ///             - {name: RAY_enable_autoscaler_v2, value: "1"}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       idleTimeoutSeconds: 60
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: "rayproject/ray:2.52.0"}
    /// ```
    "RJ211" "group-idle-timeout-without-new-autoscaler" Deny since "0.1.0" because
        KubeRayRefuses [from V1_6] "`idleTimeoutSeconds is set, but autoscaler v2 is not enabled`, in reconcile (validateWorkerGroupIdleTimeout)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let Some(head) = cluster.head.template.ray_container() else { return };
    for group in &cluster.workers {
        let timeout = group.spec.idle_timeout_seconds;
        if timeout.is_present() && !cluster.uses_autoscaler_v2() {
            let name = group.name_for_people();
            findings
                .report(timeout, format!("{name} sets idleTimeoutSeconds, which only autoscaler v2 knows"))
                .because_of(cluster.autoscaler_version())
                .because_of(head.env)
                .reason(Reason::Forbidden)
                .help("set `version: v2` in autoscalerOptions, or remove it");
        }
    }
}
