//! RJ371 `unreachable-dashboard`.

use crate::document::Field;
use crate::quoted::Quoted;
use crate::ray_start::{self, Arrival, Line, RayNode, bool_of, integer_of};
use crate::rayjob::ContainerPort;
use crate::rules::prelude::*;

/// Where Ray's dashboard listens, and where KubeRay's service leads when the container lists no ports (v1.3 to v1.7).
const DEFAULT_PORT: i64 = 8265;

rule! {
    /// The head starts the dashboard where KubeRay cannot reach it, or starts none.
    ///
    /// ## Why
    /// Jobs are submitted to Ray's dashboard, through the head's service. With a `dashboard-host` that only the pod itself
    /// reaches, without a dashboard, or with a `dashboard-port` that is not the container's port of the name `dashboard`, the cluster
    /// runs, with its GPUs, and the job stays in `Initializing`.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {dashboard-host: 127.0.0.1}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {include-dashboard: "false"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {dashboard-port: "8266"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {dashboard-host: 0.0.0.0, dashboard-port: "8266"}
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0
    ///             ports: [{name: dashboard, containerPort: 8266}]
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `FetchHeadServiceURL`, `getServicePorts`
    /// - Ray 2.38 to 2.60 `ray start --help`
    "RJ371" "unreachable-dashboard" Deny since "0.1.0" [reads metadata] because
        Ray "nothing listens where the head's service leads (Ray 2.38 to 2.60, KubeRay v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for node in ray_start::nodes(job).filter(|node| node.is_head) {
        let line = node.line();
        for (param, arrival) in line.params() {
            let Arrival::Text(text) = arrival else { continue };
            let Some((what, help)) = problem_of(&node, line, param.key(), text) else { continue };
            findings
                .report(param, format!("`{}` is {}, {what}", param.key(), Quoted(text)))
                .because_of_all(node.because())
                .because_of(node.container.ports)
                .because_of(node.group.spec.head_service)
                .help(help);
        }
    }
}

fn problem_of(
    node: &RayNode<'_, '_>,
    line: &Line<'_>,
    name: &str,
    text: &str,
) -> Option<(String, &'static str)> {
    let is_unbroken = line.breakage().is_none();
    match name {
        "dashboard-host" if is_loopback(text) => {
            let what = "which only the head's pod itself reaches: the job is never submitted";
            Some((what.to_owned(), "write 0.0.0.0, or remove it: KubeRay writes that itself"))
        }
        "include-dashboard" if bool_of(text) == Ok(Some(false)) => {
            let what =
                "and jobs are submitted to the dashboard: without it the job never leaves Initializing";
            Some((what.to_owned(), "write \"true\" or remove it"))
        }
        "dashboard-port" if is_unbroken => {
            let (port, exposed) = (integer_of(text).ok()??, exposed_port(node)?);
            let what = format!("and the head's service leads to {exposed}: the job is never submitted");
            let help =
                "list the port in the first container as {name: dashboard, containerPort: …}, or remove it";
            (port != exposed).then_some((what, help))
        }
        _ => None,
    }
}

fn is_loopback(host: &str) -> bool {
    let is_ipv4 = host.starts_with("127.") && host.split('.').count() == 4;
    is_ipv4 || host.eq_ignore_ascii_case("localhost") || host == "::1"
}

/// Where the head's service leads; `None` when the job says more about it.
fn exposed_port(node: &RayNode<'_, '_>) -> Option<i64> {
    if node.group.spec.head_service.is_present() {
        return None;
    }
    let mut ports =
        node.container.ports.items().filter_map(Field::present_object).map(ContainerPort::of).peekable();
    if ports.peek().is_none() {
        return Some(DEFAULT_PORT);
    }
    ports.find(|port| port.name.value() == Some("dashboard"))?.container_port.value()
}
