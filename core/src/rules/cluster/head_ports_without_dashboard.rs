//! RJ254 `head-ports-without-dashboard`.

use crate::document::{Any, Field, List, Object};
use crate::rayjob::ContainerPort;
use crate::rules::prelude::*;

/// The port's name that KubeRay looks for (v1.3 to v1.7 `DashboardPortName`).
const DASHBOARD: &str = "dashboard";

rule! {
    /// The head lists its ports, and none is named `dashboard`.
    ///
    /// ## Why
    /// KubeRay gives the head's service the ports that the Ray container lists; only when it lists none, the usual ones. To
    /// submit the job it looks for the one named `dashboard`. Without that the cluster runs, with its GPUs, and the job never
    /// leaves `Initializing`.
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
    ///             ports: [{name: gcs-server, containerPort: 6379}, {containerPort: 8265}]
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
    ///             ports: [{name: gcs-server, containerPort: 6379}, {name: dashboard, containerPort: 8265}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.52.0, ports: []}]}}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `getServicePorts`, `BuildServiceForHeadPod`, `FetchHeadServiceURL`
    "RJ254" "head-ports-without-dashboard" Deny since "0.1.0" because
        KubeRayHangs "`dashboard port is not found`, again and again, while the cluster is up (v1.3 to v1.7 FetchHeadServiceURL)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(head) = job.own_cluster().map(|cluster| &cluster.head) else { return };
    let Some(container) = head.template.ray_container() else { return };
    // KubeRay adds the container's ports to those of a service that the user brings along.
    let service: Field<'a, Object> = head.spec.head_service.child("spec");
    let service_ports: Field<'a, List> = service.child("ports");
    let ports = container.ports;
    if ports.items().next().is_some() && !has_dashboard(ports) && !has_dashboard(service_ports) {
        findings
            .report(
                ports,
                "no port of the head is named `dashboard`: KubeRay never finds where to submit the job",
            )
            .because_of(head.spec.head_service)
            .because_of(job.spec.cluster_selector)
            .reason(Reason::Required)
            .help("add {name: dashboard, containerPort: 8265}, or remove the list to get the usual ports");
    }
}

fn has_dashboard(ports: Field<'_, List>) -> bool {
    let mut ports = ports.items().filter_map(Field::<Any>::present_object).map(ContainerPort::of);
    ports.any(|port| port.name.value() == Some(DASHBOARD))
}
