//! RJ507 `host-namespace`.

use crate::rules::prelude::*;

rule! {
    /// A pod shares the network, the processes or the memory segments of its node.
    ///
    /// ## Why
    /// With `hostNetwork` the ports of Ray, at which everybody may run programs, are ports of the node, network policies for
    /// pods do not hold, and the job reaches what listens for the node only, such as a cloud's metadata with its
    /// credentials. With `hostPID` it sees the processes of all pods of the node, and their environment. With `hostIPC` it
    /// sees their shared memory. Some networks for training need `hostNetwork`; a policy can allow it for those namespaces.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           hostNetwork: true
    ///           containers: [{name: ray-head, image: rayproject/ray:2.52.0}]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           hostPID: true
    ///           containers: [{name: ray-head, image: rayproject/ray:2.52.0}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           hostNetwork: false
    ///           shareProcessNamespace: true
    ///           containers: [{name: ray-head, image: rayproject/ray:2.52.0}]
    /// ```
    ///
    /// ## References
    /// - [Kubernetes: Pod Security Standards](https://kubernetes.io/docs/concepts/security/pod-security-standards/), baseline
    "RJ507" "host-namespace" Warn since "0.1.0" because
        Security "the pod shares the node's network, processes or memory with everything else there",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        let spec = &pod.template.spec;
        for (field, opens) in [
            (
                spec.host_network,
                "shares the network of its node: Ray's ports are open on the node, and the node's own services are reachable",
            ),
            (spec.host_pid, "sees the processes of all pods of its node, with their environments"),
            (spec.host_ipc, "sees the shared memory of all pods of its node that do the same"),
        ] {
            if field.is_true() {
                findings
                    .report(field, format!("the pod of {} {opens}", pod.name_for_people()))
                    .because_of_all(pod.used_because_of())
                    .help(format!("remove {}, unless the job cannot do without", field.key()));
            }
        }
    }
}
