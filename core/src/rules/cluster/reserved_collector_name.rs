//! RJ234 `reserved-collector-name`.

use crate::rules::prelude::*;

/// The container that KubeRay adds (v1.7 `CollectorContainerName`).
const COLLECTOR: &str = "ray-history-collector";

rule! {
    /// A container has the name of the history server's collector, which KubeRay adds itself.
    ///
    /// ## Why
    /// With `historyServerOptions` every Ray pod gets a container `ray-history-collector`, and a pod cannot have two
    /// containers of one name. KubeRay accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     historyServerOptions:
    ///       collectorOptions: {image: quay.io/kuberay/collector:v1.7.0, env: [{name: STORAGE_BACKEND, value: local}]}
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-head, image: rayproject/ray:2.52.0}
    ///           - {name: ray-history-collector, image: quay.io/kuberay/collector:v1.7.0}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     historyServerOptions:
    ///       collectorOptions: {image: quay.io/kuberay/collector:v1.7.0, env: [{name: STORAGE_BACKEND, value: local}]}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `ValidateRayClusterSpec`
    "RJ234" "reserved-collector-name" Deny since "0.1.0" because
        KubeRayRefuses [from V1_7] [where RayClusterHistoryServer is true] "`pod template must not define a container with name 'ray-history-collector'`, in reconcile (ValidateRayClusterSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let options = cluster.spec.history_server_options;
    if !options.is_present() {
        return;
    }
    for group in cluster.groups() {
        for container in group.template.containers.iter().filter(|it| it.name.value() == Some(COLLECTOR)) {
            let message = format!(
                "{} has a container `{COLLECTOR}`, which KubeRay adds itself: a pod has no two of one name",
                group.name_for_people()
            );
            findings
                .report(container.name, message)
                .because_of(options)
                .because_of(group.template.spec.containers)
                .reason(Reason::Forbidden)
                .help("remove the container, or give it another name");
        }
    }
}
