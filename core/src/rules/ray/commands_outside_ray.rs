//! RJ346 `commands-outside-ray`.

use super::only_setup_submitted::is_setup;
use super::{place, report_entrypoint};
use crate::rules::prelude::*;
use crate::shell::{End, Operator};

rule! {
    /// What follows the first command of the entrypoint runs in the submitter, not in Ray.
    ///
    /// ## Why
    /// In K8sJobMode and SidecarMode KubeRay writes the entrypoint unquoted into a shell line. Only what stands before the first
    /// `;`, `&&`, `||`, `|`, `&` or line break becomes Ray's job. The rest runs in the submitter's container, without the job's
    /// GPUs, memory and runtime environment; in K8sJobMode it does not even wait for the job.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypoint: pip install -r requirements.txt && python train.py
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypoint: |
    ///     python prepare.py
    ///     python train.py
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypoint: |
    ///     python train.py
    ///       --epochs 10
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: bash -c 'pip install -r requirements.txt && python train.py'
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: |
    ///     python train.py \
    ///       --epochs 10
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: python prepare.py && python train.py
    ///   submissionMode: HTTPMode
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.3 and v1.4 `GetK8sJobCommand`, v1.5 to v1.7 `BuildJobSubmitCommand`
    "RJ346" "commands-outside-ray" Warn since "0.1.0" because
        KubeRayHangs "the entrypoint goes unquoted into the submitter's shell line, where operators and line breaks end `ray job submit` (v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(submission) = job.submission() else { return };
    let Some((operator, offset)) = submission.tail() else { return };
    let script = submission.script();
    let is_refused = matches!(script.end, End::Refused(fault) if !fault.is_late);
    if is_refused || script.first.words.is_empty() || is_setup(submission) {
        return;
    }
    let operator = match operator {
        Operator::NewLine => "the line break".to_owned(),
        other => format!("`{}`", other.as_str()),
    };
    let message = format!(
        "what follows {operator} ({}) would run in the submitter's container, not in Ray",
        place(submission, offset)
    );
    report_entrypoint(job, submission, findings, offset, message).help(
        "write all commands as one argument, bash -c '…'; end a line with \\ to go on with its arguments",
    );
}
