//! RJ405 `other-gpus-than-container`.

use crate::document::{Field, Map};
use crate::node_resources::{Kind, Offer};
use crate::quoted::Quoted;
use crate::rayjob::ResourceRequirements;
use crate::rules::prelude::*;

rule! {
    /// Ray is told another number of GPUs than the container gets.
    ///
    /// ## Why
    /// `num-gpus`, or `GPU` of the group's `resources`, wins over the container's limit. With fewer, GPUs are reserved that no task
    /// ever gets: with `"0"` all of them. With more, several tasks are sent to the same GPU, or to none.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-gpus: "0"}
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0-gpu
    ///             resources: {limits: {cpu: 8, memory: 32Gi, nvidia.com/gpu: 1}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {num-gpus: "1"}
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0-gpu
    ///             resources: {limits: {cpu: 8, memory: 32Gi, nvidia.com/gpu: 1}}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `addWellKnownAcceleratorResources`, `updateRayStartParamsResources`
    "RJ405" "other-gpus-than-container" Warn since "0.1.0" [reads metadata] because
        Ray "tasks are given as many GPUs as `--num-gpus` says (Ray 2.38 to 2.60, KubeRay v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster() else { return };
    let limits = |resources| gpu_limits(ResourceRequirements::of(resources).limits);
    let mut containers = cluster.groups().filter_map(|group| group.template.ray_container());
    if !containers.any(|container| limits(container.resources).next().is_some()) {
        return;
    }
    for node in &job.nodes().started {
        let mut limits = gpu_limits(node.limits);
        let (Some(limit), None) = (limits.next(), limits.next()) else { continue };
        let Some(has) = limit.quantity().filter(|count| !count.is_zero()) else { continue };
        let Offer::Told(told) = node.offer(Kind::Gpus) else { continue };
        if told == has {
            continue;
        }
        let comment = if told.is_zero() { "no task ever gets one" } else { "tasks go by that number" };
        findings
            .report(
                limit,
                format!(
                    "{} has a limit of {has} {}, and Ray is told {told} GPUs: {comment}",
                    node.name,
                    Quoted(limit.key())
                ),
            )
            .because_of_all(node.because())
            .because_of(job.spec.cluster_selector)
            .help("remove num-gpus, so that Ray is told the limit, or remove the limit if nothing uses GPUs");
    }
}

fn gpu_limits(limits: Field<'_, Map>) -> impl Iterator<Item = Field<'_>> {
    limits.each().filter(|limit| matches!(limit.key(), "nvidia.com/gpu" | "amd.com/gpu"))
}
