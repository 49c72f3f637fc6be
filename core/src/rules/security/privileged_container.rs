//! RJ506 `privileged-container`.

use crate::document::Bool;
use crate::rules::prelude::*;

rule! {
    /// A container is privileged.
    ///
    /// ## Why
    /// A privileged container has all devices and all capabilities of its node: whoever runs a program in it can become root
    /// of the node and read the secrets of every pod there. Ray runs whatever a job's author writes. GPUs and RDMA need no
    /// privileged containers: device plugins bring the devices.
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
    ///             securityContext: {privileged: true}
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
    ///             securityContext: {privileged: false, capabilities: {add: [IPC_LOCK]}}
    /// ```
    ///
    /// ## References
    /// - [Kubernetes: Pod Security Standards](https://kubernetes.io/docs/concepts/security/pod-security-standards/), baseline
    "RJ506" "privileged-container" Warn since "0.1.0" because
        Security "a privileged container is root on its node",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let privileged = container.spec.security_context.child::<Bool>("privileged");
        if privileged.is_true() {
            findings
                .report(
                    privileged,
                    format!(
                        "a container of {} is privileged: what runs in it can take over its node",
                        pod.name_for_people()
                    ),
                )
                .because_of_all(pod.used_because_of())
                .help("remove privileged, and add the one capability or device that is needed");
        }
    }
}
