//! RJ348 `redirection-outside-ray`.

use super::{place, report_entrypoint};
use crate::rules::prelude::*;
use crate::shell::{End, RedirectionKind};

rule! {
    /// A `>` or `<` in the entrypoint redirects the submission, not the program.
    ///
    /// ## Why
    /// In K8sJobMode and SidecarMode the submitter's bash takes redirections for those of `ray job submit`. `> log.txt` makes a
    /// file in the submitter's container, with the words of the submission and, in SidecarMode, instead of the log that `kubectl
    /// logs` would show. `< data.txt` and `<<EOF` never reach the program.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypoint: python train.py > /data/train.log 2>&1
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypoint: |
    ///     python - <<EOF
    ///     import ray
    ///     EOF
    ///   submissionMode: SidecarMode
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: bash -c 'python train.py > /data/train.log 2>&1'
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: python train.py 2>&1
    /// ```
    "RJ348" "redirection-outside-ray" Warn since "0.1.0" because
        KubeRayHangs "the entrypoint goes unquoted into the submitter's shell line, where redirections are those of `ray job submit` (v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(submission) = job.submission() else { return };
    let script = submission.script();
    let is_refused = matches!(script.end, End::Refused(fault) if !fault.is_late);
    if !submission.reader.is_submitter() || is_refused || script.first.words.is_empty() {
        return;
    }
    let mut redirections = script.first.redirections.iter();
    let Some(found) = redirections.find(|found| found.kind != RedirectionKind::Duplicate) else { return };
    let what = match found.kind {
        RedirectionKind::Output => {
            "`>` writes what the submission says into a file of the submitter's container"
        }
        RedirectionKind::HereString => "the here-string becomes the input of the submission",
        RedirectionKind::HereDocument => "the here-document becomes the input of the submission",
        _ => "`<` gives a file of the submitter's container to the submission",
    };
    let message = format!("{what} ({}), and does nothing for the program", place(submission, found.offset));
    report_entrypoint(job, submission, findings, found.offset, message)
        .help("write the command with its redirection as one argument: bash -c '…'");
}
