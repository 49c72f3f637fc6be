//! RJ341 `broken-shell-syntax`.

use super::{place, report_entrypoint};
use crate::rules::prelude::*;
use crate::shell::{End, Problem};

rule! {
    /// The shell refuses the entrypoint: an operator, a keyword or a parenthesis stands where none can.
    ///
    /// ## Why
    /// In K8sJobMode and SidecarMode KubeRay writes the entrypoint behind `ray job submit … --` and goes on with ` ;` in the same
    /// line. So an entrypoint cannot end with `;`, `&` or, in K8sJobMode, with a comment or here-document, and it cannot be
    /// `if`, `for`, `{`, `(` or a function: bash refuses the line, and the job is never submitted.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypoint: python train.py;
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypoint: "python train.py  # the new model"
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypoint: for seed in 1 2 3; do python train.py $seed; done
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypoint: |
    ///     python - <<EOF
    ///     import ray
    ///     EOF
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypoint: python prepare.py && && python train.py
    ///   submissionMode: HTTPMode
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: bash -c 'for seed in 1 2 3; do python train.py $seed; done'
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.3 and v1.4 `GetK8sJobCommand`, v1.5 to v1.7 `BuildJobSubmitCommand`
    "RJ341" "broken-shell-syntax" Deny since "0.1.0" because
        KubeRayHangs "bash refuses the submitter's command, `syntax error near unexpected token` or `unexpected end of file`, while the cluster is up (K8sJobMode, SidecarMode; v1.3 to v1.7)",
        Ray "in HTTPMode `sh -c` refuses the entrypoint, and the job fails (Ray 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(submission) = job.submission() else { return };
    let End::Refused(fault) = submission.script().end else { return };
    if fault.is_late || matches!(fault.problem, Problem::Unclosed(_)) {
        return;
    }
    let message =
        format!("the shell refuses the entrypoint: {} ({})", fault.problem, place(submission, fault.offset));
    let help = help_for(fault.problem, submission.reader.is_submitter());
    report_entrypoint(job, submission, findings, fault.offset, message).help(help);
}

const fn help_for(problem: Problem, in_submitter: bool) -> &'static str {
    match problem {
        Problem::CommentAtEnd => "remove the comment, or put the `#` in quotes if it is part of an argument",
        Problem::HereDocumentAtEnd => {
            "put the program into a file of the image or of working_dir, or use `python -c '…'`"
        }
        Problem::MissingCommand(_) | Problem::MissingTarget => {
            "remove the operator, or put it in quotes if it is part of an argument"
        }
        _ if in_submitter => "to run several commands in Ray, write them as one argument: bash -c '…'",
        _ => "complete the command, or put the character in quotes if it is part of an argument",
    }
}
