//! RJ632 `unusable-topology-spread`.

use std::collections::BTreeMap;

use crate::document::{Field, Integer, Object, Text};
use crate::rules::prelude::*;

rule! {
    /// A topology spread constraint has a number or value that Kubernetes does not take, or stands twice.
    ///
    /// ## Why
    /// The pod is refused each time KubeRay creates it, and the job waits for it while the rest of its cluster holds its
    /// nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           topologySpreadConstraints:
    ///           - {maxSkew: 0, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           topologySpreadConstraints:
    ///           - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: Never}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           topologySpreadConstraints:
    ///           - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}
    ///           - {maxSkew: 2, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           topologySpreadConstraints:
    ///           - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validateTopologySpreadConstraints`
    "RJ632" "unusable-topology-spread" Deny since "0.1.0" because
        KubernetesRefuses "`spec.topologySpreadConstraints[0].maxSkew: must be greater than zero`, `Unsupported value`, `Duplicate value`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        let mut first = BTreeMap::new();
        for constraint in pod.template.spec.topology_spread_constraints.objects() {
            for (field, message, help) in problems(constraint) {
                findings
                    .report(field, message)
                    .because_of(constraint)
                    .because_of_all(pod.used_because_of())
                    .help(help);
            }
            let kind =
                ["topologyKey", "whenUnsatisfiable"].map(|part| constraint.child::<Text>(part).value());
            if let Some(earlier) = first.insert(kind, constraint) {
                findings
                    .report(constraint, "another constraint has the same topologyKey and whenUnsatisfiable")
                    .because_of(earlier)
                    .because_of_all(pod.used_because_of())
                    .help("keep one of them");
            }
        }
    }
}

fn problems(constraint: Field<'_, Object>) -> Vec<(Field<'_>, &'static str, &'static str)> {
    let [key, action] = ["topologyKey", "whenUnsatisfiable"].map(|part| constraint.child::<Text>(part));
    let [skew, domains] = ["maxSkew", "minDomains"].map(|part| constraint.child::<Integer>(part));
    let mut problems = Vec::new();
    if !skew.is_present() || skew.value().is_some_and(|skew| skew <= 0) {
        problems.push((skew.any(), "maxSkew is at least 1", "write 1 or more"));
    }
    if key.value().is_none_or(str::is_empty) {
        problems.push((key.any(), "a constraint has a topology key", "write a label of your nodes"));
    }
    if !matches!(action.value(), Some("DoNotSchedule" | "ScheduleAnyway")) {
        let help = "write DoNotSchedule or ScheduleAnyway";
        problems.push((action.any(), "Kubernetes knows no such whenUnsatisfiable", help));
    }
    if domains.value().is_some_and(|domains| domains <= 0 || action.value() == Some("ScheduleAnyway")) {
        let help = "write 1 or more with DoNotSchedule, or remove minDomains";
        problems.push((domains.any(), "minDomains is at least 1, and only for DoNotSchedule", help));
    }
    for policy in ["nodeAffinityPolicy", "nodeTaintsPolicy"].map(|part| constraint.child::<Text>(part)) {
        if policy.value().is_some_and(|policy| !matches!(policy, "Honor" | "Ignore")) {
            problems.push((policy.any(), "Kubernetes knows no such policy", "write Honor or Ignore"));
        }
    }
    problems
}
