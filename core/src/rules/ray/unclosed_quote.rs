//! RJ340 `unclosed-quote`.

use super::{place, report_entrypoint};
use crate::rules::prelude::*;
use crate::shell::{End, Problem, Quote};

rule! {
    /// A quote, a backtick, `$(` or `${` in the entrypoint is never closed.
    ///
    /// ## Why
    /// The shell refuses the whole command, an apostrophe in a message included. The cluster starts, every attempt to submit
    /// the job fails, and nothing of it runs; in HTTPMode Ray's job fails at once.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypoint: python -c "print('hello')
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypoint: echo don't
    ///   submissionMode: HTTPMode
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: python -c "print('hello')"
    /// ```
    "RJ340" "unclosed-quote" Deny since "0.1.0" because
        KubeRayHangs "bash refuses the submitter's command, `unexpected EOF while looking for matching`, while the cluster is up (K8sJobMode, SidecarMode; v1.3 to v1.7)",
        Ray "in HTTPMode `sh -c` refuses the entrypoint, and the job fails (Ray 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(submission) = job.submission() else { return };
    let End::Refused(fault) = submission.script().end else { return };
    let Problem::Unclosed(quote) = fault.problem else { return };
    if fault.is_late {
        return;
    }
    let message = format!(
        "no shell can run the entrypoint: {} is never closed ({})",
        name_of(quote),
        place(submission, fault.offset)
    );
    report_entrypoint(job, submission, findings, fault.offset, message)
        .help("close it, or write \\ before it where it is a plain character");
}

const fn name_of(quote: Quote) -> &'static str {
    match quote {
        Quote::Single => "a single quote (')",
        Quote::Double => "a double quote (\")",
        Quote::Backtick => "a backtick",
        Quote::Substitution => "$(",
        Quote::Parameter => "${",
    }
}
