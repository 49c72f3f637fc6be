//! RJ510 `unmasked-proc`.

use crate::document::{Bool, Text};
use crate::rules::prelude::*;

rule! {
    /// A container sees the whole `/proc` of the kernel.
    ///
    /// ## Why
    /// Container runtimes hide those parts of `/proc` through which a program reads or changes the kernel that all pods of
    /// the node share. `procMount: Unmasked` shows them. It is meant for containers inside of containers, with users of
    /// their own (`hostUsers: false`); then the rule is silent.
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
    ///             securityContext: {procMount: Unmasked}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           hostUsers: false
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             securityContext: {procMount: Unmasked}
    /// ```
    ///
    /// ## References
    /// - [Kubernetes: Pod Security Standards](https://kubernetes.io/docs/concepts/security/pod-security-standards/), baseline
    "RJ510" "unmasked-proc" Warn since "0.1.0" because
        Security "the container sees the parts of /proc that runtimes hide from containers",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let mount = container.spec.security_context.child::<Text>("procMount");
        if mount.value() != Some("Unmasked") {
            continue;
        }
        let users = pod.template.spec.object.child::<Bool>("hostUsers");
        if users.value() != Some(false) {
            findings
                .report(
                    mount,
                    format!(
                        "a container of {} sees the parts of /proc that others are kept from",
                        pod.name_for_people()
                    ),
                )
                .because_of(users)
                .because_of_all(pod.used_because_of())
                .help("remove procMount, or give the pod users of its own with hostUsers: false");
        }
    }
}
