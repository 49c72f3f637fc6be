//! RJ113 `malformed-job-id`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

/// Bytes: a file name of 255 less `job-driver-` and `.log` (Ray 2.60).
const LONGEST: usize = 240;

rule! {
    /// `jobId` has characters with which no job can be submitted or found again.
    ///
    /// ## Why
    /// KubeRay puts the id into a shell command without quotes and into URLs without escapes, and Ray makes a file name of it.
    /// A blank splits it, `$` and quotes change it, `/`, `?`, `#` and `%` end it: the cluster starts, the job never runs or is
    /// never found.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   jobId: train/1
    /// ```
    /// ```yaml bad
    /// spec:
    ///   jobId: train 1; rm -rf
    /// ```
    /// ```yaml good
    /// spec:
    ///   jobId: train-1
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `BuildJobSubmitCommand`, `JobPath`
    "RJ113" "malformed-job-id" Deny since "0.1.0" because
        KubeRayHangs "the id goes unquoted into the submitter's shell line (K8sJobMode, SidecarMode) and raw into the URL of every status request",
        Ray "the id names the driver's log file: no slash, at most 240 bytes (Ray 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let field = job.spec.job_id;
    let Some(id) = field.non_empty() else { return };
    if let Some(problem) = problem_of(id, job.submission_mode()) {
        findings
            .report(
                field,
                format!("the job cannot be submitted or found under the id {}: {problem}", Quoted(id)),
            )
            .because_of(job.spec.submission_mode)
            .help("use letters, digits, `-`, `_` and `.`, or remove jobId to have one made");
    }
}

/// Why no job can be submitted or found under that id.
pub(super) fn problem_of(id: &str, mode: SubmissionMode<'_>) -> Option<&'static str> {
    let in_shell = matches!(mode, SubmissionMode::K8sJobMode | SubmissionMode::SidecarMode);
    if id.len() > LONGEST {
        return Some("it is longer than 240 bytes");
    }
    if in_shell && id.starts_with('-') {
        return Some("the submit command takes it for an option");
    }
    let mut rest = id.chars();
    while let Some(character) = rest.next() {
        match character {
            '/' => return Some("it has a slash"),
            '?' | '#' | '%' => return Some("it has a character that ends or changes a URL"),
            '{' | '}' => return Some("it has a brace, which Ray's command line takes for a placeholder"),
            _ if character.is_whitespace() || character.is_control() => {
                return Some("it has a blank or a control character");
            }
            ';' | '&' | '|' | '<' | '>' | '(' | ')' | '`' | '\\' | '"' | '\'' if in_shell => {
                return Some("it has a character that the submitter's shell interprets");
            }
            '$' if in_shell && rest.clone().next().is_some_and(expands) => {
                return Some("the submitter's shell expands what follows the `$`");
            }
            _ => {}
        }
    }
    None
}

/// Whether bash expands `$` before this character; before any other it is a plain dollar.
fn expands(next: char) -> bool {
    next.is_ascii_alphanumeric() || "_{(*@!-$".contains(next)
}
