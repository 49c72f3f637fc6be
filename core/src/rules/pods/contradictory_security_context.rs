//! RJ635 `contradictory-security-context`.

use crate::document::{Bool, Field, List, Object, Text};
use crate::rules::prelude::*;

rule! {
    /// A security context allows and forbids the same.
    ///
    /// ## Why
    /// A privileged container, or one with `CAP_SYS_ADMIN`, can always escalate its privileges. The pod is refused each
    /// time KubeRay creates it, and the job waits for it while the rest of its cluster holds its nodes.
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
    ///             securityContext: {privileged: true, allowPrivilegeEscalation: false}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           hostPID: true
    ///           securityContext: {}
    ///           shareProcessNamespace: true
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
    ///             securityContext: {privileged: true}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `ValidateSecurityContext`, `validatePodSpecSecurityContext`
    "RJ635" "contradictory-security-context" Deny since "0.1.0" because
        KubernetesRefuses "`cannot set `allowPrivilegeEscalation` to false and `privileged` to true`, `ShareProcessNamespace and HostPID cannot both be enabled`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        for container in pod.containers() {
            let Some(context) = container.spec.security_context.present_object() else { continue };
            let escalation = context.child::<Bool>("allowPrivilegeEscalation");
            if escalation.value() != Some(false) {
                continue;
            }
            let privileged = context.child::<Bool>("privileged");
            let added = context
                .child::<Object>("capabilities")
                .present_object()
                .map(|added| added.child::<List>("add"));
            let added = added.into_iter().flat_map(|added| added.each().map(Field::cast::<Text>));
            let rules_all = added.into_iter().find(|added| added.value() == Some("CAP_SYS_ADMIN"));
            let grant = Some(privileged.any()).filter(|_| privileged.is_true());
            if let Some(grant) = grant.or(rules_all.map(Field::any)) {
                findings
                    .report(
                        escalation,
                        "a container cannot be that powerful and forbid the escalation of privileges",
                    )
                    .because_of(grant)
                    .because_of_all(pod.used_because_of())
                    .help("remove allowPrivilegeEscalation, or what contradicts it");
            }
        }
        let spec = &pod.template.spec;
        let shared = spec.object.child::<Bool>("shareProcessNamespace");
        if shared.is_true() && spec.host_pid.is_true() {
            findings
                .report(shared, "the processes are shared with the host already: hostPID is true")
                .because_of(spec.host_pid)
                .because_of_all(pod.used_because_of())
                .help("remove shareProcessNamespace or hostPID");
        }
    }
}
