//! RJ367 `malformed-ray-resources`.

use crate::document::{Field, Text};
use crate::ray_start::{self, Arrival, RayNode, ResourcesProblem, is_bare, problem_for_ray};
use crate::rules::prelude::*;

rule! {
    /// `resources` in `rayStartParams` does not reach Ray as the JSON object of whole numbers that it wants.
    ///
    /// ## Why
    /// Bash takes the quotes of bare JSON away, and what is left is no JSON: it must stand in single quotes inside of the YAML
    /// string. Quantities are whole numbers, and CPUs, GPUs and memory have options of their own. Otherwise `ray start` ends at
    /// once, and the job stays in `Initializing`.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {resources: '{"fast_disk": 1}'}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {resources: '{"fast_disk": 1, "gpu_node": 1}'}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {resources: "'{\"fast_disk\": 0.5}'"}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {resources: "'{\"CPU\": 4}'"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {resources: "'{\"fast_disk\": 1}'"}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `convertParamMap`
    /// - Ray 2.38 to 2.60 `parse_resources_json`, `to_resource_dict`
    "RJ367" "malformed-ray-resources" Deny since "0.1.0" [reads metadata] because
        Ray "`is not a valid JSON string`, `Resource quantities must all be whole numbers`, `cannot be a custom resource`, and `ray start` exits with 1 (Ray 2.38 to 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for node in ray_start::nodes(job) {
        let (resources, line) = (node.params().get("resources"), node.line());
        let is_bare = || resources.value().is_some_and(is_bare);
        let problem = match line.get("resources") {
            Some((_, Arrival::Text(text))) => problem_for_ray(text),
            Some((_, Arrival::Unknown)) if !node.rewrites_resources() => {
                is_bare().then_some(ResourcesProblem::NoJson)
            }
            Some(_) => None,
            None => {
                let breaks = line.breakage().is_some_and(|(param, _)| param.key() == "resources");
                (breaks && is_bare()).then_some(ResourcesProblem::NoJson)
            }
        };
        if let Some(problem) = problem {
            report(&node, resources, problem, findings);
        }
    }
}

fn report<'a>(
    node: &RayNode<'_, 'a>,
    resources: Field<'a, Text>,
    problem: ResourcesProblem,
    findings: &mut Findings<'_, 'a>,
) {
    let group = node.name_for_people();
    let message = match problem {
        ResourcesProblem::NoJson => format!("what Bash leaves of `resources` of {group} is no JSON"),
        ResourcesProblem::NoObject => format!("`resources` of {group} is no JSON object"),
        ResourcesProblem::Reserved(name) => format!("`resources` of {group} may not have `{name}`"),
        ResourcesProblem::NoNumber => format!("a quantity in `resources` of {group} is no number"),
        ResourcesProblem::Fraction => format!("a quantity in `resources` of {group} is no whole number"),
        ResourcesProblem::OutOfRange => {
            format!("a quantity in `resources` of {group} is negative or beyond 100e12")
        }
    };
    let help = match problem {
        ResourcesProblem::Reserved(name) if name.starts_with("node:") => {
            "use another name: Ray adds this one itself"
        }
        ResourcesProblem::Reserved(_) => "use num-cpus, num-gpus, memory or object-store-memory instead",
        _ => "write JSON in single quotes inside of the YAML string: \"'{\\\"fast_disk\\\": 1}'\"",
    };
    findings.report(resources, message).because_of_all(node.because()).help(help);
}
