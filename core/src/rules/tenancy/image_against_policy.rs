//! RJ745 `image-against-policy`.

use crate::policy::{Images, Policy};
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A container's image is none that a policy allows.
    ///
    /// ## Why
    /// The administrators of the cluster know what is in the images that they allow, and that these stay what they are.
    ///
    /// ## Example
    /// ```yaml policy
    /// limits: {images: {allow: ["registry.example.com/*"], requireFixedTag: true}}
    /// ```
    /// ```yaml bad
    /// metadata: {name: train}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: "registry.example.com/ray:latest"}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: "registry.example.com/ray:2.56.0"}]}}
    /// ```
    "RJ745" "image-against-policy" Deny since "0.1.0" [of policies] because
        Policy "`limits.images`",
}

fn check<'a>(policy: &'a Policy, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(images) = &policy.limits.images else { return };
    for pod in job.made_pods() {
        for container in pod.containers() {
            let field = container.spec.image;
            let Some(image) = field.non_empty() else { continue };
            if let Some((problem, help)) = problem_of(image, images) {
                findings.report(field, format!("the image {} {problem}", Quoted(image))).help(help);
            }
        }
    }
}

fn problem_of(image: &str, images: &Images) -> Option<(&'static str, &'static str)> {
    let has_digest = image.contains("@sha256:");
    let name = image.split('@').next().unwrap_or(image);
    // A colon before the last slash is that of a registry's port.
    let tag = name.rsplit('/').next().and_then(|last| last.split_once(':')).map(|(_, tag)| tag);
    if !images.allow(image) {
        Some((
            "is none of those that are allowed",
            "take an image that the policy allows, or ask whoever runs the cluster",
        ))
    } else if images.require_digest && !has_digest {
        Some(("has no digest", "add the digest that `docker inspect` or the registry shows: NAME@sha256:…"))
    } else if images.require_fixed_tag
        && !has_digest
        && tag.is_none_or(|tag| ["latest", "nightly"].contains(&tag))
    {
        Some(("may be another one tomorrow", "write the tag of a release, for example :2.56.0"))
    } else {
        None
    }
}
