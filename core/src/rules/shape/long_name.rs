//! RJ003 `long-name`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

/// Characters, KubeRay v1.4 to v1.7.
const LONGEST_NAME: usize = 47;
/// Characters that the API server appends to a stem (apiserver v0.35 `names.SimpleNameGenerator`).
const GENERATED: usize = 5;
/// It cuts the stem so that the whole has at most 63.
const LONGEST_STEM: usize = 58;

rule! {
    /// The job's name is longer than 47 characters.
    ///
    /// ## Why
    /// KubeRay appends five random characters to name the cluster, and its Services must still fit into 63. It accepts the
    /// job, then refuses to start it: the job stays in `ValidationFailed` for ever, and a queue such as Kueue may keep its
    /// quota. With `generateName` the API server adds five characters, so that the stem may have 42.
    ///
    /// ## Example
    /// ```yaml bad
    /// metadata:
    ///   name: a-name-of-forty-eight-characters-is-one-too-long
    /// ```
    /// ```yaml bad
    /// metadata:
    ///   name: null
    ///   generateName: a-stem-of-forty-three-characters-is-too-lo-
    /// ```
    /// ```yaml good
    /// metadata:
    ///   name: a-name-of-forty-seven-characters-just-about-fit
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `MaxRayJobNameLength`
    "RJ003" "long-name" Deny since "0.1.0" because
        KubeRayRefuses [from V1_4] "`RayJob name should be no more than 47 characters`, in reconcile (ValidateRayJobMetadata)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let metadata = &job.metadata;
    if let Some(name) = metadata.name.non_empty() {
        if name.len() > LONGEST_NAME {
            findings
                .report(
                    metadata.name,
                    format!(
                        "the name {} has {} characters, KubeRay allows {LONGEST_NAME}",
                        Quoted(name),
                        name.len()
                    ),
                )
                .reason(Reason::TooLong)
                .help(format!("choose a name of at most {LONGEST_NAME} characters"));
        }
    } else if let Some(stem) = metadata.generate_name.non_empty()
        && stem.len() > LONGEST_NAME - GENERATED
    {
        findings
            .report(
                metadata.generate_name,
                format!(
                    "a name generated from {} gets {} characters, KubeRay allows {LONGEST_NAME}",
                    Quoted(stem),
                    stem.len().min(LONGEST_STEM) + GENERATED
                ),
            )
            .because_of(metadata.name)
            .reason(Reason::TooLong)
            .help(format!("choose a stem of at most {} characters", LONGEST_NAME - GENERATED));
    }
}
