//! RJ605 `unknown-pod-policy`.

use crate::document::{Field, Text};
use crate::finding::Report;
use crate::quoted::Quoted;
use crate::rayjob::{MadePod, Role};
use crate::rules::prelude::*;

rule! {
    /// A policy of a pod or container has a value that Kubernetes does not know.
    ///
    /// ## Why
    /// The values are case-sensitive, and KubeRay passes them on as they are. The pod is refused each time it is to be
    /// created.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-head, image: "rayproject/ray:2.52.0", imagePullPolicy: always}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           restartPolicy: Sometimes
    ///           containers:
    ///           - {name: ray-head, image: "rayproject/ray:2.52.0"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           dnsPolicy: ClusterFirst
    ///           restartPolicy: Never
    ///           containers:
    ///           - {name: ray-head, image: "rayproject/ray:2.52.0", imagePullPolicy: Always}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validatePullPolicy`, `validateContainerCommon`, `validateRestartPolicy`, `validateDNSPolicy`
    "RJ605" "unknown-pod-policy" Deny since "0.1.0" because
        KubernetesRefuses "`spec.containers[0].imagePullPolicy: Unsupported value: \"always\"`, when the pod is created",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        for container in pod.containers() {
            let message_policy = container.spec.object.child("terminationMessagePolicy");
            expect(pod, container.spec.image_pull_policy, &["Always", "IfNotPresent", "Never"], findings);
            expect(pod, message_policy, &["File", "FallbackToLogsOnError"], findings);
        }
        let spec = &pod.template.spec;
        let dns_policies = ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"];
        expect(pod, spec.object.child("dnsPolicy"), &dns_policies, findings);
        expect(pod, spec.object.child("preemptionPolicy"), &["PreemptLowerPriority", "Never"], findings);
        if let Some(context) = spec.security_context.present_object() {
            expect(pod, context.child("fsGroupChangePolicy"), &["OnRootMismatch", "Always"], findings);
        }
        if spec.restart_policy.is_present() && !is_replaced(pod, job) {
            // KubeRay keeps the policy only while these have their values.
            let kept_by = [job.spec.submission_mode.any()].into_iter().chain(pod.autoscaled_because_of());
            let known = ["Always", "OnFailure", "Never"];
            expect(pod, spec.restart_policy, &known, findings).map(|report| report.because_of_all(kept_by));
        }
    }
}

/// Whether KubeRay replaces the restart policy, or the batch Job of the submitter demands more of it.
fn is_replaced(pod: MadePod<'_, '_>, job: &RayJob<'_>) -> bool {
    match pod.role {
        Role::Submitter => true,
        Role::Head(_) if job.submission_mode() == SubmissionMode::SidecarMode => true,
        Role::Head(_) | Role::Worker(_) => pod.cluster_is_autoscaled(),
    }
}

fn expect<'f, 'a>(
    pod: MadePod<'_, 'a>,
    field: Field<'a, Text>,
    known: &[&'static str],
    findings: &'f mut Findings<'_, 'a>,
) -> Option<Report<'f, 'a>> {
    let value = field.non_empty().filter(|value| !known.contains(value))?;
    let help = match known.iter().find(|known| known.eq_ignore_ascii_case(value)) {
        Some(meant) => format!("write `{meant}`"),
        None => format!("write one of {}", known.join(", ")),
    };
    let report = findings.report(field, format!("Kubernetes knows no {} {}", field.key(), Quoted(value)));
    Some(report.reason(Reason::NotSupported).because_of_all(pod.used_because_of()).help(help))
}
