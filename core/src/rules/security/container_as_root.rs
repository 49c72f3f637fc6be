//! RJ511 `container-as-root`.

use crate::document::{Bool, Field, Integer, Object};
use crate::rules::prelude::*;

rule! {
    /// Nothing keeps a container from running as root.
    ///
    /// ## Why
    /// A program that runs as root in its container needs one mistake of the kernel or the runtime less to be root on the
    /// node. Ray's images run as the user `ray` (1000), but only `runAsNonRoot` or a `runAsUser` holds an image to that.
    /// Off by default: with the images of the Ray project nothing is wrong. Namespaces with the restricted Pod Security
    /// Standard refuse such pods, and with them the submitter's.
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
    ///             securityContext: {runAsUser: 0}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           securityContext: {runAsNonRoot: true}
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             securityContext: {runAsNonRoot: false}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           securityContext: {runAsNonRoot: true, runAsUser: 1000}
    ///           containers: [{name: ray-head, image: rayproject/ray:2.52.0}]
    /// ```
    ///
    /// ## References
    /// - [Kubernetes: Pod Security Standards](https://kubernetes.io/docs/concepts/security/pod-security-standards/), restricted
    "RJ511" "container-as-root" Off since "0.1.0" because
        Security "root in a container is root on the node, but for the container's walls",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let own = container.spec.security_context;
        let of_pod = pod.template.spec.security_context;
        let user = nearest::<Integer>(own, of_pod, "runAsUser");
        let forbids = nearest::<Bool>(own, of_pod, "runAsNonRoot");
        let is_other = user.value().is_some_and(|user| user != 0);
        if !is_other && !forbids.is_true() {
            findings
                .report(user, format!("nothing keeps a container of {} from running as root", pod.name_for_people()))
                .because_of(own)
                .because_of(of_pod)
                .because_of_all(pod.used_because_of())
                .help("write securityContext.runAsNonRoot: true for the pod, and runAsUser: 1000 for Ray's images");
        }
    }
}

/// What the container says, or else the pod.
fn nearest<'a, T>(own: Field<'a, Object>, of_pod: Field<'a, Object>, key: &'a str) -> Field<'a, T> {
    let field: Field<'a, T> = own.child(key);
    if field.is_present() { field } else { of_pod.child(key) }
}
