//! RJ634 `user-out-of-range`.

use crate::document::{Field, Integer, List};
use crate::rules::prelude::*;

rule! {
    /// A user or group id is negative or above 2147483647.
    ///
    /// ## Why
    /// The pod is refused each time KubeRay creates it, and the job waits for it while the rest of its cluster holds its
    /// nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           securityContext: {fsGroup: -1}
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
    ///             securityContext: {runAsUser: -1}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           securityContext: {fsGroup: 100}
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             securityContext: {runAsUser: 1000}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `IsValidUserID`, `IsValidGroupID`
    "RJ634" "user-out-of-range" Deny since "0.1.0" because
        KubernetesRefuses "`spec.securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        let of_pod = pod.template.spec.security_context.present_object();
        let of_containers =
            pod.containers().filter_map(|container| container.spec.security_context.present_object());
        let users = of_pod.into_iter().chain(of_containers);
        let users =
            users.flat_map(|context| ["runAsUser", "runAsGroup"].map(|key| context.child::<Integer>(key)));
        // Only a pod has these.
        let groups = of_pod.into_iter().flat_map(|context| {
            let groups = context.child::<List>("supplementalGroups").each();
            groups.map(Field::cast::<Integer>).chain([context.child("fsGroup")])
        });
        let ids = users.chain(groups);
        for id in ids.filter(|id| id.value().is_some_and(|id| i32::try_from(id).is_err() || id < 0)) {
            findings
                .report(id, "the id of a user or group is between 0 and 2147483647")
                .because_of_all(pod.used_because_of())
                .help("write the number that the image expects, for example 1000");
        }
    }
}
