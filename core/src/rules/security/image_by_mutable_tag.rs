//! RJ513 `image-by-mutable-tag`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// An image is named by a tag that means another image tomorrow, such as `latest`, or by none.
    ///
    /// ## Why
    /// What runs is then decided by whoever pushes next. A job that is repeated may run with another Ray, and a cluster whose
    /// head and workers start at different times, or on nodes that kept an older image, has two that refuse to work with
    /// each other.
    ///
    /// `imagePullPolicy` does not mend it. Kubernetes pulls `latest` and images without a tag at each start, unless the
    /// policy says otherwise, so that pods that start later may get another image; with `IfNotPresent`, its default for
    /// every other tag such as `nightly`, each node keeps the image that it once pulled. A digest is the same everywhere.
    /// Off by default: it is a matter of taste while one tries things out.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers: [{name: ray-head, image: "rayproject/ray:nightly-py312-gpu"}]
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           containers: [{name: ray-head, image: registry.example:5000/team/train}]
    /// ```
    /// ```yaml good
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
    ///           containers:
    ///           - name: ray-head
    ///             image: registry.example/train@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
    /// ```
    ///
    /// ## References
    /// - [Kubernetes: image pull policy](https://kubernetes.io/docs/concepts/containers/images/#imagepullpolicy-defaulting)
    "RJ513" "image-by-mutable-tag" Off since "0.1.0" because
        Security "whoever pushes the tag decides what runs in the cluster",
}

/// Tags that are moved on by habit; Ray's have Python's version and the accelerator behind a dash.
const MOVING: [&str; 8] = ["dev", "edge", "head", "latest", "main", "master", "nightly", "stable"];

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let image = container.spec.image;
        let Some(name) = image.non_empty().filter(|name| !name.contains('@')) else { continue };
        let last = name.rsplit('/').next().unwrap_or(name);
        let problem = match last.split_once(':') {
            None => "has no tag, which means `latest`",
            Some((_, tag)) if MOVING.contains(&tag.split('-').next().unwrap_or(tag)) => {
                "has a tag that is moved on"
            }
            Some(_) => continue,
        };
        findings
            .report(
                image,
                format!(
                    "the image {} of {} {problem}: other pods may get another image",
                    Quoted(name),
                    pod.name_for_people()
                ),
            )
            .because_of_all(pod.used_because_of())
            .help("write the tag of a release, or a digest (`@sha256:…`)");
    }
}
