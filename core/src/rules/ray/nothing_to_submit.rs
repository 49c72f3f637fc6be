//! RJ342 `nothing-to-submit`.

use super::report_entrypoint;
use crate::rules::prelude::*;
use crate::shell::{End, Reader};

rule! {
    /// No word of the entrypoint reaches Ray: it begins with a comment, an operator or a redirection, or is only a comment.
    ///
    /// ## Why
    /// In K8sJobMode and SidecarMode only what stands before the first line break or operator is submitted. When that is
    /// nothing, `ray job submit` fails for want of an entrypoint, and what follows in the entrypoint does not help. In HTTPMode
    /// a job that is only a comment succeeds without doing anything.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypoint: |
    ///     # the new model
    ///     python train.py
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypoint: "&& python train.py"
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypoint: "# python train.py"
    ///   submissionMode: HTTPMode
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: |
    ///     # the new model
    ///     python train.py
    ///   submissionMode: HTTPMode
    /// ```
    "RJ342" "nothing-to-submit" Deny since "0.1.0" because
        KubeRayHangs "the submitter runs `ray job submit --` and fails, `Missing argument 'ENTRYPOINT...'`, while the cluster is up (v1.3 to v1.7)",
        Ray "in HTTPMode an empty command succeeds without running anything (Ray 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(submission) = job.submission() else { return };
    let script = submission.script();
    let first = &script.first;
    let is_ended = first.end < submission.text.len() || !first.redirections.is_empty();
    let is_empty = first.words.is_empty() && !first.is_compound && is_ended;
    let is_decided = match submission.reader {
        // What the shell refuses, another rule says.
        Reader::K8sJob | Reader::Sidecar => !matches!(script.end, End::Refused(_)),
        Reader::Head => script.end == End::Complete && script.tail.is_none() && first.redirections.is_empty(),
    };
    if is_empty && is_decided {
        report_entrypoint(
            job,
            submission,
            findings,
            0,
            "no word of the entrypoint reaches Ray: nothing would run",
        )
        .help("begin the entrypoint with the command, without a comment or an operator before it");
    }
}
