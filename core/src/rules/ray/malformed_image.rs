//! RJ399 `malformed-image`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// The name of an image is none that a node can read.
    ///
    /// ## Why
    /// Kubernetes accepts any text for an image. The node then refuses to fetch it, and the pod waits with `InvalidImageName` for as
    /// long as the job is there, while the rest of the cluster starts and holds its nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: "rayproject/ray:"}]}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: "registry.example/Team/ray:2.56.0+cu128"}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: "registry.example:5000/team/ray:2.56.0_cu128"}]}}
    /// ```
    ///
    /// ## References
    /// - Kubernetes 1.36 `pkg/util/parsers.ParseImageName`, the grammar of `github.com/distribution/reference`
    "RJ399" "malformed-image" Deny since "0.1.0" because
        KubernetesRefuses "`InvalidImageName`, `couldn't parse image name`, on the node",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for (pod, container) in job.made_containers() {
        let image = container.spec.image;
        // No image, or blanks around it, is refused earlier.
        let Some(name) = image.non_empty().filter(|name| name.trim() == *name) else { continue };
        if let Some((problem, help)) = problem(name) {
            findings
                .report(
                    image,
                    format!(
                        "the image {} of {} {problem}: no node can fetch it",
                        Quoted(name),
                        pod.name_for_people()
                    ),
                )
                .because_of_all(pod.used_because_of())
                .help(help);
        }
    }
}

/// What certainly breaks the grammar, and what to write: the rest is left to the node.
fn problem(image: &str) -> Option<(&'static str, &'static str)> {
    let (name, _digest) = image.split_once('@').map_or((image, None), |(name, digest)| (name, Some(digest)));
    if name.contains(char::is_whitespace) {
        return Some(("has a blank inside", "remove the blank"));
    }
    let (parents, last) = name.rsplit_once('/').map_or((None, name), |(parents, last)| (Some(parents), last));
    let (last, tag) = last.split_once(':').map_or((last, None), |(last, tag)| (last, Some(tag)));
    match tag {
        Some("") => return Some(("ends with a colon", "write a tag behind the colon, for example :2.56.0")),
        Some(tag) if !is_tag(tag) => {
            return Some((
                "has a tag with a character that no tag may have",
                "write letters, digits, `.`, `_` and `-` behind the colon, 128 of them at most",
            ));
        }
        _ => {}
    }
    // A host may have capitals and a port; it stands first, and only before a slash.
    let (first, between) = parents.map_or((None, ""), |parents| {
        parents.split_once('/').map_or((Some(parents), ""), |(first, between)| (Some(first), between))
    });
    let is_host =
        |part: &str| part.contains(['.', ':']) || part == "localhost" || part.to_lowercase() != part;
    let owner = first.filter(|first| !is_host(first)).unwrap_or_default();
    let path = [owner, between, last];
    if path.iter().any(|part| part.contains(|letter: char| letter.is_ascii_uppercase())) {
        return Some((
            "has a capital letter",
            "write it in small letters: only a registry's host and a tag may have capitals",
        ));
    }
    if image.starts_with('/') || name.contains("//") || last.is_empty() {
        return Some((
            "has nothing before or behind a slash",
            "write the registry, the owner and the name with one slash between them",
        ));
    }
    None
}

fn is_tag(tag: &str) -> bool {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    tag.len() <= 128
        && tag.starts_with(is_word)
        && tag.chars().all(|letter| is_word(letter) || matches!(letter, '.' | '-'))
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn only_what_the_grammar_excludes_is_a_problem() {
        for image in [
            "ray",
            "ray:latest",
            "rayproject/ray:2.56.0-py312",
            "localhost/ray",
            "Registry.Example:5000/team/ray:V1",
            "MYHOST/ray",
            "host:5000/ray",
            "[::1]:5000/ray:1",
            "ray@sha256:00",
            "ray:1@sha256:00",
            "a/b/c/d__e-f.g:_1",
        ] {
            assert_eq!(problem(image), None, "{image}");
        }
        for image in [
            "ray:",
            "ray:2.60 0",
            "Ray:1",
            "rayproject/Ray",
            "host.example/Team/ray",
            "ray:1+2",
            "ray:-1",
            "a//b",
            "/ray",
            "ray/",
            "ray:1:2",
            "ray:$TAG",
            "host:5000/",
            "ray:{{ .Tag }}",
        ] {
            assert!(problem(image).is_some(), "{image}");
        }
    }
}
