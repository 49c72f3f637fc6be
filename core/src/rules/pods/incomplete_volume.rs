//! RJ613 `incomplete-volume`.

use crate::document::{Field, List, Object, Text};
use crate::rayjob::Volume;
use crate::rules::prelude::*;

rule! {
    /// A volume does not say what it is made of.
    ///
    /// ## Why
    /// A volume from a Secret needs the Secret's name, a claim the claim's, a host's folder its path. The pod is refused
    /// each time KubeRay creates it, and the job waits for it while the rest of its cluster holds its nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes:
    ///           - {name: data, persistentVolumeClaim: {}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes:
    ///           - name: scratch
    ///             ephemeral:
    ///               volumeClaimTemplate:
    ///                 spec:
    ///                   accessModes: [ReadWriteOnce]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes:
    ///           - {name: data, persistentVolumeClaim: {claimName: data}}
    ///           - {name: keys, secret: {secretName: keys}}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validateVolumeSource`, `ValidatePersistentVolumeClaimSpec`
    "RJ613" "incomplete-volume" Deny since "0.1.0" because
        KubernetesRefuses "`spec.volumes[0].persistentVolumeClaim.claimName: Required value`, when the pod is created",
}

/// Sources, and a text that each cannot do without.
const NEEDS: [(&str, &str); 9] = [
    ("azureFile", "secretName"),
    ("azureFile", "shareName"),
    ("configMap", "name"),
    ("csi", "driver"),
    ("hostPath", "path"),
    ("nfs", "path"),
    ("nfs", "server"),
    ("persistentVolumeClaim", "claimName"),
    ("secret", "secretName"),
];

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        for source in pod.volumes().filter_map(Volume::source) {
            if let Some(missing) = missing(source) {
                findings
                    .report(missing, format!("the volume's {} lacks {}", source.key(), missing.key()))
                    .reason(Reason::Required)
                    .because_of_all(pod.used_because_of())
                    .help(format!("write {}, or remove the volume", missing.key()));
            }
        }
    }
}

fn missing(source: Field<'_, Object>) -> Option<Field<'_>> {
    if source.key() == "ephemeral" {
        return missing_of_claim(source.child("volumeClaimTemplate"));
    }
    let needs = NEEDS.iter().filter(|(kind, _)| *kind == source.key());
    let mut texts = needs.map(|(_, key)| source.child::<Text>(key));
    // A value of a wrong type is another mistake.
    texts.find(|text| !text.is_present() || text.value() == Some("")).map(Field::any)
}

fn missing_of_claim(template: Field<'_, Object>) -> Option<Field<'_>> {
    if !template.is_present() {
        return Some(template.any());
    }
    let spec = template.child::<Object>("spec");
    let modes = spec.child::<List>("accessModes");
    let storage =
        spec.child::<Object>("resources").child::<Object>("requests").child::<Text>("storage").any();
    let modes = Some(modes.any()).filter(|_| modes.is_absent_or_empty());
    modes.or_else(|| Some(storage).filter(|storage| !storage.is_present()))
}
