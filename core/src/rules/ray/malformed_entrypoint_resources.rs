//! RJ304 `malformed-entrypoint-resources`.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use crate::document::{Document, Shape};
use crate::rules::prelude::*;

rule! {
    /// `entrypointResources` is not the JSON object that Ray wants: the name of each resource with a number.
    ///
    /// ## Why
    /// KubeRay hands the text on as it is. Where it makes a command of it (K8sJobMode, SidecarMode), a line break outside of
    /// the quotes comes through as a backslash and an `n`, so that a YAML block (`|`) breaks it as well. The cluster starts,
    /// and then every attempt to submit the job fails.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypointResources: "{gpu_node: 1}"
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypointResources: '{"gpu_node": "1"}'
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypointResources: |
    ///     {"gpu_node": 1}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypointResources: '["gpu_node"]'
    ///   submissionMode: HTTPMode
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypointResources: '{"gpu_node": 1, "fast_disk": 0.5}'
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {resources: "'{\"gpu_node\": 1, \"fast_disk\": 1}'"}
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypointResources: |
    ///     {"gpu_node": 1}
    ///   submissionMode: HTTPMode
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       rayStartParams: {resources: "'{\"gpu_node\": 1, \"fast_disk\": 1}'"}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `BuildJobSubmitCommand`, `ConvertRayJobToReq`
    /// - Ray 2.52 `parse_resources_json`, `JobSubmitRequest`
    "RJ304" "malformed-entrypoint-resources" Deny since "0.1.0" because
        Ray "`The format after deserialization is not a dict`, `entrypoint_resources values must be numbers`, when the job is submitted (parse_resources_json, JobSubmitRequest)",
        KubeRayHangs "in HTTPMode KubeRay cannot read it as names and numbers, and submits nothing (v1.3 to v1.7 ConvertRayJobToReq)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let field = job.spec.entrypoint_resources;
    let Some(text) = field.non_empty() else { return };
    let problem = if job.submission_mode() == SubmissionMode::HTTPMode {
        problem_for(Reader::KubeRay, text)
    } else if job.is_submitted_by_command() {
        problem_behind_the_shell(text)
    } else {
        return;
    };
    if let Some(problem) = problem {
        findings
            .report(
                field,
                format!("entrypointResources {}, so that the job cannot be submitted", problem.as_str()),
            )
            .because_of(job.spec.submission_mode)
            .because_of(job.spec.submitter_pod_template)
            .help("write a JSON object with numbers on one line, for example '{\"gpu_node\": 1}'");
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Problem {
    NoJson,
    BrokenLine,
    NoObject,
    NoNumber,
}

impl Problem {
    const fn as_str(self) -> &'static str {
        match self {
            Self::NoJson => "is no JSON",
            Self::BrokenLine => "has a line break or tab that does not survive the way to Ray",
            Self::NoObject => "is no JSON object",
            Self::NoNumber => "has a value that is no number",
        }
    }
}

/// Who reads the text.
#[derive(Clone, Copy, PartialEq)]
enum Reader {
    /// Python, which also takes `NaN` and counts true as a number.
    Ray,
    /// Go, which takes null for nothing.
    KubeRay,
}

/// What is certainly wrong for Ray with a text that comes to it by a command.
fn problem_behind_the_shell(text: &str) -> Option<Problem> {
    let arriving = behind_the_shell(text)?;
    let problem = problem_for(Reader::Ray, &arriving)?;
    let breaks_on_the_way = problem == Problem::NoJson && problem_for(Reader::Ray, text) != Some(problem);
    Some(if breaks_on_the_way { Problem::BrokenLine } else { problem })
}

/// What arrives of a text that KubeRay quotes as Go does and Bash reads between double quotes; `None` when only Bash knows.
fn behind_the_shell(text: &str) -> Option<Cow<'_, str>> {
    let is_kept = |character: char| matches!(character, ' '..='~') || character.is_alphanumeric();
    let is_known = |character: char| is_kept(character) || matches!(character, '\n' | '\r' | '\t');
    if text.contains(['$', '`']) || !text.chars().all(is_known) {
        return None;
    }
    if text.chars().all(is_kept) {
        return Some(Cow::Borrowed(text));
    }
    Some(Cow::Owned(text.replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t")))
}

/// What is certainly wrong for that reader.
fn problem_for(reader: Reader, text: &str) -> Option<Problem> {
    if serde_json::from_str::<IgnoredAny>(text).is_err() {
        let may_be_python = reader == Reader::Ray && (text.contains("NaN") || text.contains("Infinity"));
        return (!may_be_python).then_some(Problem::NoJson);
    }
    // What is left are numbers and texts that only some readers take.
    let document: Document<'_> = serde_json::from_str(text).ok()?;
    let object = document.root();
    match (object.shape(), reader) {
        (Some(Shape::Object), _) => {}
        (None, Reader::KubeRay) => return None,
        _ => return Some(Problem::NoObject),
    }
    let is_number = |shape: Option<Shape>| {
        matches!(
            (shape, reader),
            (Some(Shape::Integer | Shape::Number), _)
                | (Some(Shape::Bool), Reader::Ray)
                | (None, Reader::KubeRay)
        )
    };
    (!object.children().all(|value| is_number(value.shape()))).then_some(Problem::NoNumber)
}

#[cfg(test)]
mod tests {
    use super::{Problem, Reader, problem_behind_the_shell, problem_for};

    /// What Go's `strconv.Quote`, Bash and Python, and what Go's `json.Unmarshal` made of these texts.
    #[test]
    fn only_what_certainly_fails_is_a_problem() {
        use Problem::{BrokenLine, NoJson, NoNumber, NoObject};
        for (text, for_ray, for_kuberay) in [
            (r#"{"a": 1}"#, None, None),
            (r#" {"a":1} "#, None, None),
            ("{}", None, None),
            ("{\"a\": 1}\n", Some(BrokenLine), None),
            ("{\"a\":\t1}", Some(BrokenLine), None),
            ("{\"a\nb\": 1}", None, Some(NoJson)),
            (r#"{"a\"b": 1}"#, None, None),
            (r#"{"a\u0041!": 1}"#, None, None),
            ("{\"é\": 1}", None, None),
            (r#"{"a": NaN}"#, None, Some(NoJson)),
            (r#"{"a": true}"#, None, Some(NoNumber)),
            (r#"{"a": null}"#, Some(NoNumber), None),
            (r#"{"a": "1"}"#, Some(NoNumber), Some(NoNumber)),
            (r#"{"a": {}}"#, Some(NoNumber), Some(NoNumber)),
            ("null", Some(NoObject), None),
            ("[]", Some(NoObject), Some(NoObject)),
            ("1", Some(NoObject), Some(NoObject)),
            ("{'a': 1}", Some(NoJson), Some(NoJson)),
            (" ", Some(NoJson), Some(NoJson)),
            (r#"{"a":1,}"#, Some(NoJson), Some(NoJson)),
            (r#"{"a": 01}"#, Some(NoJson), Some(NoJson)),
            (r#"{"\ud800": 1}"#, None, None),
            (r#"{"a": 123456789012345678901234567890}"#, None, None),
            (r#"{"a": 1, "a": 2}"#, None, None),
            // Go refuses these three; nobody writes them.
            (r#"{"a": "1", "a": 2}"#, None, None),
            (r#"{"a": 1e39}"#, None, None),
            (r#"{"a": 1e999}"#, None, None),
            // Bash may make JSON of these.
            (r#"{"a": $COUNT}"#, None, Some(NoJson)),
            ("{\"a\": `nproc`}", None, Some(NoJson)),
        ] {
            let found = (problem_behind_the_shell(text), problem_for(Reader::KubeRay, text));
            assert_eq!(found, (for_ray, for_kuberay), "{text:?}");
        }
    }
}
