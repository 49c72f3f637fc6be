//! RJ231 `reserved-collector-variable`.

use crate::rayjob::{Cluster, env_vars};
use crate::rules::prelude::*;

/// The variables that KubeRay sets in the collector itself (v1.7).
const RESERVED: [&str; 8] = [
    "POD_IP",
    "FQ_RAY_IP",
    "RAY_CLUSTER_NAME",
    "RAY_CLUSTER_NAMESPACE",
    "RAY_ROLE",
    "OWNER_KIND",
    "OWNER_NAME",
    "EVENTS_PORT",
];

rule! {
    /// The history server's collector is given an environment variable that KubeRay sets itself.
    ///
    /// ## Why
    /// KubeRay tells the collector by these variables which cluster and pod it looks at. It accepts the job, then refuses to
    /// start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     historyServerOptions:
    ///       collectorOptions:
    ///         image: quay.io/kuberay/collector:v1.7.0
    ///         env: [{name: STORAGE_BACKEND, value: local}, {name: RAY_CLUSTER_NAME, value: train}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     historyServerOptions:
    ///       collectorOptions:
    ///         image: quay.io/kuberay/collector:v1.7.0
    ///         env: [{name: STORAGE_BACKEND, value: local}]
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `validateCollectorOptions`
    "RJ231" "reserved-collector-variable" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] [where RayClusterHistoryServer is true] "`historyServerOptions.collectorOptions.env must not contain`, in reconcile (validateCollectorOptions)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(options) = job.cluster().and_then(Cluster::collector_options) else { return };
    for variable in env_vars(options.env) {
        let Some(name) = RESERVED.into_iter().find(|name| variable.name.value() == Some(name)) else {
            continue;
        };
        findings
            .report(
                variable.name,
                format!(
                    "KubeRay sets `{name}` in the history server's collector itself, and refuses the job"
                ),
            )
            .because_of(options.env)
            .reason(Reason::Forbidden)
            .help("remove the variable from historyServerOptions.collectorOptions.env");
    }
}
