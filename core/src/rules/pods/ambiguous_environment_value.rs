//! RJ620 `ambiguous-environment-value`.

use crate::document::{Field, Object};
use crate::rules::prelude::*;

rule! {
    /// An environment variable or envFrom entry has no source, or more than one.
    ///
    /// ## Why
    /// A variable has a value or one source in `valueFrom`; an entry of `envFrom` has one `ConfigMap` or one Secret. The pod
    /// is refused each time KubeRay creates it, and the job waits for it while the rest of its cluster holds its nodes.
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
    ///             image: rayproject/ray:2.52.0
    ///             env:
    ///             - {name: TOKEN, value: x, valueFrom: {secretKeyRef: {name: keys, key: token}}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             env: [{name: TOKEN, valueFrom: {}}]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             envFrom: [{prefix: A_}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             env:
    ///             - {name: TOKEN, valueFrom: {secretKeyRef: {name: keys, key: token}}}
    ///             envFrom: [{secretRef: {name: keys}}]
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validateEnvVarValueFrom`, `ValidateEnvFrom`
    "RJ620" "ambiguous-environment-value" Deny since "0.1.0" because
        KubernetesRefuses "`may not be specified when `value` is not empty`, `may not have more than one field specified at a time`, `must specify one of`, when the pod is created",
}

/// Sources that every Kubernetes from v1.27 on knows.
const SOURCES: [&str; 4] = ["configMapKeyRef", "fieldRef", "resourceFieldRef", "secretKeyRef"];

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        for variable in container.env() {
            let Some(from) = variable.value_from.present_object() else { continue };
            let message = match sources(from, &SOURCES) {
                // Perhaps a newer Kubernetes knows what else is there.
                0 if from.children().next().is_some_and(Field::is_present) => continue,
                0 => "valueFrom names no source",
                1 if variable.value.non_empty().is_none() => continue,
                1 => "the variable has a value and a source",
                _ => "valueFrom names more than one source",
            };
            findings
                .report(from, message)
                .because_of(variable.value)
                .because_of_all(pod.used_because_of())
                .help("give the variable a value, or one source in valueFrom");
        }
        for from in container.spec.env_from.objects() {
            let message = match sources(from, &["configMapRef", "secretRef"]) {
                0 => "an entry of envFrom names no ConfigMap and no Secret",
                1 => continue,
                _ => "an entry of envFrom names a ConfigMap and a Secret",
            };
            findings
                .report(from, message)
                .because_of_all(pod.used_because_of())
                .help("make one entry for each");
        }
    }
}

fn sources(from: Field<'_, Object>, known: &[&str]) -> usize {
    let known = from.children().filter(|child| known.contains(&child.key()));
    known.filter(|child| child.present_object().is_some()).count()
}
