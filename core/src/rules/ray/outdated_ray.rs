//! RJ397 `outdated-ray`.

use crate::ray_version::Release;
use crate::rayjob::Role;
use crate::rules::prelude::*;

/// The oldest release for which KubeRay v1.3 and newer are made.
const OLDEST: Release = [2, 38];

/// From this release until [`OLDEST`] the dashboard's agent of the head gets stuck.
const FIRST_STUCK: Release = [2, 11];

rule! {
    /// The image has a Ray from before 2.38, for which KubeRay is not made any more.
    ///
    /// ## Why
    /// KubeRay 1.3 and newer support Ray from 2.38.0 on. With 2.11 to 2.37 the head's dashboard agent gets stuck once a job is
    /// submitted, its probes fail, and the head is restarted in the middle of the job.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.35.0}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.56.0}]}}
    /// ```
    ///
    /// ## References
    /// - Ray's documentation of KubeRay, troubleshooting and upgrade guide
    "RJ397" "outdated-ray" Warn since "0.1.0" because
        Ray "the head's probes fail once a job is submitted (Ray 2.11 to 2.37)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods().filter(|pod| matches!(pod.role, Role::Head(_))) {
        let Some(container) = pod.template.ray_container() else { continue };
        let Some(release) = pod.template.ray_image().and_then(|image| image.release()) else { continue };
        if release >= OLDEST {
            continue;
        }
        let [major, minor] = release;
        let what = if release >= FIRST_STUCK {
            "gets stuck once a job is submitted to it by KubeRay"
        } else {
            "is older than any that KubeRay supports"
        };
        findings
            .report(container.image, format!("the head has Ray {major}.{minor}, which {what}"))
            .because_of_all(pod.used_because_of())
            .help("use Ray 2.38 or newer");
    }
}
