//! RJ629 `unusable-toleration`.

use crate::document::{Field, Integer, Object, Text};
use crate::kubernetes_names::{is_label_value, is_qualified_name};
use crate::rules::prelude::*;

rule! {
    /// A toleration contradicts itself, or has a key, value, operator or effect that Kubernetes does not take.
    ///
    /// ## Why
    /// `Exists` has no value, only `Exists` can do without a key, and only `NoExecute` has `tolerationSeconds`. The pod is
    /// refused each time KubeRay creates it, and the job waits for it while the rest of its cluster holds its nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           tolerations: [{key: nvidia.com/gpu, operator: Exists, value: present}]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           tolerations: [{key: nvidia.com/gpu, operator: exists}]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           tolerations: [{effect: NoSchedule}]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           tolerations: [{key: spot, tolerationSeconds: 60}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           tolerations:
    ///           - {key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}
    ///           - {key: spot, value: "true", effect: NoExecute, tolerationSeconds: 60}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `ValidateTolerations`
    "RJ629" "unusable-toleration" Deny since "0.1.0" because
        KubernetesRefuses "`value must be empty when `operator` is 'Exists'`, `operator must be Exists when `key` is empty`, `effect must be 'NoExecute' when `tolerationSeconds` is set`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        for toleration in pod.template.spec.tolerations.objects() {
            for (field, message, help) in problems(toleration) {
                // Each part of a toleration bears on the others.
                findings
                    .report(field, message)
                    .because_of(toleration)
                    .because_of_all(pod.used_because_of())
                    .help(help);
            }
        }
    }
}

fn problems(toleration: Field<'_, Object>) -> Vec<(Field<'_>, &'static str, &'static str)> {
    let [key, operator, value, effect] =
        ["key", "operator", "value", "effect"].map(|part| toleration.child::<Text>(part));
    let seconds = toleration.child::<Integer>("tolerationSeconds");
    let mut problems = Vec::new();
    if key.non_empty().is_some_and(|key| !is_qualified_name(key)) {
        problems.push((key.any(), "no taint can have this key", "copy the key of the node's taint"));
    }
    let exists = operator.value() == Some("Exists");
    if key.non_empty().is_none() && !exists {
        let help = "write the key of the taint, or operator: Exists to tolerate every taint";
        problems.push((key.any(), "only a toleration with operator Exists can do without a key", help));
    }
    match operator.non_empty() {
        Some("Exists") if value.non_empty().is_some() => {
            problems.push((
                value.any(),
                "a toleration with operator Exists has no value",
                "remove value, or write operator: Equal",
            ));
        }
        None | Some("Equal") if value.value().is_some_and(|value| !is_label_value(value)) => {
            problems.push((
                value.any(),
                "no taint can have this value",
                "copy the value of the node's taint",
            ));
        }
        // Lt and Gt are new in v1.35, behind a gate.
        None | Some("Equal" | "Exists" | "Lt" | "Gt") => {}
        Some(_) => {
            problems.push((operator.any(), "Kubernetes knows no such operator", "write Exists or Equal"));
        }
    }
    match effect.non_empty() {
        None | Some("NoSchedule" | "PreferNoSchedule" | "NoExecute") => {}
        Some(_) => {
            let help = "write NoSchedule, PreferNoSchedule or NoExecute, or leave it out for all of them";
            problems.push((effect.any(), "Kubernetes knows no such effect", help));
        }
    }
    if seconds.is_present() && effect.value() != Some("NoExecute") {
        let help = "write effect: NoExecute, or remove tolerationSeconds";
        problems.push((seconds.any(), "only the effect NoExecute is tolerated for a time", help));
    }
    problems
}
