//! RJ633 `unusable-label-selector`.

use crate::document::{Field, List, Map, Object, Text};
use crate::kubernetes_names::{is_label_value, is_qualified_name};
use crate::rayjob::MadePod;
use crate::rules::prelude::*;

rule! {
    /// A label selector of an affinity or spread constraint selects by something that no label can be.
    ///
    /// ## Why
    /// `In` and `NotIn` need values, `Exists` and `DoesNotExist` have none, and keys and values are those that labels can
    /// have. The pod is refused each time KubeRay creates it, and the job waits for it while the rest of its cluster holds
    /// its nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           topologySpreadConstraints:
    ///           - maxSkew: 1
    ///             topologyKey: zone
    ///             whenUnsatisfiable: DoNotSchedule
    ///             labelSelector: {matchLabels: {team: data science}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           affinity:
    ///             podAffinity:
    ///               requiredDuringSchedulingIgnoredDuringExecution:
    ///               - topologyKey: zone
    ///                 labelSelector: {matchExpressions: [{key: team, operator: In}]}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           affinity:
    ///             podAffinity:
    ///               requiredDuringSchedulingIgnoredDuringExecution:
    ///               - topologyKey: zone
    ///                 labelSelector: {matchExpressions: [{key: team, operator: In, values: [data]}]}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `ValidateLabelSelector`
    "RJ633" "unusable-label-selector" Deny since "0.1.0" because
        KubernetesRefuses "`a valid label must be an empty string or consist of alphanumeric characters`, `must be specified when `operator` is 'In' or 'NotIn'`, `not a valid selector operator`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        for selector in selectors(pod) {
            for (field, message, help) in problems(selector) {
                findings.report(field, message).because_of_all(pod.used_because_of()).help(help);
            }
        }
    }
}

/// All label selectors that choose pods or namespaces.
fn selectors<'a>(pod: MadePod<'_, 'a>) -> impl Iterator<Item = Field<'a, Object>> {
    let spec = &pod.template.spec;
    let spread = spec.topology_spread_constraints.objects();
    let affinity = spec.affinity.cast::<Object>().present_object();
    let kinds = affinity
        .into_iter()
        .flat_map(|affinity| ["podAffinity", "podAntiAffinity"].map(|kind| affinity.child::<Object>(kind)));
    let terms = kinds.flat_map(|kind| {
        let required = kind.child::<List>("requiredDuringSchedulingIgnoredDuringExecution").objects();
        let preferred = kind.child::<List>("preferredDuringSchedulingIgnoredDuringExecution").objects();
        required.chain(preferred.map(|preferred| preferred.child::<Object>("podAffinityTerm")))
    });
    let holders = spread.chain(terms);
    holders.flat_map(|holder| ["labelSelector", "namespaceSelector"].map(|key| holder.child::<Object>(key)))
}

fn problems(selector: Field<'_, Object>) -> Vec<(Field<'_>, &'static str, &'static str)> {
    let mut problems = Vec::new();
    if selector.present_object().is_none() {
        return problems;
    }
    for label in selector.child::<Map>("matchLabels").each() {
        if !is_qualified_name(label.key())
            || label.cast::<Text>().value().is_some_and(|value| !is_label_value(value))
        {
            problems.push((
                label,
                "no label can have this key or value",
                "copy the key and value of a label",
            ));
        }
    }
    for expression in selector.child::<List>("matchExpressions").objects() {
        let (key, values) = (expression.child::<Text>("key"), expression.child::<List>("values"));
        if !is_qualified_name(key.value().unwrap_or_default()) {
            problems.push((key.any(), "no label can have this key", "copy the key of a label"));
        }
        let has_values = values.each().next().is_some();
        let fits = match expression.child::<Text>("operator").value().unwrap_or_default() {
            "In" | "NotIn" => has_values,
            "Exists" | "DoesNotExist" => !has_values,
            _ => false,
        };
        if !fits {
            let help = "write In or NotIn with values, or Exists or DoesNotExist without";
            problems.push((expression.any(), "the operator is unknown, or does not fit the values", help));
        }
    }
    problems
}
