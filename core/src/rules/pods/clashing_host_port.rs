//! RJ623 `clashing-host-port`.

use std::collections::BTreeMap;

use crate::document::{Field, Integer};
use crate::rayjob::{ContainerPort, Place};
use crate::rules::prelude::*;

rule! {
    /// Two ports of a pod take the same port of the host, or one takes another than its own.
    ///
    /// ## Why
    /// With `hostNetwork`, a port of a container is that port of the host. The pod is refused each time KubeRay creates
    /// it, and the job waits for it while the rest of its cluster holds its nodes.
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
    ///             ports: [{containerPort: 8265, name: dashboard}, {containerPort: 80, hostPort: 8080}, {containerPort: 81, hostPort: 8080}]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           hostNetwork: true
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             ports: [{containerPort: 8265, name: dashboard}, {containerPort: 80, hostPort: 8080}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           hostNetwork: true
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             ports: [{containerPort: 8265, name: dashboard}, {containerPort: 80, hostPort: 80}]
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `checkHostPortConflicts`, `validatePodHostNetworkDeps`
    "RJ623" "clashing-host-port" Deny since "0.1.0" because
        KubernetesRefuses "`spec.containers[0].ports[1].hostPort: Duplicate value`, `must match `containerPort` when `hostNetwork` is true`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        let mut taken = BTreeMap::new();
        let network = pod.template.spec.host_network;
        for container in pod.containers() {
            // Init containers run one after the other, so that each has the host for itself.
            if container.place == Place::InitContainer {
                taken.clear();
            }
            for port in container.ports() {
                let (host, own) = (port.host_port, port.container_port);
                let Some(number) = host.value().filter(|number| *number != 0) else { continue };
                if container.place == Place::Container
                    && network.is_true()
                    && own.value().is_some_and(|own| own != number)
                {
                    findings
                        .report(
                            host,
                            "with hostNetwork, a port of the container is the same port of the host",
                        )
                        .because_of(own)
                        .because_of(network)
                        .because_of_all(pod.used_because_of())
                        .help("remove hostPort, or write the number of containerPort");
                }
                if let Some(earlier) = taken.insert(place(port, number), port) {
                    findings
                        .report(
                            host,
                            format!(
                                "another port of {} takes the host's port {number}, too",
                                pod.name_for_people()
                            ),
                        )
                        .because_of_all(decides(earlier))
                        .because_of_all(decides(port))
                        .because_of_all(pod.used_because_of())
                        .help("give each a port of its own, or remove hostPort");
                }
            }
        }
    }
}

/// What two ports of a host differ by.
fn place(port: ContainerPort<'_>, number: i64) -> (String, String, i64) {
    let protocol = port.protocol.non_empty().unwrap_or("TCP");
    (protocol.to_owned(), port.host_ip.value().unwrap_or_default().to_owned(), number)
}

fn decides<'a>(port: ContainerPort<'a>) -> [Field<'a>; 3] {
    let number: Field<'a, Integer> = port.host_port;
    [number.any(), port.protocol.any(), port.host_ip.any()]
}
