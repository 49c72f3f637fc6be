//! RJ228 `reserved-autoscaler-variable`.

use crate::rules::prelude::*;

const VARIABLE: &str = "KUBERAY_GEN_AUTOSCALER_START_CMD";

rule! {
    /// The autoscaler's environment has `KUBERAY_GEN_AUTOSCALER_START_CMD`.
    ///
    /// ## Why
    /// KubeRay puts the autoscaler's start command into that variable, for `args` to refer to; one of the job's would hide
    /// it. KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     autoscalerOptions:
    ///       env:
    ///       - {name: KUBERAY_GEN_AUTOSCALER_START_CMD, value: sleep}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     autoscalerOptions:
    ///       env:
    ///       - {name: MY_AUTOSCALER_START_CMD, value: sleep}
    /// ```
    "RJ228" "reserved-autoscaler-variable" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] "`autoscalerOptions.env must not contain KUBERAY_GEN_AUTOSCALER_START_CMD`, in reconcile (ValidateRayClusterSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let Some(options) = cluster.autoscaler_options() else { return };
    if let Some(variable) = options.env_var(VARIABLE) {
        findings
            .report(
                variable.object,
                format!("autoscalerOptions.env has {VARIABLE}, which KubeRay sets itself"),
            )
            .because_of(options.env)
            .reason(Reason::Forbidden)
            .help("remove it; to start the autoscaler in another way, set autoscalerOptions.command or args");
    }
}
