//! RJ261 `ray-version-beyond-image`.

use crate::quoted::Quoted;
use crate::ray_version::RayVersion;
use crate::rayjob::Container;
use crate::rules::prelude::*;

/// The first release of Ray that answers on `/api/healthz`.
const WITH_HEALTH_ENDPOINT: [u64; 2] = [2, 53];

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
        let Some((image, tag)) = official_image(container) else { continue };
        if release_of(tag).is_some_and(|release| release < WITH_HEALTH_ENDPOINT) && is_probed(container) {
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

/// The image and its tag, if it is one that the Ray project names after the release: other images have versions of their own.
fn official_image<'a>(container: &Container<'a>) -> Option<(&'a str, &'a str)> {
    let image = container.image.value()?;
    let (repository, tag) = image.split('@').next()?.rsplit_once(':')?;
    let mut parts = repository.rsplit('/');
    let is_official =
        matches!(parts.next(), Some("ray" | "ray-ml" | "ray-llm")) && parts.next() == Some("rayproject");
    is_official.then_some((image, tag))
}

/// Major and minor of a text that begins with two numbers, and has a third or nothing behind them.
fn release_of(version: &str) -> Option<[u64; 2]> {
    let mut numbers = version.splitn(3, '.');
    let (major, minor) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    let goes_on = |rest: &str| rest.starts_with(|first: char| first.is_ascii_digit());
    numbers.next().is_none_or(goes_on).then_some([major, minor])
}

#[cfg(test)]
mod tests {
    use super::release_of;

    #[test]
    fn a_release_is_read_where_it_is_certain() {
        for (text, release) in [
            ("2.46.0", Some([2, 46])),
            ("2.46.0.0e19ea-py39-gpu", Some([2, 46])),
            ("2.53.0rc1", Some([2, 53])),
            ("2.46", Some([2, 46])),
            ("2.x", None),
            ("2.46.x", None),
            ("nightly", None),
            ("nightly.2.46", None),
            ("latest-py310", None),
            ("", None),
        ] {
            assert_eq!(release_of(text), release, "{text}");
        }
    }
}
