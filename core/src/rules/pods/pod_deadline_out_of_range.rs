//! RJ639 `pod-deadline-out-of-range`.

use crate::document::Integer;
use crate::rules::prelude::*;

rule! {
    /// activeDeadlineSeconds of a pod is less than 1 or above 2147483647.
    ///
    /// ## Why
    /// It is the pod's deadline, not the job's, which stands in the RayJob's own `activeDeadlineSeconds`. The pod is
    /// refused each time KubeRay creates it, and the job waits for it while the rest of its cluster holds its nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           activeDeadlineSeconds: 0
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           activeDeadlineSeconds: 3600
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `ValidatePodSpec`
    "RJ639" "pod-deadline-out-of-range" Deny since "0.1.0" because
        KubernetesRefuses "`spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        let deadline = pod.template.spec.object.child::<Integer>("activeDeadlineSeconds");
        if deadline.value().is_some_and(|deadline| deadline < 1 || i32::try_from(deadline).is_err()) {
            findings
                .report(deadline, "a pod's deadline is between 1 and 2147483647 seconds")
                .because_of_all(pod.used_because_of())
                .help("write a number of seconds, or remove it");
        }
    }
}
