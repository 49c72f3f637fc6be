//! RJ514 `image-without-registry`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// An image does not say which registry it comes from.
    ///
    /// ## Why
    /// The container runtime fills in a registry: `docker.io` as a rule, with its limits on pulls, or what the node's
    /// administrators have written there. Where several are searched, whoever is first to have an image of that name decides what
    /// runs. Off by default: `rayproject/ray` is how everybody writes it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers: [{name: ray-head, image: "rayproject/ray:2.52.0"}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers: [{name: ray-head, image: "docker.io/rayproject/ray:2.52.0"}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers: [{name: ray-head, image: "localhost/ray:2.52.0"}]
    /// ```
    ///
    /// ## References
    /// - [Kubernetes: image names](https://kubernetes.io/docs/concepts/containers/images/#image-names)
    "RJ514" "image-without-registry" Off since "0.1.0" because
        Security "the node's settings decide where the image comes from",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let image = container.spec.image;
        let Some(name) = image.non_empty() else { continue };
        // A first part is a host when it has a dot or a port, or is this machine.
        let host = name.split_once('/').map(|(first, _)| first);
        if host.is_some_and(|host| host.contains(['.', ':']) || host == "localhost") {
            continue;
        }
        findings
            .report(
                image,
                format!("the image {} of {} names no registry", Quoted(name), pod.name_for_people()),
            )
            .because_of_all(pod.used_because_of())
            .help("write the registry in front, for example docker.io/rayproject/ray:2.52.0");
    }
}
