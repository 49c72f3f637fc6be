//! RJ625 `unusable-probe-number`.

use crate::document::{Field, Integer, Object};
use crate::rules::prelude::*;

rule! {
    /// A number of a probe is negative, or one that this kind of probe does not take.
    ///
    /// ## Why
    /// A liveness or startup probe has succeeded after one success, and a readiness probe ends no container. The pod is
    /// refused each time KubeRay creates it, and the job waits for it while the rest of its cluster holds its nodes.
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
    ///             livenessProbe: {tcpSocket: {port: 6379}, successThreshold: 2}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.52.0
    ///             readinessProbe: {tcpSocket: {port: 6379}, periodSeconds: -5}
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
    ///             readinessProbe: {tcpSocket: {port: 6379}, periodSeconds: 5, successThreshold: 2}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validateProbe`, `validateLivenessProbe`, `validateReadinessProbe`
    "RJ625" "unusable-probe-number" Deny since "0.1.0" because
        KubernetesRefuses "`must be greater than or equal to 0`, `spec.containers[0].livenessProbe.successThreshold: must be 1`, `must not be set for readinessProbes`, when the pod is created",
}

const NUMBERS: [&str; 5] =
    ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"];

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        if !container.may_have_probes() {
            continue;
        }
        for probe in container.probes() {
            for (number, message, help) in problems(probe) {
                findings.report(number, message).because_of_all(pod.used_because_of()).help(help);
            }
        }
    }
}

fn problems(
    probe: Field<'_, Object>,
) -> impl Iterator<Item = (Field<'_, Integer>, &'static str, &'static str)> {
    let negative = NUMBERS.into_iter().map(move |key| probe.child::<Integer>(key));
    let negative = negative.filter(|number| number.value().is_some_and(|number| number < 0));
    let negative =
        negative.map(|number| (number, "a probe has no negative numbers", "write a number above 0"));
    let is_of_readiness = probe.key() == "readinessProbe";
    let successes = probe.child::<Integer>("successThreshold");
    let successes =
        Some(successes).filter(|number| !is_of_readiness && number.value().is_some_and(|number| number > 1));
    let successes = successes
        .map(|number| (number, "only a readiness probe can ask for more than one success", "write 1"));
    let grace = probe.child::<Integer>("terminationGracePeriodSeconds");
    let grace = match grace.value() {
        Some(_) if is_of_readiness => Some((grace, "a readiness probe ends no container", "remove it")),
        Some(..=0) => Some((grace, "the time to end is at least one second", "write a number above 0")),
        _ => None,
    };
    negative.chain(successes).chain(grace)
}
