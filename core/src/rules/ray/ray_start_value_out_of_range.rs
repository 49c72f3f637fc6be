//! RJ363 `ray-start-value-out-of-range`.

use crate::quoted::Quoted;
use crate::ray_start::{self, Arrival, Kind, Known, Line, RayNode, integer_of};
use crate::rules::prelude::*;

/// The least that Ray makes an object store of (Ray 2.38 to 2.60 `OBJECT_STORE_MINIMUM_MEMORY_BYTES`).
const SMALLEST_OBJECT_STORE: i64 = 75 * 1024 * 1024;
/// The most that there may be of a resource (Ray 2.38 to 2.60 `MAX_RESOURCE_QUANTITY`).
const MOST: i64 = 100_000_000_000_000;
/// With a longer one the sockets below it have names of more than 107 bytes (`session_…/sockets/plasma_store`).
const LONGEST_TEMP_DIR: usize = 49;
/// The first release that refuses an address without a port (`parse_address`).
const WITH_STRICT_ADDRESS: [u64; 2] = [2, 49];
const NEEDS_ISOLATION: &str = "which needs enable-resource-isolation beside it";

rule! {
    /// A value in `rayStartParams` is of the right type, and `ray start` refuses it nevertheless.
    ///
    /// ## Why
    /// No resource may be negative, an object store has at least 75 MiB, the ports of workers lie between 1024 and 65535 with the
    /// upper bound above the lower one, of which each has a default (10002 and 19999), and `temp-dir` is an absolute path of at most
    /// 49 bytes. With another value `ray start` ends at once, and the job stays in `Initializing`.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "-1"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {object-store-memory: "1000000"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {min-worker-port: "20000"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {temp-dir: tmp/ray}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {system-reserved-memory: "1000000000"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "0", min-worker-port: "20000", max-worker-port: "30000", temp-dir: /tmp/ray}
    /// ```
    ///
    /// ## References
    /// - Ray 2.38 to 2.60 `RayParams._check_usage`, `to_resource_dict`, `determine_plasma_store_config`, `ResourceIsolationConfig`
    "RJ363" "ray-start-value-out-of-range" Deny since "0.1.0" [reads metadata] because
        Ray "a `ValueError` with what is allowed, and `ray start` exits with 1 (Ray 2.38 to 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for node in ray_start::nodes(job) {
        let line = node.line();
        for (param, arrival) in line.params() {
            let Arrival::Text(text) = arrival else { continue };
            let Known::Has(option) = ray_start::find(param.key(), node.ray) else { continue };
            let allowed = match option.kind {
                Kind::Integer => {
                    let number = integer_of(text).ok().flatten();
                    let is_of_isolation = option.name == "system-reserved-memory" && number != Some(0);
                    let needed = (is_of_isolation && needs_isolation(&node, line)).then_some(NEEDS_ISOLATION);
                    needed.or_else(|| allowed(line, option.name, number?))
                }
                Kind::Text => allowed_text(&node, line, option.name, text),
                Kind::Float if needs_isolation(&node, line) && !text.trim_matches(['0', '.']).is_empty() => {
                    Some(NEEDS_ISOLATION)
                }
                _ => None,
            };
            if let Some(allowed) = allowed {
                let name = option.name;
                let group = node.name_for_people();
                findings
                    .report(param, format!("`{name}` of {group} is {}, {allowed}", Quoted(text)))
                    .because_of_all(node.because())
                    .help("write a value that `ray start` takes, or remove it: Ray has a default");
            }
        }
    }
}

/// What Ray says about a number that it refuses.
fn allowed(line: &Line<'_>, name: &str, number: i64) -> Option<&'static str> {
    let is_port = (1024..=65535).contains(&number);
    match name {
        "num-cpus" | "num-gpus" | "memory" if number < 0 => Some("and may not be negative"),
        "num-cpus" | "num-gpus" | "memory" if number > MOST => Some("and may be 100e12 at most"),
        "object-store-memory" if number < SMALLEST_OBJECT_STORE => {
            Some("and must be 78643200 bytes (75 MiB) at least")
        }
        "ray-client-server-port" if !is_port => Some("and must be between 1024 and 65535"),
        "min-worker-port" | "max-worker-port" if number != 0 && !is_port => {
            Some("and must be 0 or between 1024 and 65535")
        }
        // Some versions take 0, others do not.
        "runtime-env-agent-port" if number != 0 && !is_port => Some("and must be between 1024 and 65535"),
        "max-worker-port" if number != 0 && worker_port(line, "min-worker-port", 10002)? >= number => {
            Some("and must be above min-worker-port, which is 10002 by default")
        }
        "min-worker-port" if line.get("max-worker-port").is_none() && number >= 19999 => {
            Some("and must be below max-worker-port, which is 19999 by default")
        }
        _ => None,
    }
}

/// The bound that is set, or its default; `None` when only Bash knows.
fn worker_port(line: &Line<'_>, name: &str, default: i64) -> Option<i64> {
    match line.get(name) {
        None | Some((_, Arrival::Nothing)) => Some(default),
        Some((_, Arrival::Text(text))) => integer_of(text).ok().flatten(),
        Some((_, Arrival::Alone | Arrival::Unknown)) => None,
    }
}

/// What Ray says about a text that it refuses.
fn allowed_text(node: &RayNode<'_, '_>, line: &Line<'_>, name: &str, text: &str) -> Option<&'static str> {
    match name {
        // Some versions do not look at that of a worker.
        "temp-dir" if node.is_head && !text.starts_with('/') => Some("and must be an absolute path"),
        "temp-dir" if is_too_long(text) && node.is_head && line.get("plasma-store-socket-name").is_none() => {
            Some("and must be shorter than 50 bytes, for the names of sockets below it")
        }
        "worker-port-list" if !text.split(',').all(may_be_worker_port) => {
            Some("and must be numbers between 1024 and 65535 with commas between")
        }
        "address"
            if !node.is_head && is_without_port(text) && node.ray.release() >= Some(WITH_STRICT_ADDRESS) =>
        {
            Some("and must be a host and a port")
        }
        "cgroup-path" if !text.is_empty() && needs_isolation(node, line) => Some(NEEDS_ISOLATION),
        _ => None,
    }
}

fn is_too_long(temp_dir: &str) -> bool {
    // Ray adds a slash where there is none.
    temp_dir.strip_suffix('/').unwrap_or(temp_dir).len() > LONGEST_TEMP_DIR
}

fn may_be_worker_port(port: &str) -> bool {
    integer_of(port).is_ok_and(|port| port.is_none_or(|port| (1024..=65535).contains(&port)))
}

/// `auto` and `local` are names that Ray looks up.
fn is_without_port(address: &str) -> bool {
    !address.is_empty() && !address.contains(':') && !matches!(address, "auto" | "local")
}

/// Whether settings of the isolation are refused because it is off.
fn needs_isolation(node: &RayNode<'_, '_>, line: &Line<'_>) -> bool {
    node.ray.release() >= Some([2, 46])
        && line.get("enable-resource-isolation").is_none_or(|(_, arrival)| *arrival == Arrival::Nothing)
}
