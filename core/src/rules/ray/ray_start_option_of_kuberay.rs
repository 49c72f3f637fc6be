//! RJ370 `ray-start-option-of-kuberay`.

use crate::document::{Field, Text};
use crate::ray_start::{self, Arrival, RayNode};
use crate::rules::prelude::*;

rule! {
    /// `rayStartParams` has an option that KubeRay sets itself.
    ///
    /// ## Why
    /// KubeRay writes `--head` where it belongs, always writes `--block`, and tells the workers the head's address. What the job
    /// says about the first two has no effect. On a head, `address` is the old way to name an external Redis; on a worker it
    /// sends the workers to another cluster.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {block: "false"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {address: "redis:6379"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {block: "true"}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `setMissingRayStartParams`, `generateRayStartCommand`
    "RJ370" "ray-start-option-of-kuberay" Warn since "0.1.0" [reads metadata] because
        Ray "the option is overwritten, or sends Ray to where KubeRay does not expect it (KubeRay v1.3 to v1.7 setMissingRayStartParams)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for node in ray_start::nodes(job) {
        for (param, arrival) in node.line().params() {
            let Some((what, help)) = problem_of(&node, param, arrival) else { continue };
            findings
                .report(param, format!("`{}` of {} {what}", param.key(), node.name_for_people()))
                .because_of_all(node.because())
                .reason(Reason::Forbidden)
                .help(help);
        }
    }
}

fn problem_of(
    node: &RayNode<'_, '_>,
    param: Field<'_, Text>,
    arrival: &Arrival<'_>,
) -> Option<(&'static str, &'static str)> {
    let is_true = param.value().is_some_and(|value| value.eq_ignore_ascii_case("true"));
    match (param.key(), node.is_head) {
        ("block", _) if !is_true => Some((
            "is not `true`, and KubeRay makes `true` of it",
            "remove it: Ray always stays in the foreground",
        )),
        ("head", true) if *arrival != Arrival::Alone => {
            Some(("changes nothing: KubeRay starts the head as one", "remove it"))
        }
        ("address", true) => {
            let help = "remove it; for fault tolerance write gcsFaultToleranceOptions.redisAddress";
            Some(("is taken for the address of an external Redis", help))
        }
        ("address", false) => Some((
            "replaces the address of the job's own head",
            "remove it: KubeRay tells the workers the address",
        )),
        _ => None,
    }
}
