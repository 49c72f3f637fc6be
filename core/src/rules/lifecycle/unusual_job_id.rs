//! RJ114 `unusual-job-id`.

use super::malformed_job_id;
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// `jobId` has characters that may make trouble.
    ///
    /// ## Why
    /// The id becomes part of a shell command, of URLs and of a file name. With letters, digits, `.`, `_` and `-` all of these
    /// work; with others it depends on the submission mode and on the tools that look at the job later.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   jobId: "train:1"
    /// ```
    /// ```yaml good
    /// spec:
    ///   jobId: train-1
    /// ```
    "RJ114" "unusual-job-id" Warn since "0.1.0" because
        Ray "only letters, digits, `.`, `_` and `-` are safe in every place that the id is used in (Ray 2.60, KubeRay v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let field = job.spec.job_id;
    let Some(id) = field.non_empty() else { return };
    if malformed_job_id::problem_of(id, job.submission_mode()).is_some() {
        return;
    }
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    if !id.bytes().all(safe) || !id.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        findings
            .report(
                field,
                format!(
                    "the id {} has characters that may make trouble in shell commands, URLs or file names",
                    Quoted(id)
                ),
            )
            .because_of(job.spec.submission_mode)
            .help("use letters, digits, `-`, `_` and `.`, beginning with a letter or digit");
    }
}
