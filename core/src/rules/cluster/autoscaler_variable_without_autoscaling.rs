//! RJ223 `autoscaler-variable-without-autoscaling`.

use crate::rules::prelude::*;

rule! {
    /// The head chooses autoscaler v2 with a variable, and autoscaling is off.
    ///
    /// ## Why
    /// `RAY_enable_autoscaler_v2` as `"1"` or `"true"` tells Ray to wait for an autoscaler that KubeRay does not start.
    /// KubeRay accepts the job, then refuses to start it.
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
    ///             env:
    ///             - {name: RAY_enable_autoscaler_v2, value: "1"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: false
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             env:
    ///             - {name: RAY_enable_autoscaler_v2, value: "true"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             env:
    ///             - {name: RAY_enable_autoscaler_v2, value: "0"}
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
    /// ```
    "RJ223" "autoscaler-variable-without-autoscaling" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] "`RAY_enable_autoscaler_v2 cannot be set when enableInTreeAutoscaling is false`, in reconcile (ValidateRayClusterSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let Some(head) = cluster.head.template.ray_container().filter(|_| !cluster.is_autoscaled()) else {
        return;
    };
    if let Some(variable) = cluster.autoscaler_v2_variable()
        && cluster.sets_autoscaler_v2_variable()
    {
        findings
            .report(variable.object, "the head chooses autoscaler v2 in RAY_enable_autoscaler_v2, and autoscaling is off")
            .because_of(head.env)
            .because_of(cluster.spec.enable_in_tree_autoscaling)
            .reason(Reason::Forbidden)
            .help("remove the variable, or set `enableInTreeAutoscaling: true` and `version: v2` in autoscalerOptions");
    }
}
