//! RJ637 `malformed-pod-reference`.

use crate::document::Text;
use crate::kubernetes_names::{is_dns1123_label, is_dns1123_subdomain};
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A name that a pod has or refers to is not one that Kubernetes takes.
    ///
    /// ## Why
    /// `hostname` and `subdomain` are labels of DNS names; service accounts, nodes, priority and runtime classes have
    /// lower-case names. The pod is refused each time KubeRay creates it, and the job waits for it while the rest of its
    /// cluster holds its nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           serviceAccountName: Data_Team
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           hostname: ray.head
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           serviceAccountName: data-team
    ///           hostname: ray-head
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `ValidatePodSpec`
    "RJ637" "malformed-pod-reference" Deny since "0.1.0" because
        KubernetesRefuses "`spec.serviceAccountName: Invalid value: a lowercase RFC 1123 subdomain must consist of`, `spec.hostname: Invalid value: a lowercase RFC 1123 label must consist of`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        let spec = &pod.template.spec;
        let labels = ["hostname", "subdomain"].map(|key| spec.object.child::<Text>(key));
        let labels = labels.into_iter().filter(|name| !is_dns1123_label(name.value().unwrap_or_default()));
        let other = ["nodeName", "runtimeClassName"].map(|key| spec.object.child::<Text>(key));
        // KubeRay mends the name of an autoscaled head's service account (`CheckName`).
        let account =
            Some(spec.service_account_name).filter(|name| name.is_present() && !pod.has_autoscaler());
        let subdomains = other.into_iter().chain(account).chain([spec.priority_class_name]);
        let subdomains = subdomains.filter(|name| !is_dns1123_subdomain(name.value().unwrap_or_default()));
        for name in labels.chain(subdomains) {
            let Some(text) = name.non_empty() else { continue };
            findings
                .report(name, format!("{} cannot be {}", name.key(), Quoted(text)))
                .because_of_all(pod.used_because_of())
                .because_of_all(pod.autoscaled_because_of().filter(|_| name.key() == "serviceAccountName"))
                .help("use lower-case letters, digits and hyphens, with a letter or digit at both ends");
        }
    }
}
