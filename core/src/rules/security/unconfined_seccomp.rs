//! RJ515 `unconfined-seccomp`.

use crate::document::{Field, Object, Text};
use crate::rayjob::MadePod;
use crate::rules::prelude::*;

rule! {
    /// A pod or container may make every call to the kernel of its node.
    ///
    /// ## Why
    /// `seccompProfile: {type: Unconfined}` switches the filter off that keeps a program from the calls to the kernel which
    /// nothing needs in a container, and through which programs have broken out of theirs. Namespaces with the baseline Pod
    /// Security Standard refuse such a pod; then the job waits for it. A privileged container has no filter anyway; another
    /// rule tells of it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           securityContext: {seccompProfile: {type: Unconfined}}
    ///           containers: [{name: ray-head, image: rayproject/ray:2.52.0}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           securityContext: {seccompProfile: {type: RuntimeDefault}}
    ///           containers: [{name: ray-head, image: rayproject/ray:2.52.0}]
    /// ```
    ///
    /// ## References
    /// - [Kubernetes: Pod Security Standards](https://kubernetes.io/docs/concepts/security/pod-security-standards/), baseline
    "RJ515" "unconfined-seccomp" Warn since "0.1.0" because
        Security "the program may make each call to the kernel, which all pods of the node share",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        check_context(&pod, pod.template.spec.security_context, "", findings);
    }
    for (pod, container) in job.made_containers() {
        check_context(&pod, container.spec.security_context, "a container of ", findings);
    }
}

fn check_context<'a>(
    pod: &MadePod<'_, 'a>,
    context: Field<'a, Object>,
    whose: &str,
    findings: &mut Findings<'_, 'a>,
) {
    let kind = kind_of(context);
    if kind.value() == Some("Unconfined") {
        let message =
            format!("{whose}{} may make every call to the kernel of its node", pod.name_for_people());
        findings
            .report(kind, message)
            .because_of_all(pod.used_because_of())
            .help("write type: RuntimeDefault, or remove seccompProfile");
    }
}

fn kind_of(context: Field<'_, Object>) -> Field<'_, Text> {
    context.child::<Object>("seccompProfile").child("type")
}
