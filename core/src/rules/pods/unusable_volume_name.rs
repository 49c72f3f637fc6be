//! RJ611 `unusable-volume-name`.

use std::collections::BTreeMap;

use crate::kubernetes_names::is_dns1123_label;
use crate::quoted::Quoted;
use crate::rayjob::Volume;
use crate::rules::prelude::*;

rule! {
    /// A volume has no name, one that is no DNS label, or that of another volume.
    ///
    /// ## Why
    /// Containers mount volumes by name. The pod is refused each time KubeRay creates it, and the job waits for it while
    /// the rest of its cluster holds its nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes:
    ///           - {name: my_data, emptyDir: {}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes:
    ///           - {name: data, emptyDir: {}}
    ///           - {name: data, configMap: {name: settings}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes:
    ///           - {name: my-data, emptyDir: {}}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `ValidateVolumes`
    "RJ611" "unusable-volume-name" Deny since "0.1.0" because
        KubernetesRefuses "`spec.volumes[0].name: Required value`, `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-'`, `Duplicate value`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        let mut first = BTreeMap::new();
        for name in pod.volumes().map(Volume::name) {
            let text = name.value().unwrap_or_default();
            let earlier = first.insert(text, name.any()).filter(|_| !text.is_empty());
            let message = if text.is_empty() {
                format!("a volume of {} has no name", pod.name_for_people())
            } else if earlier.is_some() {
                format!("another volume of {} has the name {}, too", pod.name_for_people(), Quoted(text))
            } else if is_dns1123_label(text) {
                continue;
            } else {
                format!("no volume can have the name {}", Quoted(text))
            };
            findings
                .report(name, message)
                .because_of_all(earlier)
                .because_of_all(pod.used_because_of())
                .help("give each volume a name of its own, of lower-case letters, digits and hyphens");
        }
    }
}
