//! RJ004 `malformed-name`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// The job's name does not begin with a letter, or has characters other than `a-z`, `0-9` and `-`.
    ///
    /// ## Why
    /// The API server lets `1job` and `my.job` through. KubeRay makes Services of the name, whose names must be DNS-1035
    /// labels, and refuses the job after it was accepted: it stays in `ValidationFailed` for ever.
    ///
    /// ## Example
    /// ```yaml bad
    /// metadata:
    ///   name: 1job
    /// ```
    /// ```yaml bad
    /// metadata:
    ///   name: my.job
    /// ```
    /// ```yaml bad
    /// metadata:
    ///   name: null
    ///   generateName: 2-train-
    /// ```
    /// ```yaml good
    /// metadata:
    ///   name: job-1
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `ValidateRayJobMetadata`
    "RJ004" "malformed-name" Deny since "0.1.0" because
        KubeRayRefuses [from V1_4] "`RayJob name should be a valid DNS1035 label`, in reconcile (ValidateRayJobMetadata)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let metadata = &job.metadata;
    let (field, name, is_stem) = match (metadata.name.non_empty(), metadata.generate_name.non_empty()) {
        (Some(name), _) => (metadata.name, name, false),
        (None, Some(stem)) => (metadata.generate_name, stem, true),
        (None, None) => return,
    };
    if let Some(problem) = problem_of(name, is_stem) {
        findings
            .report(field, format!("the name {} {problem}", Quoted(name)))
            .help("use lower-case letters, digits and `-`, beginning with a letter and ending with a letter or digit");
    }
}

fn problem_of(name: &str, is_stem: bool) -> Option<&'static str> {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !name.starts_with(|first: char| first.is_ascii_lowercase()) {
        Some("does not begin with a lower-case letter")
    } else if !name.bytes().all(allowed) {
        Some("has characters that a DNS label must not have")
    } else if !is_stem && name.ends_with('-') {
        Some("ends with `-`")
    } else {
        None
    }
}
