//! RJ353 `background-entrypoint`.

use super::{place, report_entrypoint};
use crate::rules::prelude::*;
use crate::shell::Reader;

rule! {
    /// The entrypoint ends with `&`, so that nobody waits for its last command.
    ///
    /// ## Why
    /// In HTTPMode Ray runs the entrypoint with `sh -c` and takes the job for done when the shell ends, which with `&` is at
    /// once. What still runs in the background ends with the cluster. In the other modes the shell refuses such an entrypoint.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypoint: python train.py &
    ///   submissionMode: HTTPMode
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: python serve.py & python train.py
    ///   submissionMode: HTTPMode
    /// ```
    "RJ353" "background-entrypoint" Warn since "0.1.0" because
        Ray "the job ends when `sh -c ENTRYPOINT` does (Ray 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(submission) = job.submission() else { return };
    if submission.reader != Reader::Head {
        return;
    }
    let Some(offset) = submission.script().background else { return };
    let message = format!(
        "the entrypoint ends with `&` ({}): nobody waits for the command before it, and the job is over at once",
        place(submission, offset)
    );
    report_entrypoint(job, submission, findings, offset, message).help("remove the `&`, or end with `wait`");
}
