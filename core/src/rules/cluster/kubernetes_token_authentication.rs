//! RJ235 `kubernetes-token-authentication`.

use crate::rules::prelude::*;

rule! {
    /// The cluster is to check tokens with Kubernetes, which no RayJob can do.
    ///
    /// ## Why
    /// With `authOptions.enableK8sTokenAuth` only callers with a Kubernetes token get through. KubeRay supports that for a
    /// RayCluster of its own, not yet for one that a RayJob makes, whatever `mode` says. KubeRay accepts the job, then
    /// refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     rayVersion: "2.55.0"
    ///     authOptions: {mode: token, enableK8sTokenAuth: true}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     authOptions: {mode: disabled, enableK8sTokenAuth: true}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     rayVersion: "2.55.0"
    ///     authOptions: {mode: token, enableK8sTokenAuth: false}
    /// ```
    "RJ235" "kubernetes-token-authentication" Deny since "0.1.0" because
        KubeRayRefuses [from V1_6] "`K8s token auth mode is currently not supported for RayJob`, in reconcile (ValidateRayJobSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let Some(options) = cluster.auth_options() else { return };
    if options.enable_k8s_token_auth.is_true() {
        findings
            .report(options.enable_k8s_token_auth, "KubeRay has no Kubernetes token authentication for a RayJob")
            .reason(Reason::NotSupported)
            .help("remove enableK8sTokenAuth; `mode: token` alone protects the cluster with a token that KubeRay makes");
    }
}
