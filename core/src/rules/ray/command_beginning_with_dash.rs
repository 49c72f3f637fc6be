//! RJ343 `command-beginning-with-dash`.

use super::report_entrypoint;
use crate::rules::prelude::*;

rule! {
    /// The entrypoint begins with a dash.
    ///
    /// ## Why
    /// Ray runs the entrypoint as `sh -c ENTRYPOINT`, and the shell takes what begins with a dash for options of its own. No
    /// option of `ray job submit` can be given in this way either. The cluster starts, and the job fails.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypoint: --working-dir . -- python train.py
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypoint: -m train
    ///   submissionMode: HTTPMode
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: python -m train
    /// ```
    "RJ343" "command-beginning-with-dash" Deny since "0.1.0" because
        Ray "`sh -c` takes the entrypoint for options and fails, `Illegal option` or `invalid option` (Ray 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(submission) = job.submission() else { return };
    let begins_with_dash = if submission.reader.is_submitter() {
        let first = submission.script().first.words.first();
        first.and_then(|word| word.value(submission.text)).is_some_and(|word| word.starts_with('-'))
    } else {
        submission.text.starts_with('-')
    };
    if begins_with_dash {
        report_entrypoint(
            job,
            submission,
            findings,
            0,
            "the entrypoint begins with a dash, which the shell on the cluster takes for its own options",
        )
        .help("begin the entrypoint with the name of a program, for example `python`");
    }
}
