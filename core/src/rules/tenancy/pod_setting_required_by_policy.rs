//! RJ751 `pod-setting-required-by-policy`.

use crate::document::{Field, Map, Object, Text};
use crate::policy::Policy;
use crate::policy::spec::Toleration;
use crate::quoted::Quoted;
use crate::rayjob::{MadePod, ResourceRequirements, Role};
use crate::rules::prelude::*;

rule! {
    /// A policy asks for a node selector, a toleration or a resource limit that a pod lacks.
    ///
    /// ## Why
    /// Pods without them land on nodes that are meant for others, wait for nodes that never let them in, or take all that
    /// a node has. Node selectors and tolerations are asked of every pod, the submitter too: without a
    /// `submitterPodTemplate` KubeRay writes one that has none. Limits are asked of the containers in which Ray runs, or
    /// of their pods as a whole.
    ///
    /// ## Example
    /// ```yaml policy
    /// require:
    ///   nodeSelector: {pool: ray}
    ///   tolerations: [{key: dedicated, value: ray, effect: NoSchedule}]
    ///   resourceLimits: [memory]
    /// ```
    /// ```yaml bad
    /// metadata: {name: train}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   submissionMode: HTTPMode
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           nodeSelector: {pool: general}
    ///           tolerations: [{key: dedicated, value: ray, effect: NoExecute}]
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0
    ///             resources: {limits: {memory: 8Gi}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   submissionMode: HTTPMode
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           nodeSelector: {pool: ray}
    ///           tolerations: [{key: dedicated, operator: Exists}]
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0
    ///             resources: {limits: {memory: 8Gi}}
    /// ```
    "RJ751" "pod-setting-required-by-policy" Deny since "0.1.0" [of policies] because
        Policy "`require.nodeSelector`, `require.tolerations`, `require.resourceLimits`",
}

fn check<'a>(policy: &'a Policy, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let require = &policy.require;
    for pod in job.made_pods() {
        for (key, value) in &require.node_selector {
            judge_selector(pod, key, value, findings);
        }
        for toleration in &require.tolerations {
            judge_toleration(pod, toleration, findings);
        }
        for name in &require.resource_limits {
            judge_limit(pod, name, findings);
        }
    }
    let template = job.spec.submitter_pod_template;
    let asks_of_all = !require.node_selector.is_empty() || !require.tolerations.is_empty();
    if asks_of_all && job.submission_mode() == SubmissionMode::K8sJobMode && !template.is_present() {
        let what = [
            (!require.node_selector.is_empty()).then_some("node selector"),
            (!require.tolerations.is_empty()).then_some("tolerations"),
        ];
        let what: Vec<_> = what.into_iter().flatten().collect();
        findings
            .report(template, format!("the submitter that KubeRay writes has no {}", what.join(" and no ")))
            .reason(Reason::Required)
            .because_of(job.spec.submission_mode)
            .help("write a submitterPodTemplate that has what the other pods need, too");
    }
}

fn judge_selector<'a>(pod: MadePod<'_, 'a>, key: &'a str, value: &str, findings: &mut Findings<'_, 'a>) {
    let field = pod.template.spec.node_selector.get(key);
    if field.value() == Some(value) {
        return;
    }
    let name = pod.name_for_people();
    findings
        .report(field, format!("{name} does not select the nodes with {}: {}", Quoted(key), Quoted(value)))
        .reason(Reason::Required)
        .because_of_all(pod.used_because_of())
        .help(format!("write {}: {} into nodeSelector of its template", Quoted(key), Quoted(value)));
}

fn judge_toleration<'a>(pod: MadePod<'_, 'a>, wanted: &Toleration, findings: &mut Findings<'_, 'a>) {
    let field = pod.template.spec.tolerations;
    if field.objects().any(|toleration| satisfies(toleration, wanted)) {
        return;
    }
    let written = write(wanted);
    findings
        .report(field, format!("{} does not tolerate the taint {written}", pod.name_for_people()))
        .reason(Reason::Required)
        .because_of_all(pod.used_because_of())
        .help(format!("add to tolerations of its template one for {written}"));
}

/// Whether the pod's toleration bears all taints that the wanted one bears (Kubernetes v1.35 `ToleratesTaint`).
fn satisfies(toleration: Field<'_, Object>, wanted: &Toleration) -> bool {
    let text = |key| toleration.child::<Text>(key).non_empty();
    let bears_all_values = text("operator") == Some("Exists");
    let is_of_key = match text("key") {
        Some(key) => key == wanted.key,
        None => bears_all_values,
    };
    let is_of_value = match &wanted.value {
        Some(value) => bears_all_values || text("value").unwrap_or_default() == value,
        None => true,
    };
    let is_of_effect = match (&wanted.effect, text("effect")) {
        (Some(wanted), Some(effect)) => effect == wanted,
        _ => true,
    };
    is_of_key && is_of_value && is_of_effect
}

/// A taint as `kubectl taint` writes it.
fn write(toleration: &Toleration) -> String {
    let value = toleration.value.as_ref().map(|value| format!("={value}")).unwrap_or_default();
    let effect = toleration.effect.as_ref().map(|effect| format!(":{effect}")).unwrap_or_default();
    Quoted(&[&toleration.key, value.as_str(), effect.as_str()].concat()).to_string()
}

fn judge_limit<'a>(pod: MadePod<'_, 'a>, name: &'a str, findings: &mut Findings<'_, 'a>) {
    if matches!(pod.role, Role::Submitter) {
        return;
    }
    let Some(container) = pod.template.ray_container() else { return };
    let own: Field<'a, Text> = ResourceRequirements::of(container.resources).limits.get(name);
    let of_pod: Field<'a, Map> = pod.template.spec.object.child::<Object>("resources").child("limits");
    if own.is_present() || of_pod.get(name).is_present() {
        return;
    }
    findings
        .report(own, format!("Ray's container in {} has no limit of {}", pod.name_for_people(), Quoted(name)))
        .reason(Reason::Required)
        .because_of(of_pod.get(name))
        .because_of_all(pod.used_because_of())
        .help(format!("write resources.limits of {} for its first container", Quoted(name)));
}
