//! RJ347 `only-setup-submitted`.

use super::report_entrypoint;
use crate::rules::prelude::*;
use crate::shell::{End, Submission};

/// Commands of the shell that do nothing but prepare what follows.
const SETUP: [&str; 12] =
    [".", "alias", "cd", "declare", "export", "popd", "pushd", "set", "source", "ulimit", "umask", "unset"];

rule! {
    /// Ray gets only the `cd`, `export` or `source` with which the entrypoint begins; the command itself runs in the submitter.
    ///
    /// ## Why
    /// In K8sJobMode and SidecarMode only what stands before the first `;`, `&&` or line break becomes Ray's job. That job is
    /// over at once and counts as successful, while the program runs, or fails, in the submitter's container without the
    /// cluster.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypoint: cd /app && python train.py
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypoint: |
    ///     set -e
    ///     python train.py
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: bash -c 'cd /app && python train.py'
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: cd /app && python train.py
    ///   submissionMode: HTTPMode
    /// ```
    "RJ347" "only-setup-submitted" Warn since "0.1.0" because
        KubeRayHangs "the entrypoint goes unquoted into the submitter's shell line, where operators and line breaks end `ray job submit` (v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(submission) = job.submission() else { return };
    let is_refused = matches!(submission.script().end, End::Refused(fault) if !fault.is_late);
    if submission.tail().is_none() || is_refused || !is_setup(submission) {
        return;
    }
    let name = setup_command(submission).unwrap_or_default();
    let message = format!(
        "Ray would get nothing but the `{name}`; what follows it would run in the submitter's container"
    );
    report_entrypoint(job, submission, findings, 0, message).help(
        "write all commands as one argument, bash -c '…', or set working_dir and env_vars in runtimeEnvYAML",
    );
}

/// Whether the first command only prepares what follows.
pub(super) fn is_setup(submission: &Submission<'_>) -> bool {
    setup_command(submission).is_some()
}

fn setup_command(submission: &Submission<'_>) -> Option<&'static str> {
    let name = submission.script().first.words.first()?.value(submission.text)?;
    SETUP.into_iter().find(|known| *known == name)
}
