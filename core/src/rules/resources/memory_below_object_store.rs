//! RJ406 `memory-below-object-store`.

use crate::quantity::Quantity;
use crate::ray_start;
use crate::rayjob::{Container, ResourceRequirements};
use crate::rules::prelude::*;

/// Three tenths of less are below 75 MiB.
const LEAST: u64 = 250 * 1024 * 1024;

/// The environment variable with another share than three tenths.
const SHARE: &str = "RAY_DEFAULT_OBJECT_STORE_MEMORY_PROPORTION";

rule! {
    /// The container that runs Ray has so little memory that Ray does not start.
    ///
    /// ## Why
    /// Ray sets 30% of the memory aside for its object store and wants 75 MiB for it at least, so that it ends at once below 250Mi.
    /// Its own processes need several hundred MiB as well. A number without a unit means bytes, and `m` thousandths of one. Only
    /// where something gives the pods more when they are created, as some managed clusters do, such a job may run.
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
    ///             image: rayproject/ray:2.56.0
    ///             resources: {limits: {cpu: 1, memory: 200Mi}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0
    ///             resources: {limits: {cpu: 1, memory: 8}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0
    ///             resources: {limits: {cpu: 1, memory: 4Gi}}
    /// ```
    ///
    /// ## References
    /// - Ray 2.40 to 2.60 `resolve_object_store_memory`, `determine_plasma_store_config`
    "RJ406" "memory-below-object-store" Warn since "0.1.0" [reads metadata] because
        Ray "`Attempting to cap object store memory usage at 62914560 bytes, but the minimum allowed is 78643200 bytes`, and `ray start` ends (Ray 2.40 to 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster() else { return };
    let limit_of =
        |container: &Container<'a>| ResourceRequirements::of(container.resources).limits.get("memory").any();
    let is_little = |quantity: &Quantity| !quantity.is_zero() && *quantity < Quantity::from(LEAST);
    let has_little = |container| limit_of(container).quantity().is_some_and(|memory| is_little(&memory));
    // Few have so little: nothing else is looked at for the others.
    if !cluster.groups().filter_map(|group| group.template.ray_container()).any(has_little) {
        return;
    }
    for node in ray_start::started(job) {
        let container = node.container;
        let line = node.line();
        let is_set_otherwise =
            ["object-store-memory", "plasma-directory"].iter().any(|name| line.get(name).is_some());
        let has_variable =
            ["RAY_OVERRIDE_RESOURCES", SHARE].iter().any(|name| container.env_var(name).is_some());
        if !has_little(container) || !line.is_whole() || is_set_otherwise || has_variable {
            continue;
        }
        if !container.env_from.is_absent_or_empty() {
            continue;
        }
        let name = node.name_for_people();
        findings
            .report(
                limit_of(container),
                format!("{name} has less memory than the 250Mi without which Ray does not start"),
            )
            .because_of_all(node.because())
            .because_of(container.env)
            .because_of(container.env_from)
            .because_of(job.spec.cluster_selector)
            .help("write 2Gi at least, and for the head better 8Gi");
    }
}
