//! RJ395 `image-of-another-architecture`.

use crate::rayjob::Role;
use crate::rules::prelude::*;

rule! {
    /// The node selector asks for nodes of another architecture than the image is built for.
    ///
    /// ## Why
    /// Ray publishes an image for 64-bit Arm under a tag of its own, with `-aarch64` at the end; all other tags are for x86. On
    /// the wrong nodes the container ends with `exec format error`, again and again.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           nodeSelector: {kubernetes.io/arch: arm64}
    ///           containers: [{name: ray-head, image: rayproject/ray:2.56.0}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           nodeSelector: {kubernetes.io/arch: arm64}
    ///           containers: [{name: ray-head, image: rayproject/ray:2.56.0-aarch64}]
    /// ```
    "RJ395" "image-of-another-architecture" Warn since "0.1.0" because
        Ray "`exec format error`, in the container (tags of rayproject/ray)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods().filter(|pod| !matches!(pod.role, Role::Submitter)) {
        let Some(container) = pod.template.ray_container() else { continue };
        let asked = pod.template.spec.node_selector.get("kubernetes.io/arch");
        let wants_arm = match asked.value() {
            Some("arm64") => true,
            Some("amd64") => false,
            _ => continue,
        };
        let image = pod.template.ray_image().filter(|image| !image.is_pinned);
        let Some(image) = image.filter(|image| image.release().is_some() && image.is_for_arm != wants_arm)
        else {
            continue;
        };
        let (built_for, runs_on) =
            if image.is_for_arm { ("64-bit Arm", "x86") } else { ("x86", "64-bit Arm") };
        let help =
            if wants_arm { "use the tag with -aarch64 at its end" } else { "use the tag without -aarch64" };
        findings
            .report(
                container.image,
                format!(
                    "the image of {} is built for {built_for}, and its node selector asks for {runs_on}: it would not start",
                    pod.name_for_people()
                ),
            )
            .because_of(asked)
            .because_of_all(pod.used_because_of())
            .help(help);
    }
}
