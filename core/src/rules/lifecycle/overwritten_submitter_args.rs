//! RJ135 `overwritten-submitter-args`.

use crate::rayjob::PodTemplate;
use crate::rules::prelude::*;

rule! {
    /// The submitter's `args` are overwritten, because it has no `command`.
    ///
    /// ## Why
    /// A submitter without a `command` gets KubeRay's own, and its arguments with it: what stands in `args` is never run.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   submitterPodTemplate:
    ///     spec:
    ///       restartPolicy: Never
    ///       containers:
    ///       - name: submitter
    ///         image: rayproject/ray:2.52.0
    ///         args: ["ray job submit -- python train.py"]
    /// ```
    /// ```yaml good
    /// spec:
    ///   submitterPodTemplate:
    ///     spec:
    ///       restartPolicy: Never
    ///       containers:
    ///       - name: submitter
    ///         image: rayproject/ray:2.52.0
    ///         command: [sh, -c]
    ///         args: ["ray job submit -- python train.py"]
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `configureSubmitterContainer`
    "RJ135" "overwritten-submitter-args" Warn since "0.1.0" because
        KubeRayHangs "command and args of the first container are both replaced when it has no command (v1.3 to v1.7): the job runs, but without what args say",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    if job.submission_mode() != SubmissionMode::K8sJobMode {
        return;
    }
    let Some(container) = job.submitter().and_then(PodTemplate::ray_container) else { return };
    if container.command.is_absent_or_empty() && container.args.items().next().is_some() {
        findings
            .report(
                container.args,
                "KubeRay replaces the submitter's args by its own, because it has no command",
            )
            .because_of(container.command)
            .because_of(job.spec.submission_mode)
            .help("write command, too, or remove args");
    }
}
