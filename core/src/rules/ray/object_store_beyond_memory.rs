//! RJ372 `object-store-beyond-memory`.

use crate::document::{Any, Field, Map};
use crate::quantity::Quantity;
use crate::quoted::Quoted;
use crate::ray_start::{self, Arrival, integer_of};
use crate::rayjob::ResourceRequirements;
use crate::rules::prelude::*;

rule! {
    /// `object-store-memory` in `rayStartParams` is more than the memory limit of the container.
    ///
    /// ## Why
    /// The object store lies in `/dev/shm`, and that counts as memory of the container: KubeRay makes it as large as the limit. A
    /// larger store does not fit; `ray start` compares it with the memory that it finds, and ends.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {object-store-memory: "17179869184"}
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0
    ///             resources: {limits: {cpu: 4, memory: 8Gi}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {object-store-memory: "2147483648"}
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0
    ///             resources: {limits: {cpu: 4, memory: 8Gi}}
    /// ```
    ///
    /// ## References
    /// - Ray 2.38 to 2.60 `determine_plasma_store_config`
    /// - KubeRay v1.7 `makeEmptyDirVolume`
    "RJ372" "object-store-beyond-memory" Warn since "0.1.0" [reads metadata] because
        Ray "`The requested object store memory size is greater than the total available memory`, and `ray start` exits with 1 (Ray 2.38 to 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for node in ray_start::nodes(job) {
        let line = node.line();
        let Some((param, Arrival::Text(text))) = line.get("object-store-memory") else { continue };
        let Some(bytes) = integer_of(text).ok().flatten() else { continue };
        let limits: Field<'a, Map> = ResourceRequirements::of(node.container.resources).limits;
        let limit: Field<'a, Any> = limits.get("memory").any();
        // A directory of one's own may lie on a disk.
        let is_elsewhere = line.get("plasma-directory").is_some();
        if !is_elsewhere && limit.quantity().is_some_and(|limit| Quantity::from(bytes) > limit) {
            findings
                .report(
                    param,
                    format!(
                        "`object-store-memory` of {} is {}, more than the memory limit of its container",
                        node.name_for_people(),
                        Quoted(text)
                    ),
                )
                .because_of_all(node.because())
                .because_of(limit)
                .help("write less than the limit, or remove it: Ray takes 30% of the memory by itself");
        }
    }
}
