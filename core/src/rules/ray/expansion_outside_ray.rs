//! RJ349 `expansion-outside-ray`.

use super::{place, report_entrypoint};
use crate::rules::prelude::*;
use crate::shell::{End, Expansion, Submission};

/// Variables that the submitter's container has as well, with the same meaning: its image is the head's unless told otherwise.
const KNOWN: [&str; 9] = [
    "HOME",
    "LANG",
    "PATH",
    "PYTHONUNBUFFERED",
    "RAY_DASHBOARD_ADDRESS",
    "RAY_JOB_SUBMISSION_ID",
    "SHELL",
    "TMPDIR",
    "USER",
];

rule! {
    /// A `$VARIABLE` or a `$(command)` in the entrypoint is replaced in the submitter, before Ray sees it.
    ///
    /// ## Why
    /// In K8sJobMode and SidecarMode the submitter's bash reads the entrypoint first. A variable that only Ray's containers or
    /// the runtime environment have is replaced by nothing, and `$(nproc)` tells the submitter's number of processors. Between
    /// single quotes both reach the cluster. Variables that the submitter's container sets are not reported.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypoint: python train.py --data $DATA_DIR
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypoint: bash -c "python train.py --workers $(nproc)"
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: bash -c 'python train.py --data $DATA_DIR --workers $(nproc)'
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: python train.py --data $DATA_DIR
    ///   submissionMode: HTTPMode
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: python train.py --data $DATA_DIR
    ///   submitterPodTemplate:
    ///     spec:
    ///       restartPolicy: Never
    ///       containers:
    ///       - {name: submitter, image: "rayproject/ray:2.56.0", env: [{name: DATA_DIR, value: /data}]}
    /// ```
    "RJ349" "expansion-outside-ray" Warn since "0.1.0" because
        KubeRayHangs "the entrypoint goes unquoted into the submitter's shell line, whose bash replaces variables and commands (v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(submission) = job.submission() else { return };
    let script = submission.script();
    let is_refused = matches!(script.end, End::Refused(fault) if !fault.is_late);
    if !submission.reader.is_submitter() || is_refused {
        return;
    }
    let mut expansions = script.first.expansions.iter();
    let Some((offset, what)) = expansions.find_map(|found| told(job, submission, found)) else {
        return;
    };
    let message = format!(
        "{what} in the entrypoint ({}) is replaced in the submitter's container, before Ray sees it",
        place(submission, offset)
    );
    report_entrypoint(job, submission, findings, offset, message)
        .help("write bash -c '…' with single quotes around it to have it replaced on the cluster");
}

/// Where an expansion stands and what it is, unless the submitter may well be meant.
fn told(job: &RayJob<'_>, submission: &Submission<'_>, found: &Expansion) -> Option<(usize, String)> {
    match found {
        Expansion::Command(offset) => Some((*offset, "a command".to_owned())),
        Expansion::Variable(name) => {
            let offset = name.start;
            let name = submission.text.get(name.clone())?;
            let is_variable = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
            (is_variable && !is_set_in_submitter(job, name))
                .then(|| (offset, format!("the variable `{name}`")))
        }
    }
}

/// Whether the submitter's container has that variable, or may have it.
pub(super) fn is_set_in_submitter(job: &RayJob<'_>, name: &str) -> bool {
    KNOWN.contains(&name)
        || job.submission_mode() == SubmissionMode::K8sJobMode && is_set_by_template(job, name)
}

fn is_set_by_template(job: &RayJob<'_>, name: &str) -> bool {
    let container = job.submitter().and_then(|template| template.ray_container());
    container.is_some_and(|container| {
        container.env_var(name).is_some() || !container.env_from.is_absent_or_empty()
    })
}
