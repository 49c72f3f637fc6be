//! RJ260 `ray-container-not-first`.

use crate::quoted::Quoted;
use crate::rayjob::Container;
use crate::rules::prelude::*;

rule! {
    /// A sidecar stands before the container that runs Ray.
    ///
    /// ## Why
    /// KubeRay takes the first container of a template for Ray's own, whatever its name: it replaces that one's command by
    /// `ray start`, and the real one runs without it. The pods crash and the job never starts.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: fluent-bit, image: fluent/fluent-bit:3.2}
    ///           - {name: ray-head, image: rayproject/ray:2.52.0}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - {name: ray-head, image: rayproject/ray:2.52.0}
    ///           - {name: fluent-bit, image: fluent/fluent-bit:3.2}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `RayContainerIndex`
    "RJ260" "ray-container-not-first" Warn since "0.1.0" because
        KubeRayHangs "`ray start` runs in the first container, which has no Ray (v1.3 to v1.7 RayContainerIndex)",
}

/// Names of well-known sidecars, as they stand in the names of containers and images.
const SIDECARS: [&str; 15] = [
    "busybox",
    "cloud-sql-proxy",
    "datadog",
    "dcgm-exporter",
    "envoy",
    "filebeat",
    "fluent-bit",
    "fluentbit",
    "fluentd",
    "istio-proxy",
    "linkerd-proxy",
    "node-exporter",
    "oauth2-proxy",
    "promtail",
    "telegraf",
];

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.own_cluster() else { return };
    for group in cluster.groups() {
        let Some((first, later)) = group.template.containers.split_first() else { continue };
        let Some(ray) = later.iter().find(|container| looks_like_ray(container)) else { continue };
        if !looks_like_sidecar(first) {
            continue;
        }
        let sidecar = first.name.value().unwrap_or_default();
        let ray_name = ray.name.value().unwrap_or_default();
        findings
            .report(
                first.name,
                format!(
                    "{} lists {} before {}: KubeRay starts Ray in the first container",
                    group.name_for_people(),
                    Quoted(sidecar),
                    Quoted(ray_name)
                ),
            )
            .because_of(group.template.spec.containers)
            .because_of(job.spec.cluster_selector)
            .help("list the container that runs Ray first");
    }
}

fn looks_like_sidecar(container: &Container<'_>) -> bool {
    let known = |text: &str| SIDECARS.iter().any(|sidecar| text.contains(sidecar));
    !looks_like_ray(container)
        && [container.name, container.image].into_iter().any(|field| field.value().is_some_and(known))
}

fn looks_like_ray(container: &Container<'_>) -> bool {
    matches!(container.name.value(), Some("ray-head" | "ray-worker"))
        || container.image.value().is_some_and(|image| image.contains("rayproject/ray"))
}
