//! RJ622 `unusable-port`.

use std::collections::BTreeMap;

use crate::document::{Field, Integer};
use crate::kubernetes_names::is_port_name;
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A container's port has a number, name or protocol that Kubernetes does not take.
    ///
    /// ## Why
    /// Names have at most 15 lower-case letters, digits and hyphens, and each container uses a name once. The pod is
    /// refused each time KubeRay creates it, and the job waits for it while the rest of its cluster holds its nodes.
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
    ///             ports: [{containerPort: 8265, name: dashboard}, {containerPort: 65536}]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             ports: [{containerPort: 8265, name: dashboard}, {containerPort: 80, name: my_web}]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             ports: [{containerPort: 8265, name: dashboard}, {containerPort: 80, name: web}, {containerPort: 81, name: web}]
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
    ///             ports: [{containerPort: 8265, name: dashboard}]
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validateContainerPorts`
    "RJ622" "unusable-port" Deny since "0.1.0" because
        KubernetesRefuses "`spec.containers[0].ports[0].containerPort: Required value`, `must be between 1 and 65535, inclusive`, `must be no more than 15 characters`, `Duplicate value`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let mut names = BTreeMap::new();
        for port in container.ports() {
            let mut report = |field: Field<'a>, message: String, help: &'static str| {
                findings.report(field, message).because_of_all(pod.used_because_of()).help(help);
            };
            let is_missing = !port.container_port.is_present();
            if is_missing || out_of_range(port.container_port) {
                report(
                    port.container_port.any(),
                    "a port is a number between 1 and 65535".to_owned(),
                    "write the port",
                );
            }
            if out_of_range(port.host_port) && port.host_port.value() != Some(0) {
                report(
                    port.host_port.any(),
                    "a port is a number between 1 and 65535".to_owned(),
                    "remove hostPort",
                );
            }
            if let Some(protocol) =
                port.protocol.non_empty().filter(|known| !["TCP", "UDP", "SCTP"].contains(known))
            {
                let message = format!("Kubernetes knows no protocol {}", Quoted(protocol));
                report(port.protocol.any(), message, "write TCP, UDP or SCTP, or leave it out for TCP");
            }
            let Some(name) = port.name.non_empty() else { continue };
            if !is_port_name(name) {
                let message = format!("no port can have the name {}", Quoted(name));
                report(
                    port.name.any(),
                    message,
                    "use at most 15 lower-case letters, digits and single hyphens",
                );
            } else if let Some(earlier) = names.insert(name, port.name) {
                findings
                    .report(
                        port.name,
                        format!("another port of the container has the name {}, too", Quoted(name)),
                    )
                    .because_of(earlier)
                    .because_of_all(pod.used_because_of())
                    .help("give each port of the container a name of its own");
            }
        }
    }
}

fn out_of_range(port: Field<'_, Integer>) -> bool {
    port.value().is_some_and(|port| !(1..=65535).contains(&port))
}
