//! RJ710 `contradictory-topology`.

use crate::document::{Field, Map};
use crate::quoted::Quoted;
use crate::rules::prelude::*;

const REQUIRED: &str = "kueue.x-k8s.io/podset-required-topology";
const PREFERRED: &str = "kueue.x-k8s.io/podset-preferred-topology";
const UNCONSTRAINED: &str = "kueue.x-k8s.io/podset-unconstrained-topology";
const SLICE: &str = "kueue.x-k8s.io/podset-slice-required-topology";
const SLICE_SIZE: &str = "kueue.x-k8s.io/podset-slice-size";
const GROUP: &str = "kueue.x-k8s.io/podset-group-name";

rule! {
    /// The topology that a group of a job in a Kueue queue asks for contradicts itself.
    ///
    /// ## Why
    /// Annotations of a pod template tell Kueue how near to each other its pods must run. One of required, preferred and
    /// unconstrained can be asked for; a slice needs a topology and a size; grouped pod sets have no slices. Kueue's webhook refuses
    /// what contradicts this, unless its admin has switched topology-aware scheduling off: then nobody reads the annotations.
    ///
    /// ## Example
    /// ```yaml bad
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         metadata:
    ///           annotations:
    ///             kueue.x-k8s.io/podset-required-topology: cloud.example.com/rack
    ///             kueue.x-k8s.io/podset-preferred-topology: cloud.example.com/block
    /// ```
    /// ```yaml bad
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         metadata:
    ///           annotations: {kueue.x-k8s.io/podset-slice-required-topology: cloud.example.com/rack}
    /// ```
    /// ```yaml bad
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         metadata:
    ///           annotations: {kueue.x-k8s.io/podset-unconstrained-topology: "yes"}
    /// ```
    /// ```yaml good
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         metadata:
    ///           annotations:
    ///             kueue.x-k8s.io/podset-required-topology: cloud.example.com/block
    ///             kueue.x-k8s.io/podset-slice-required-topology: cloud.example.com/rack
    ///             kueue.x-k8s.io/podset-slice-size: "1"
    /// ```
    ///
    /// ## References
    /// - Kueue v0.19 `ValidateTASPodSetRequest`
    "RJ710" "contradictory-topology" Warn since "0.1.0" [reads metadata] because
        Kueue "`must not contain more than one topology annotation` and others, in its webhook (Kueue v0.14 to v0.19, with TopologyAwareScheduling)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some((_, cluster)) = job.queued_cluster() else { return };
    for group in cluster.groups() {
        let annotations = group.template.object.child::<Map>("metadata").child::<Map>("annotations");
        if let Some((key, problem, help)) = contradiction(annotations) {
            findings
                .report(annotations.get(key), format!("for {} {problem}", group.name_for_people()))
                .because_of(annotations)
                .because_of(job.queue_name())
                .because_of(job.spec.cluster_selector)
                .help(help);
        }
    }
}

/// The annotation to mend, what is wrong with it, and what to write.
fn contradiction(annotations: Field<'_, Map>) -> Option<(&'static str, String, &'static str)> {
    let value = |key| annotations.get(key).value();
    let one_of = [REQUIRED, PREFERRED, UNCONSTRAINED];
    let mut asked = one_of.into_iter().filter(|key| value(key).is_some());
    if let (Some(first), Some(second)) = (asked.next(), asked.next()) {
        let problem = format!("both `{first}` and `{second}` are set");
        return Some((second, problem, "keep one of required, preferred and unconstrained topology"));
    }
    if let Some(text) = value(UNCONSTRAINED).filter(|text| !is_go_boolean(text)) {
        let problem = format!("`{UNCONSTRAINED}` is {}", Quoted(text));
        return Some((UNCONSTRAINED, problem, "write \"true\" or \"false\""));
    }
    match (value(SLICE), value(SLICE_SIZE)) {
        (Some(_), None) => {
            let problem = format!("`{SLICE}` is set without a size of the slices");
            return Some((SLICE_SIZE, problem, "add `kueue.x-k8s.io/podset-slice-size`"));
        }
        (None, Some(_)) => {
            let problem = format!("`{SLICE_SIZE}` is set without a topology of the slices");
            return Some((SLICE_SIZE, problem, "add `kueue.x-k8s.io/podset-slice-required-topology`"));
        }
        (_, Some(size)) if !size.parse::<i32>().is_ok_and(|size| size > 0) => {
            let problem = format!("the size of the slices is {}", Quoted(size));
            return Some((SLICE_SIZE, problem, "write a whole number greater than zero"));
        }
        _ => {}
    }
    let group = value(GROUP)?;
    if value(SLICE).is_some() {
        let problem = format!("`{GROUP}` is set together with slices");
        return Some((GROUP, problem, "keep either the group or the slices"));
    }
    let is_number = group.parse::<u64>().is_ok() && !group.starts_with('+');
    is_number.then(|| {
        (GROUP, format!("the pod sets' group is {}", Quoted(group)), "choose a name that is no number")
    })
}

/// What Go's `strconv.ParseBool` reads.
fn is_go_boolean(text: &str) -> bool {
    matches!(text, "1" | "t" | "T" | "true" | "TRUE" | "True" | "0" | "f" | "F" | "false" | "FALSE" | "False")
}
