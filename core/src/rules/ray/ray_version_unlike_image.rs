//! RJ390 `ray-version-unlike-image`.

use crate::quoted::Quoted;
use crate::ray_image::{Build, RayImage};
use crate::ray_version::{RayVersion, Release};
use crate::rules::prelude::*;

/// From here on KubeRay's probes need what an older Ray lacks, of which another rule warns.
const WITH_HEALTH_ENDPOINT: Release = [2, 53];

rule! {
    /// `rayVersion` is another version than that of an image.
    ///
    /// ## Why
    /// KubeRay believes `rayVersion`, not the image: for its probes, for tokens, for the priorities of groups, for metadata. With a
    /// wrong one it refuses what the image can do, or relies on what it cannot.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     rayVersion: 2.46.0
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.56.0}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     rayVersion: 2.56.0
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.56.0-py311-gpu}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     rayVersion: 2.56.0
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: registry.example/team/train:7}]}}
    /// ```
    "RJ390" "ray-version-unlike-image" Warn since "0.1.0" because
        Ray "the version that KubeRay believes is not the one that runs (KubeRay v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster() else { return };
    let version = cluster.spec.ray_version;
    let Some(declared) = version.value().and_then(|text| text.parse::<RayVersion>().ok()) else { return };
    for group in cluster.groups() {
        let Some(container) = group.template.ray_container() else { continue };
        let Some(RayImage { build: Build::Release { release, version: built }, .. }) =
            group.template.ray_image()
        else {
            continue;
        };
        let is_told_elsewhere = release < WITH_HEALTH_ENDPOINT && !declared.is_before(WITH_HEALTH_ENDPOINT);
        if is_told_elsewhere || built.parse() == Ok(declared.clone()) {
            continue;
        }
        let (text, name) = (version.value().unwrap_or_default(), group.name_for_people());
        findings
            .report(
                version,
                format!("rayVersion is {}, and the image of {name} has Ray {built}: KubeRay starts and checks what rayVersion says", Quoted(text)),
            )
            .because_of(container.image)
            .because_of(job.spec.cluster_selector)
            .help("write the version of Ray that is in the images");
        // One word about a field is enough.
        return;
    }
}
