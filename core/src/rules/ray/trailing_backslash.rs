//! RJ351 `trailing-backslash`.

use super::{place, report_entrypoint};
use crate::rules::prelude::*;
use crate::shell::End;

rule! {
    /// The entrypoint ends with a backslash.
    ///
    /// ## Why
    /// In K8sJobMode and SidecarMode KubeRay writes ` ;` behind the entrypoint, and the backslash makes that blank a part of the
    /// command: the program gets one more argument, which is a blank, or a blank at the end of the last one. Most programs
    /// refuse it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypoint: |
    ///     python train.py \
    ///       --epochs 10 \
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: |
    ///     python train.py \
    ///       --epochs 10
    /// ```
    "RJ351" "trailing-backslash" Warn since "0.1.0" because
        KubeRayHangs "a blank and a semicolon follow the entrypoint in the submitter's shell line (v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(submission) = job.submission() else { return };
    let script = submission.script();
    let is_refused = matches!(script.end, End::Refused(_));
    let last = script.first.words.last();
    if last.is_some_and(|word| word.place.end > submission.text.len()) && !is_refused {
        let offset = submission.text.len() - 1;
        let message = format!(
            "the backslash at the end ({}) gives the command a blank that it should not have",
            place(submission, offset)
        );
        report_entrypoint(job, submission, findings, offset, message)
            .help("remove the backslash from the last line");
    }
}
