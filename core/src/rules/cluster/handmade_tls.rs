//! RJ242 `handmade-tls`.

use crate::document::{Field, List};
use crate::rayjob::{Cluster, env_vars, volume_mounts};
use crate::rules::prelude::*;

/// The variables that KubeRay sets when TLS is on (v1.7 `validateTLSOptions`).
const VARIABLES: [&str; 4] = ["RAY_USE_TLS", "RAY_TLS_SERVER_CERT", "RAY_TLS_SERVER_KEY", "RAY_TLS_CA_CERT"];

/// The volume that KubeRay adds, and where it mounts it (v1.7).
const VOLUME: &str = "ray-tls";
const DIRECTORY: &str = "/etc/ray/tls";

rule! {
    /// TLS is switched on by `tlsOptions` and set up by hand as well.
    ///
    /// ## Why
    /// With `tlsOptions` KubeRay has certificates made, mounts them and tells Ray of them. Variables and mounts of one's own
    /// would win over these. It accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     tlsOptions: {enabled: true}
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers: [{name: ray-head, image: rayproject/ray:2.52.0, env: [{name: RAY_USE_TLS, value: "1"}]}]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     tlsOptions: {enabled: true}
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-worker, image: rayproject/ray:2.52.0, volumeMounts: [{name: certificates, mountPath: /etc/ray/tls}]}
    ///           volumes: [{name: certificates, secret: {secretName: certificates}}]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     tlsOptions: {enabled: true}
    ///     enableInTreeAutoscaling: true
    ///     autoscalerOptions:
    ///       env: [{name: RAY_TLS_CA_CERT, value: /certificates/ca.crt}]
    ///       volumeMounts: [{name: ray-tls, mountPath: /certificates}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     tlsOptions: {enabled: true}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     tlsOptions: {enabled: false}
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers: [{name: ray-head, image: rayproject/ray:2.52.0, env: [{name: RAY_USE_TLS, value: "1"}]}]
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `validateTLSOptions`
    "RJ242" "handmade-tls" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] [where RayClusterMTLS is true] "`when tlsOptions is set - the operator manages TLS configuration`, in reconcile (validateTLSOptions)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster().filter(|cluster| cluster.tls_enabled().is_true()) else {
        return;
    };
    for group in cluster.groups() {
        if let Some(container) = group.template.ray_container() {
            check_container(
                cluster,
                &group.name_for_people(),
                container.env,
                container.volume_mounts,
                findings,
            );
        }
    }
    if let Some(autoscaler) = cluster.autoscaler_options() {
        check_container(cluster, "the autoscaler", autoscaler.env, autoscaler.volume_mounts, findings);
    }
}

fn check_container<'a>(
    cluster: &Cluster<'a>,
    whose: &str,
    env: Field<'a, List>,
    mounts: Field<'a, List>,
    findings: &mut Findings<'_, 'a>,
) {
    for variable in env_vars(env) {
        let Some(name) = VARIABLES.into_iter().find(|name| variable.name.value() == Some(name)) else {
            continue;
        };
        findings
            .report(
                variable.name,
                format!("{whose} sets `{name}`, as KubeRay does because of tlsOptions: it refuses the job"),
            )
            .because_of(env)
            .because_of(cluster.tls_enabled())
            .reason(Reason::Forbidden)
            .help("remove the variable, or tlsOptions");
    }
    for mount in volume_mounts(mounts) {
        let (field, what) = if mount.name.value() == Some(VOLUME) {
            (mount.name, format!("a volume `{VOLUME}`"))
        } else if mount.mount_path.value() == Some(DIRECTORY) {
            (mount.mount_path, format!("something at `{DIRECTORY}`"))
        } else {
            continue;
        };
        findings
            .report(
                field,
                format!("{whose} mounts {what}, as KubeRay does because of tlsOptions: it refuses the job"),
            )
            .because_of(mounts)
            .because_of(cluster.tls_enabled())
            .reason(Reason::Forbidden)
            .help("remove the mount, or tlsOptions");
    }
}
