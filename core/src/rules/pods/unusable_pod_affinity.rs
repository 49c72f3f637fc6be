//! RJ631 `unusable-pod-affinity`.

use crate::document::{Field, Integer, List, Object, Text};
use crate::kubernetes_names::is_qualified_name;
use crate::rules::prelude::*;

rule! {
    /// A pod affinity or anti-affinity has no usable topology key or weight.
    ///
    /// ## Why
    /// The topology key is the label by which nodes are grouped; weights are between 1 and 100. The pod is refused each
    /// time KubeRay creates it, and the job waits for it while the rest of its cluster holds its nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           affinity:
    ///             podAntiAffinity:
    ///               requiredDuringSchedulingIgnoredDuringExecution:
    ///               - labelSelector: {matchLabels: {app: ray}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           affinity:
    ///             podAffinity:
    ///               preferredDuringSchedulingIgnoredDuringExecution:
    ///               - {weight: 101, podAffinityTerm: {topologyKey: topology.kubernetes.io/zone}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           affinity:
    ///             podAntiAffinity:
    ///               requiredDuringSchedulingIgnoredDuringExecution:
    ///               - labelSelector: {matchLabels: {app: ray}}
    ///                 topologyKey: kubernetes.io/hostname
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validatePodAffinityTerm`, `validateWeightedPodAffinityTerms`
    "RJ631" "unusable-pod-affinity" Deny since "0.1.0" because
        KubernetesRefuses "`spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value: can not be empty`, `must be in the range 1-100`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        let Some(affinity) = pod.template.spec.affinity.cast::<Object>().present_object() else { continue };
        let mut report = |field: Field<'a>, message: &'static str, help: &'static str| {
            findings.report(field, message).because_of_all(pod.used_because_of()).help(help);
        };
        for kind in ["podAffinity", "podAntiAffinity"] {
            let Some(affinity) = affinity.child::<Object>(kind).present_object() else { continue };
            for term in affinity.child::<List>("requiredDuringSchedulingIgnoredDuringExecution").objects() {
                judge_term(term, &mut report);
            }
            for preferred in
                affinity.child::<List>("preferredDuringSchedulingIgnoredDuringExecution").objects()
            {
                let weight = preferred.child::<Integer>("weight");
                if !weight.is_present() || weight.value().is_some_and(|weight| !(1..=100).contains(&weight)) {
                    report(weight.any(), "a weight is between 1 and 100", "write a number between 1 and 100");
                }
                judge_term(preferred.child("podAffinityTerm"), &mut report);
            }
        }
    }
}

fn judge_term<'a>(term: Field<'a, Object>, report: &mut impl FnMut(Field<'a>, &'static str, &'static str)) {
    let key = term.child::<Text>("topologyKey");
    if !is_qualified_name(key.value().unwrap_or_default()) {
        let help = "write a label of your nodes, for example kubernetes.io/hostname";
        report(key.any(), "the topology key is missing, or no label can have it", help);
    }
}
