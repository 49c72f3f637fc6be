//! RJ261 `ray-version-beyond-image`.

use crate::quoted::Quoted;
use crate::ray_version::{RayVersion, Release};
use crate::rayjob::Container;
use crate::rules::prelude::*;

/// The first release of Ray that answers on `/api/healthz`.
const WITH_HEALTH_ENDPOINT: Release = [2, 53];

rule! {
    /// `rayVersion` is 2.53 or newer, and an image has an older Ray.
    ///
    /// ## Why
    /// From Ray 2.53 on KubeRay asks a new address whether Ray is well, and believes `rayVersion`. An older Ray does not know
    /// that address: the pods never become ready, are restarted, and the job stays in `Initializing`.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     rayVersion: 2.55.0
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.46.0-py310}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     rayVersion: 2.46.0
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: rayproject/ray:2.46.0-py310}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     rayVersion: 2.55.0
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: registry.example/rayproject/ray:2.55.0}]}}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `supportsUnifiedHealthCheck`, `initLivenessAndReadinessProbe`
    "RJ261" "ray-version-beyond-image" Warn since "0.1.0" because
        KubeRayHangs [from V1_6] "the probes ask for `/api/healthz`, which Ray has from 2.53 on (initLivenessAndReadinessProbe)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster() else { return };
    let version = cluster.spec.ray_version;
    let Some(declared) = version.value() else { return };
    if declared.parse::<RayVersion>().map_or(true, |version| version.is_before(WITH_HEALTH_ENDPOINT)) {
        return;
    }
    for group in cluster.groups() {
        let Some(container) = group.template.ray_container() else { continue };
        let Some(image) = container.image.value() else { continue };
        let release = group.template.ray_image().and_then(|image| image.release());
        if release.is_some_and(|release| release < WITH_HEALTH_ENDPOINT) && is_probed(container) {
            findings
                .report(
                    version,
                    format!(
                        "rayVersion is {}, but {} has the image {}, which fails the health checks of that version",
                        Quoted(declared),
                        group.name_for_people(),
                        Quoted(image)
                    ),
                )
                .because_of(container.image)
                .because_of(container.liveness_probe)
                .because_of(container.readiness_probe)
                .because_of(job.spec.cluster_selector)
                .help("write the version of Ray that is in the image; KubeRay's probes depend on it");
        }
    }
}

/// Whether KubeRay sets a probe of its own. It leaves the user's alone.
fn is_probed(container: &Container<'_>) -> bool {
    !container.liveness_probe.is_present() || !container.readiness_probe.is_present()
}
