//! RJ369 `clashing-ray-ports`.

use std::ops::RangeInclusive;

use crate::ray_start::{self, Arrival, Line, RayNode, integer_of};
use crate::rules::prelude::*;

/// Ray's components with a port of their own, as options, and what they have by default. KubeRay gives the metrics theirs.
const COMPONENTS: [(&str, Option<i64>); 8] = [
    ("object-manager-port", None),
    ("node-manager-port", None),
    ("ray-client-server-port", None),
    ("dashboard-port", Some(8265)),
    ("dashboard-agent-grpc-port", None),
    ("dashboard-agent-listen-port", Some(52365)),
    ("runtime-env-agent-port", None),
    ("metrics-export-port", Some(8080)),
];

rule! {
    /// Two components of Ray are to use the same port.
    ///
    /// ## Why
    /// `ray start` compares the ports that are set, those that components have by default (6379 on the head, 8265, 52365 and
    /// KubeRay's 8080), and the range of the workers' ports, 10002 to 19999. Where two meet it ends at once, and the job stays in
    /// `Initializing`.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {port: "10005"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {dashboard-agent-listen-port: "8080"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {port: "6380", min-worker-port: "20000", max-worker-port: "30000", metrics-export-port: "10005"}
    /// ```
    ///
    /// ## References
    /// - Ray 2.38 to 2.60 `RayParams.update_pre_selected_port`
    "RJ369" "clashing-ray-ports" Deny since "0.1.0" [reads metadata] because
        Ray "`Ray component … is trying to use a port number … that is used by other components`, and `ray start` exits with 1 (Ray 2.38 to 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for node in ray_start::nodes(job) {
        let line = node.line();
        let ports = ports(&node, line);
        let clash = ports.iter().enumerate().find_map(|(at, (name, port))| {
            let mut before =
                ports.iter().take(at).filter(|(_, other)| other == port).map(|(other, _)| *other);
            before.next().map(|other| (*name, other, *port))
        });
        let of_worker = || {
            let taken = worker_ports(line)?;
            let is_twice = |(at, port): &(usize, &RangeInclusive<i64>)| {
                taken.iter().take(*at).any(|other| other == *port)
            };
            if let Some((_, twice)) = taken.iter().enumerate().find(is_twice) {
                return Some(("worker-port-list", "the list", *twice.start()));
            }
            ports
                .iter()
                .find(|(_, port)| taken.iter().any(|range| range.contains(port)))
                .map(|(name, port)| (*name, "the workers' ports", *port))
        };
        let Some((name, other, port)) = clash.or_else(of_worker) else { continue };
        // At least one of the two is written in the job: the defaults do not meet.
        let set = [name, other, "min-worker-port", "max-worker-port", "worker-port-list"];
        let Some((param, _)) = set.into_iter().find_map(|name| line.get(name)) else { continue };
        findings
            .report(param, format!("`{name}` of {} is {port}, which {other} has as well", node.name_for_people()))
            .because_of_all(node.because())
            .help("give each component a port of its own, outside of the workers' ports, 10002 to 19999 by default");
    }
}

/// The ports that are certain, each with its option.
fn ports(node: &RayNode<'_, '_>, line: &Line<'_>) -> Vec<(&'static str, i64)> {
    let of_head = node.is_head.then_some(("port", Some(6379)));
    let components = COMPONENTS.into_iter().chain(of_head);
    let ports = components.filter_map(|(name, default)| Some((name, port(line, name, default)?)));
    // Ray chooses where there is a 0.
    ports.filter(|(_, port)| *port != 0).collect()
}

/// What is set, or the default; `None` when there is neither, or only Bash knows.
fn port(line: &Line<'_>, name: &str, default: Option<i64>) -> Option<i64> {
    match line.get(name) {
        None => default,
        // KubeRay sets two ports of its own where the job sets none: not where it says `false`.
        Some((_, Arrival::Nothing)) => default.filter(|_| name != "metrics-export-port"),
        Some((_, Arrival::Text(text))) => integer_of(text).ok().flatten(),
        Some((_, Arrival::Alone | Arrival::Unknown)) => None,
    }
}

/// The ports from which workers take theirs: a list, or else a range.
fn worker_ports(line: &Line<'_>) -> Option<Vec<RangeInclusive<i64>>> {
    if let Some((_, list)) = line.get("worker-port-list") {
        let Arrival::Text(list) = list else { return None };
        return list.split(',').map(|port| integer_of(port).ok().flatten().map(|port| port..=port)).collect();
    }
    let (first, last) =
        (port(line, "min-worker-port", Some(10002))?, port(line, "max-worker-port", Some(19999))?);
    Some(vec![first..=last])
}
