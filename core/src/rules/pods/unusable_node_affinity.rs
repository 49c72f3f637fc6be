//! RJ630 `unusable-node-affinity`.

use crate::document::{Field, Integer, List, Object, Text};
use crate::kubernetes_names::is_qualified_name;
use crate::rules::prelude::*;

rule! {
    /// A node affinity has no terms, an operator that does not fit its values, or a weight out of range.
    ///
    /// ## Why
    /// `In` and `NotIn` need values, `Exists` and `DoesNotExist` have none, `Gt` and `Lt` have one; weights are between 1
    /// and 100. The pod is refused each time KubeRay creates it, and the job waits for it while the rest of its cluster
    /// holds its nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           affinity:
    ///             nodeAffinity:
    ///               requiredDuringSchedulingIgnoredDuringExecution:
    ///                 nodeSelectorTerms:
    ///                 - matchExpressions: [{key: gpu, operator: In}]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           affinity:
    ///             nodeAffinity:
    ///               requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           affinity:
    ///             nodeAffinity:
    ///               preferredDuringSchedulingIgnoredDuringExecution:
    ///               - {weight: 0, preference: {matchExpressions: [{key: gpu, operator: Exists}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           affinity:
    ///             nodeAffinity:
    ///               requiredDuringSchedulingIgnoredDuringExecution:
    ///                 nodeSelectorTerms:
    ///                 - matchExpressions: [{key: gpu, operator: In, values: [a100]}]
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validateNodeAffinity`, `ValidateNodeSelectorRequirement`
    "RJ630" "unusable-node-affinity" Deny since "0.1.0" because
        KubernetesRefuses "`must have at least one node selector term`, `must be specified when `operator` is 'In' or 'NotIn'`, `must be in the range 1-100`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        let Some(affinity) = pod.template.spec.affinity.cast::<Object>().present_object() else { continue };
        let Some(affinity) = affinity.child::<Object>("nodeAffinity").present_object() else { continue };
        let mut report = |field: Field<'a>, message: &'static str, help: &'static str| {
            findings.report(field, message).because_of_all(pod.used_because_of()).help(help);
        };
        let required = affinity.child::<Object>("requiredDuringSchedulingIgnoredDuringExecution");
        if required.present_object().is_some() {
            let terms = required.child::<List>("nodeSelectorTerms");
            if terms.is_absent_or_empty() {
                report(
                    terms.any(),
                    "a node affinity has at least one term",
                    "write a term, or remove the affinity",
                );
            }
            terms.objects().for_each(|term| judge_term(term, &mut report));
        }
        for preferred in affinity.child::<List>("preferredDuringSchedulingIgnoredDuringExecution").objects() {
            let weight = preferred.child::<Integer>("weight");
            if !weight.is_present() || weight.value().is_some_and(|weight| !(1..=100).contains(&weight)) {
                report(weight.any(), "a weight is between 1 and 100", "write a number between 1 and 100");
            }
            judge_term(preferred.child("preference"), &mut report);
        }
    }
}

fn judge_term<'a>(term: Field<'a, Object>, report: &mut impl FnMut(Field<'a>, &'static str, &'static str)) {
    for expression in term.child::<List>("matchExpressions").objects() {
        let key = expression.child::<Text>("key");
        if !is_qualified_name(key.value().unwrap_or_default()) {
            report(key.any(), "no label of a node can have this key", "copy the key of a node's label");
        }
        let count = expression.child::<List>("values").each().count();
        let is_wrong = match expression.child::<Text>("operator").value().unwrap_or_default() {
            "In" | "NotIn" => count == 0,
            "Exists" | "DoesNotExist" => count > 0,
            "Gt" | "Lt" => count != 1,
            _ => true,
        };
        if is_wrong {
            let help = "write In or NotIn with values, Exists or DoesNotExist without, or Gt or Lt with one";
            report(expression.any(), "the operator is unknown, or does not fit the number of values", help);
        }
    }
    for field in term.child::<List>("matchFields").objects() {
        let is_name = field.child::<Text>("key").value() == Some("metadata.name");
        let is_known = matches!(field.child::<Text>("operator").value(), Some("In" | "NotIn"));
        if !is_name || !is_known || field.child::<List>("values").each().count() != 1 {
            let help = "write key: metadata.name, operator: In, and one name";
            report(field.any(), "of a node's fields, only its name can be matched, with one value", help);
        }
    }
}
