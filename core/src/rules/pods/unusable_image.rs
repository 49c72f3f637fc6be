//! RJ601 `unusable-image`.

use crate::quoted::Quoted;
use crate::rayjob::Place;
use crate::rules::prelude::*;

rule! {
    /// A container has no image, or one with blanks around its name.
    ///
    /// ## Why
    /// KubeRay fills in no image. It accepts the job and fails to create the pod, again and again, while the rest of the
    /// cluster starts and holds its nodes.
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
    /// ```
    /// ```yaml bad
    /// spec:
    ///   submitterPodTemplate:
    ///     spec:
    ///       restartPolicy: Never
    ///       containers:
    ///       - name: submitter
    ///         image: "rayproject/ray:2.52.0 "
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     autoscalerOptions:
    ///       image: ""
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
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validateContainerCommon`, `validateContainerOnlyForPod`
    "RJ601" "unusable-image" Deny since "0.1.0" because
        KubernetesRefuses "`spec.containers[0].image: Required value`, `must not have leading or trailing whitespace`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let image = container.spec.image;
        let name = image.value().unwrap_or_default();
        // Without an image of its own, the autoscaler runs in that of the head.
        if name.is_empty() && (image.is_present() || container.place != Place::Autoscaler) {
            findings
                .report(
                    image,
                    format!(
                        "a container of {} has no image, and KubeRay fills none in",
                        pod.name_for_people()
                    ),
                )
                .reason(Reason::Required)
                .because_of_all(pod.used_because_of())
                .help("write the image, for example `rayproject/ray:2.52.0`");
        } else if name.trim() != name {
            findings
                .report(image, format!("the image {} begins or ends with a blank", Quoted(name)))
                .because_of_all(pod.used_because_of())
                .help("remove the blank");
        }
    }
}
