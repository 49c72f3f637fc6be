//! RJ612 `volume-of-two-kinds`.

use crate::rules::prelude::*;

rule! {
    /// A volume has more than one source.
    ///
    /// ## Why
    /// A volume is one thing: an empty directory, a claim, a Secret. The pod is refused each time KubeRay creates it, and
    /// the job waits for it while the rest of its cluster holds its nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes:
    ///           - {name: data, emptyDir: {}, persistentVolumeClaim: {claimName: data}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           volumes:
    ///           - {name: data, persistentVolumeClaim: {claimName: data}}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validateVolumeSource`
    "RJ612" "volume-of-two-kinds" Deny since "0.1.0" because
        KubernetesRefuses "`spec.volumes[0].persistentVolumeClaim: Forbidden: may not specify more than 1 volume type`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        for volume in pod.volumes() {
            let mut sources = volume.sources();
            let (Some(first), Some(second)) = (sources.next(), sources.next()) else { continue };
            findings
                .report(second, format!("the volume has two sources, {} and {}", first.key(), second.key()))
                .reason(Reason::Forbidden)
                .because_of(first)
                .because_of_all(pod.used_because_of())
                .help("keep one of them, and make another volume of the other");
        }
    }
}
