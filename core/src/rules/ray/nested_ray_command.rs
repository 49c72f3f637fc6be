//! RJ352 `nested-ray-command`.

use super::report_entrypoint;
use crate::rules::prelude::*;
use crate::shell::End;

rule! {
    /// The entrypoint is itself `ray job submit`, `ray start` or `ray stop`.
    ///
    /// ## Why
    /// KubeRay starts and stops Ray's nodes and submits the entrypoint itself. With `ray job submit` it watches a job that only
    /// submits another one: with `--no-wait` it takes the work for done at once, and with `--address` the work happens on another
    /// cluster than the one it has made. `ray start` makes a second node inside of a Pod, `ray stop` ends the node on which the
    /// job runs.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypoint: ray job submit -- python train.py
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypoint: ray start --head
    ///   submissionMode: HTTPMode
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: python train.py
    /// ```
    "RJ352" "nested-ray-command" Warn since "0.1.0" because
        Ray "the entrypoint runs as a process on a node of the cluster, with RAY_ADDRESS set (Ray 2.60)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(submission) = job.submission() else { return };
    let script = submission.script();
    if matches!(script.end, End::Refused(fault) if !fault.is_late) {
        return;
    }
    let words = script.first.words.iter();
    let words: Vec<_> = words.take(3).map_while(|word| word.value(submission.text)).collect();
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    let (message, help) = match words.as_slice() {
        ["ray", "job", "submit"] => (
            "the entrypoint is `ray job submit`, which KubeRay writes itself: Ray would run a job that submits another one",
            "write only the command behind `--`, for example `python train.py`",
        ),
        ["ray", "start", ..] => (
            "the entrypoint is `ray start`, which KubeRay runs in each Pod itself",
            "write only the command of the job, and put options of `ray start` into rayStartParams",
        ),
        ["ray", "stop", ..] => (
            "the entrypoint is `ray stop`, which ends the node on which the job runs",
            "write only the command of the job; KubeRay ends the cluster with shutdownAfterJobFinishes",
        ),
        _ => return,
    };
    report_entrypoint(job, submission, findings, 0, message).help(help);
}
