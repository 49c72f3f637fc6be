//! RJ364 `head-option-on-worker`.

use crate::ray_start::{self, Arrival};
use crate::rules::prelude::*;

/// What a worker's `ray start` refuses, whatever the value (Ray 2.38 to 2.60 `head_only_flags`).
const ONLY_FOR_HEADS: [&str; 3] = ["port", "redis-shard-ports", "include-dashboard"];

rule! {
    /// A worker group has an option in `rayStartParams` that only a head may have.
    ///
    /// ## Why
    /// With `port`, `redis-shard-ports`, `include-dashboard`, `head`, `enable-object-reconstruction` or a `system-config` the worker's `ray start` ends at once.
    /// The workers never join, and the job waits for them or runs without.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       replicas: 1
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       rayStartParams: {port: "6379"}
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.56.0"}]}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       replicas: 1
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       rayStartParams: {head: "true"}
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.56.0"}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {port: "6379"}
    ///     workerGroupSpecs:
    ///     - groupName: workers
    ///       replicas: 1
    ///       minReplicas: 1
    ///       maxReplicas: 4
    ///       rayStartParams: {num-cpus: "4"}
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.56.0"}]}}
    /// ```
    "RJ364" "head-option-on-worker" Deny since "0.1.0" [reads metadata] because
        Ray "`should only be specified when starting head node`, `System config parameters can only be set on the head node`, and `ray start` exits with 1 (Ray 2.38 to 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for node in ray_start::nodes(job).filter(|node| !node.is_head) {
        for (param, arrival) in node.line().params() {
            let name = param.key();
            let is_refused = match arrival {
                Arrival::Nothing | Arrival::Unknown => false,
                Arrival::Alone => matches!(name, "head" | "enable-object-reconstruction"),
                Arrival::Text(text) if name == "system-config" => {
                    text.starts_with('{') && !text.trim_end_matches([' ', '}']).ends_with('{')
                }
                // What is empty may count as absent.
                Arrival::Text(text) => ONLY_FOR_HEADS.contains(&name) && !text.is_empty(),
            };
            if is_refused {
                findings
                    .report(
                        param,
                        format!(
                            "only a head may have the option `{name}`: with it {} never starts",
                            node.name_for_people()
                        ),
                    )
                    .because_of_all(node.because())
                    .reason(Reason::Forbidden)
                    .help("remove it from the worker group; what it sets is a matter of headGroupSpec.rayStartParams");
            }
        }
    }
}
