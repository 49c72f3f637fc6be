//! RJ621 `unusable-environment-source`.

use crate::document::{Field, Object, Text};
use crate::kubernetes_names::is_dns1123_subdomain;
use crate::rules::prelude::*;

rule! {
    /// An environment variable refers to something that cannot be there.
    ///
    /// ## Why
    /// `ConfigMap`s and Secrets have lower-case names, their keys are of letters, digits, -, _ and ., and a pod tells few of
    /// its fields. The pod is refused each time KubeRay creates it, and the job waits for it while the rest of its cluster
    /// holds its nodes.
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
    ///             env: [{name: TOKEN, valueFrom: {secretKeyRef: {key: token}}}]
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
    ///             env: [{name: LABELS, valueFrom: {fieldRef: {fieldPath: metadata.labels}}}]
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
    ///             envFrom: [{secretRef: {name: My_Keys}}]
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
    ///             - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validateSecretKeySelector`, `validateObjectFieldSelector`, `validateContainerResourceFieldSelector`, `validateSecretEnvSource`
    "RJ621" "unusable-environment-source" Deny since "0.1.0" because
        KubernetesRefuses "`spec.containers[0].env[0].valueFrom.secretKeyRef.key: Required value`, `a lowercase RFC 1123 subdomain must consist of`, `Unsupported value: \"metadata.labels\"`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let mut report = |field: Field<'a, Text>, message: &'static str, help: &'static str| {
            findings.report(field, message).because_of_all(pod.used_because_of()).help(help);
        };
        for from in container.env().filter_map(|variable| variable.value_from.present_object()) {
            for source in from.children().filter_map(Field::present_object) {
                judge(source, &mut report);
            }
        }
        for from in container.spec.env_from.objects() {
            let sources = from.children().filter(|child| matches!(child.key(), "configMapRef" | "secretRef"));
            for name in sources.filter_map(Field::present_object).map(|source| source.child::<Text>("name")) {
                // Kubernetes takes a hyphen at the end here.
                if !is_dns1123_subdomain(name.value().unwrap_or_default().trim_end_matches('-')) {
                    report(name, "no ConfigMap or Secret can have this name", NAME);
                }
            }
        }
    }
}

const NAME: &str = "write its name: lower-case letters, digits, hyphens and dots";

fn judge<'a>(
    source: Field<'a, Object>,
    report: &mut impl FnMut(Field<'a, Text>, &'static str, &'static str),
) {
    match source.key() {
        "configMapKeyRef" | "secretKeyRef" => {
            let (name, key) = (source.child::<Text>("name"), source.child::<Text>("key"));
            if !is_dns1123_subdomain(name.value().unwrap_or_default()) {
                report(name, "no ConfigMap or Secret can have this name", NAME);
            }
            if !is_key(key.value().unwrap_or_default()) {
                report(key, "no ConfigMap or Secret can have this key", "write letters, digits, -, _ and .");
            }
        }
        "fieldRef" => {
            let path = source.child::<Text>("fieldPath");
            if is_unknown_field(path.value().unwrap_or_default()) {
                report(
                    path,
                    "a pod does not tell this field to its containers",
                    "write metadata.name or another known field",
                );
            }
        }
        "resourceFieldRef" => {
            let resource = source.child::<Text>("resource");
            if !is_resource_field(resource.value().unwrap_or_default()) {
                let help = "write limits or requests, a dot, and cpu, memory or ephemeral-storage";
                report(resource, "a container is not told about this resource", help);
            }
        }
        _ => {}
    }
}

/// `IsConfigMapKey`
fn is_key(key: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    !key.is_empty() && key.len() <= 253 && key.bytes().all(allowed) && key != "." && !key.starts_with("..")
}

/// Newer versions of Kubernetes tell more of a pod's spec and status, never more of its metadata.
fn is_unknown_field(path: &str) -> bool {
    if let Some(below) = path.strip_prefix("metadata.") {
        let has_subscript = below.starts_with("labels[") || below.starts_with("annotations[");
        return !has_subscript && !matches!(below, "name" | "namespace" | "uid");
    }
    !path.starts_with("spec.") && !path.starts_with("status.")
}

fn is_resource_field(resource: &str) -> bool {
    let Some((kind, name)) = resource.split_once('.') else { return false };
    let is_known = matches!(name, "cpu" | "memory" | "ephemeral-storage") || name.starts_with("hugepages-");
    matches!(kind, "limits" | "requests") && is_known
}
