//! RJ747 `choice-against-policy`.

use crate::document::{Field, Text};
use crate::policy::spec::{Permission, SubmissionMode as Allowed};
use crate::policy::{Names, Policy};
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// The job chooses something that a policy does not allow.
    ///
    /// ## Why
    /// A submission mode, an existing cluster, autoscaling, an ingress, a type of service, a service account, a priority
    /// class: each opens or takes something that the administrators of the cluster may want to keep for others.
    ///
    /// ## Example
    /// ```yaml policy
    /// limits:
    ///   submissionModes: [K8sJobMode]
    ///   serviceTypes: {allow: [ClusterIP]}
    ///   autoscaling: Deny
    /// ```
    /// ```yaml bad
    /// spec: {submissionMode: HTTPMode}
    /// ```
    /// ```yaml bad
    /// spec: {rayClusterSpec: {enableInTreeAutoscaling: true}}
    /// ```
    /// ```yaml bad
    /// spec: {rayClusterSpec: {headGroupSpec: {serviceType: LoadBalancer}}}
    /// ```
    /// ```yaml good
    /// spec: {submissionMode: K8sJobMode, rayClusterSpec: {headGroupSpec: {serviceType: ClusterIP}}}
    /// ```
    "RJ747" "choice-against-policy" Deny since "0.1.0" [of policies] because
        Policy "`limits.submissionModes`, `limits.clusterSelector`, `limits.autoscaling`, `limits.ingress`, `limits.serviceTypes`, `limits.serviceAccounts`, `limits.priorityClasses`",
}

fn check<'a>(policy: &'a Policy, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    judge_mode(policy, job, findings);
    let limits = &policy.limits;
    if limits.cluster_selector == Some(Permission::Deny) && job.selects_cluster() {
        findings
            .report(job.spec.cluster_selector, "the job uses an existing cluster")
            .help("describe a cluster of its own in rayClusterSpec, and remove clusterSelector");
    }
    for pod in job.made_pods() {
        let spec = &pod.template.spec;
        if let Some(names) = &limits.service_accounts {
            judge_name(spec.service_account_name, "default", "service account", names, findings);
        }
        if let Some(names) = &limits.priority_classes {
            judge_name(spec.priority_class_name, "", "priority class", names, findings);
        }
    }
    let Some(cluster) = job.own_cluster() else { return };
    let autoscaling = cluster.spec.enable_in_tree_autoscaling;
    if limits.autoscaling == Some(Permission::Deny) && autoscaling.is_true() {
        findings
            .report(autoscaling, "Ray's autoscaler may change the number of workers")
            .help("remove enableInTreeAutoscaling, and set replicas to what the job needs");
    }
    let head = &cluster.head.spec;
    if limits.ingress == Some(Permission::Deny) && head.enable_ingress.is_true() {
        findings
            .report(head.enable_ingress, "the head has an ingress")
            .help("remove enableIngress; `kubectl port-forward` reaches the dashboard too");
    }
    if let Some(names) = &limits.service_types {
        judge_name(head.service_type, "ClusterIP", "type of service", names, findings);
    }
}

fn judge_mode<'a>(policy: &'a Policy, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let allowed = &policy.limits.submission_modes;
    let mode = match job.submission_mode() {
        SubmissionMode::K8sJobMode => Allowed::K8sJobMode,
        SubmissionMode::HTTPMode => Allowed::HTTPMode,
        SubmissionMode::InteractiveMode => Allowed::InteractiveMode,
        SubmissionMode::SidecarMode => Allowed::SidecarMode,
        SubmissionMode::Unknown(_) => return,
    };
    if !allowed.is_empty() && !allowed.contains(&mode) {
        let names: Vec<_> = allowed.iter().map(|mode| format!("{mode:?}")).collect();
        findings
            .report(job.spec.submission_mode, format!("submissionMode {mode:?} is not allowed here"))
            .reason(Reason::NotSupported)
            .help(format!("write {}", names.join(" or ")));
    }
}

/// What stands there, or what counts when nothing does.
fn judge_name<'a>(
    field: Field<'a, Text>,
    default: &'static str,
    what: &str,
    names: &'a Names,
    findings: &mut Findings<'_, 'a>,
) {
    let name = field.non_empty().unwrap_or(default);
    if names.allow(name) {
        return;
    }
    let problem = match name {
        "" => format!("a {what} must be named here"),
        name => format!("the {what} {} is not allowed here", Quoted(name)),
    };
    let allowed: Vec<_> = names.written.allow.iter().map(|name| Quoted(name).to_string()).collect();
    let help = match allowed.as_slice() {
        [] => format!("take another {what}, or ask whoever runs the cluster"),
        allowed => format!("take one of {}", allowed.join(", ")),
    };
    findings.report(field, problem).help(help);
}
