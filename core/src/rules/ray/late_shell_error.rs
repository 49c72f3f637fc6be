//! RJ354 `late-shell-error`.

use super::{place, report_entrypoint};
use crate::rules::prelude::*;
use crate::shell::End;

rule! {
    /// The shell runs the first lines of the entrypoint and then refuses the rest.
    ///
    /// ## Why
    /// Where a shell reads the entrypoint line by line, a quote that is never closed or an operator without a command is found
    /// only when the lines before it have run: the work is done, then the shell ends with an error and the job counts as failed.
    /// That is so in HTTPMode, and in SidecarMode in the submitter's container.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypoint: |
    ///     python train.py
    ///     echo "done
    ///   submissionMode: HTTPMode
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: |
    ///     python train.py
    ///     echo "done"
    ///   submissionMode: HTTPMode
    /// ```
    "RJ354" "late-shell-error" Warn since "0.1.0" because
        Ray "`sh -c` ends with exit code 2, and the job is marked FAILED (Ray 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(submission) = job.submission() else { return };
    let End::Refused(fault) = submission.script().end else { return };
    // A shell that ends earlier never comes there.
    if !fault.is_late || ["exit", "exec", "kill"].iter().any(|word| submission.text.contains(word)) {
        return;
    }
    let message = format!(
        "the shell runs what stands before, and then refuses the rest of the entrypoint: {} ({})",
        fault.problem,
        place(submission, fault.offset)
    );
    report_entrypoint(job, submission, findings, fault.offset, message)
        .help("close the quote or complete the command there");
}
