//! RJ394 `gpus-without-cuda-in-image`.

use crate::ray_image::Build;
use crate::rayjob::{ResourceRequirements, Role};
use crate::rules::prelude::*;

rule! {
    /// The container has NVIDIA GPUs, and its image is Ray's without the libraries for them.
    ///
    /// ## Why
    /// The images `rayproject/ray` without `-gpu` or `-cu…` in the tag have no CUDA. Ray starts and counts the GPUs; only the code
    /// that wants to compute on them fails, or silently computes on the CPU.
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
    ///             image: rayproject/ray:2.56.0-py311
    ///             resources: {limits: {cpu: 4, nvidia.com/gpu: 1}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: ray-head
    ///             image: rayproject/ray:2.56.0-py311-gpu
    ///             resources: {limits: {cpu: 4, nvidia.com/gpu: 1}}
    /// ```
    "RJ394" "gpus-without-cuda-in-image" Warn since "0.1.0" because
        Ray "the image has no CUDA (tags of rayproject/ray, Ray 2.38 to 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods().filter(|pod| !matches!(pod.role, Role::Submitter)) {
        let Some(container) = pod.template.ray_container() else { continue };
        let Some(image) = pod.template.ray_image() else { continue };
        // The other images have CUDA where nothing is said.
        let is_for_cpus = image.repository == "ray"
            && matches!(image.platform, None | Some("cpu" | "tpu"))
            && !matches!(image.build, Build::Other);
        let gpus = ResourceRequirements::of(container.resources).limits.get("nvidia.com/gpu").any();
        let has_gpus = || gpus.quantity().is_some_and(|count| !count.is_zero());
        if is_for_cpus && has_gpus() {
            findings
                .report(
                    container.image,
                    format!(
                        "{} has GPUs, and its image has no CUDA: only programs that bring it can use them",
                        pod.name_for_people()
                    ),
                )
                .because_of(gpus)
                .because_of_all(pod.used_because_of())
                .help("use the tag with -gpu at its end, or build an image with CUDA");
        }
    }
}
