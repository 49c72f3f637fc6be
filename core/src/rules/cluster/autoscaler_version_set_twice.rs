//! RJ225 `autoscaler-version-set-twice`.

use crate::rules::prelude::*;

rule! {
    /// The autoscaler's version is set both in `autoscalerOptions` and with a variable of the head.
    ///
    /// ## Why
    /// KubeRay sets `RAY_enable_autoscaler_v2` itself, from `autoscalerOptions.version`; it takes no other beside it, even
    /// one that agrees. KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     autoscalerOptions: {version: v2}
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
    ///     enableInTreeAutoscaling: true
    ///     autoscalerOptions: {version: v1}
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
    ///     autoscalerOptions: {version: v2}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     autoscalerOptions: {version: v2}
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             env:
    ///             - {name: RAY_enable_autoscaler_v2, value: "0"}
    /// ```
    "RJ225" "autoscaler-version-set-twice" Deny since "0.1.0" because
        KubeRayRefuses [from V1_4] "`both .spec.autoscalerOptions.version and head Pod env var RAY_enable_autoscaler_v2 are set`, in reconcile (ValidateRayClusterSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let Some(head) = cluster.head.template.ray_container().filter(|_| cluster.is_autoscaled()) else {
        return;
    };
    let version = cluster.autoscaler_version();
    if let Some(variable) = cluster.autoscaler_v2_variable()
        && version.is_present()
    {
        findings
            .report(variable.object, "the head has RAY_enable_autoscaler_v2 beside autoscalerOptions.version")
            .because_of(head.env)
            .because_of(version)
            .because_of(cluster.spec.enable_in_tree_autoscaling)
            .reason(Reason::Forbidden)
            .help("remove the variable: autoscalerOptions.version says it");
    }
}
