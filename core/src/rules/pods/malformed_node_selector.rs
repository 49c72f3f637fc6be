//! RJ628 `malformed-node-selector`.

use crate::document::Text;
use crate::kubernetes_names::{is_label_value, is_qualified_name};
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// nodeSelector holds a key or value that no label of a node can have.
    ///
    /// ## Why
    /// No node could have such a label. The pod is refused each time KubeRay creates it, and the job waits for it while
    /// the rest of its cluster holds its nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           nodeSelector: {gpu type: a100}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           nodeSelector: {nvidia.com/gpu.product: NVIDIA-A100}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `ValidateLabels`
    "RJ628" "malformed-node-selector" Deny since "0.1.0" because
        KubernetesRefuses "`spec.nodeSelector: Invalid value: name part must consist of alphanumeric characters`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        for label in pod.template.spec.node_selector.each() {
            let message = match label.cast::<Text>().value() {
                _ if !is_qualified_name(label.key()) => {
                    format!("no node has a label {}", Quoted(label.key()))
                }
                Some(value) if !is_label_value(value) => format!("no label of a node is {}", Quoted(value)),
                _ => continue,
            };
            findings
                .report(label, message)
                .because_of_all(pod.used_because_of())
                .help("copy the label from `kubectl get nodes --show-labels`");
        }
    }
}
