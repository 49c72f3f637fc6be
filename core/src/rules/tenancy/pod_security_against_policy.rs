//! RJ750 `pod-security-against-policy`.

use crate::pod_security::judge;
use crate::policy::Policy;
use crate::policy::spec::PodSecurity;
use crate::rules::prelude::*;

rule! {
    /// A pod of the job does not meet the Pod Security Standard that a policy asks for.
    ///
    /// ## Why
    /// A namespace with that standard refuses the pod, and with it the head, the workers or the submitter: the job is
    /// taken, and then waits for pods that never come. In other namespaces the pod gets power over its node, or goes
    /// without what would contain it.
    ///
    /// The pods are judged as Kubernetes v1.35 judges them with its newest version of the standards, together with what
    /// KubeRay adds: the autoscaler has the security context of `autoscalerOptions`, the submitter that KubeRay writes
    /// itself has none, nor has the one beside the head in `SidecarMode`. So `restricted` takes a `submitterPodTemplate`
    /// with a security context, or `HTTPMode`.
    ///
    /// ## Example
    /// ```yaml policy
    /// limits: {podSecurity: baseline}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           hostIPC: true
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0
    ///             securityContext: {capabilities: {add: [SYS_PTRACE]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0
    ///             securityContext: {capabilities: {add: [CHOWN]}}
    /// ```
    /// ```yaml policy
    /// limits: {podSecurity: restricted}
    /// ```
    /// ```yaml bad
    /// metadata: {name: train}
    /// ```
    /// ```yaml good
    /// spec:
    ///   submissionMode: HTTPMode
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0
    ///             securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
    /// ```
    ///
    /// ## References
    /// - [Kubernetes: Pod Security Standards](https://kubernetes.io/docs/concepts/security/pod-security-standards/)
    "RJ750" "pod-security-against-policy" Deny since "0.1.0" [of policies] because
        Policy "`limits.podSecurity`",
}

fn check<'a>(policy: &'a Policy, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(standard) = policy.limits.pod_security else { return };
    let name = match standard {
        PodSecurity::Baseline => "baseline",
        PodSecurity::Restricted => "restricted",
    };
    for violation in judge(job, standard).into_iter().flat_map(|judged| judged.violations) {
        let title = violation.control.title();
        findings
            .report(violation.field, format!("{} (Pod Security Standard {name}: {title})", violation.problem))
            .reason(Reason::Forbidden)
            .because_of_all(violation.also)
            .help(violation.help);
    }
}
