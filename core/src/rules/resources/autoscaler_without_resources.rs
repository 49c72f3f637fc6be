//! RJ410 `autoscaler-without-resources`.

use crate::rayjob::ResourceRequirements;
use crate::rules::prelude::*;

rule! {
    /// `autoscalerOptions.resources` leaves out the CPU or the memory of the autoscaler.
    ///
    /// ## Why
    /// What is written there replaces KubeRay's own 500m CPU and 512Mi as a whole. A namespace with a `ResourceQuota` for what is
    /// left out refuses the head's pod; elsewhere the autoscaler has no bound, beside Ray's head.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     autoscalerOptions: {resources: {limits: {memory: 1Gi}}}
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "2"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     autoscalerOptions: {resources: {requests: {cpu: 500m}, limits: {memory: 1Gi}}}
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "2"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     autoscalerOptions: {idleTimeoutSeconds: 60}
    ///     headGroupSpec:
    ///       rayStartParams: {num-cpus: "2"}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `mergeAutoscalerOverrides`, `BuildAutoscalerContainer`
    "RJ410" "autoscaler-without-resources" Warn since "0.1.0" because
        KubeRayHangs "`must specify limits.cpu for: autoscaler`, each time the head's pod is created under such a quota (KubeRay v1.3 to v1.7 mergeAutoscalerOverrides)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster().filter(|cluster| cluster.is_autoscaled()) else { return };
    let Some(autoscaler) = &cluster.autoscaler else { return };
    let Some(requirements) = autoscaler.resources.present_object().map(ResourceRequirements::of) else {
        return;
    };
    let has =
        |name| [requirements.limits, requirements.requests].into_iter().any(|map| map.get(name).is_present());
    if let Some(missing) = ["cpu", "memory"].into_iter().find(|name| !has(name)) {
        findings
            .report(
                autoscaler.resources,
                format!(
                    "the autoscaler's resources say nothing of {missing}, and replace those that KubeRay would set"
                ),
            )
            .because_of(cluster.spec.enable_in_tree_autoscaling)
            .because_of(job.spec.cluster_selector)
            .help("write both cpu and memory, for example 500m and 512Mi, or remove resources");
    }
}
