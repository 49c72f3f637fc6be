//! RJ301 `missing-entrypoint`.

use crate::rules::prelude::*;

rule! {
    /// The job has no command to run.
    ///
    /// ## Why
    /// KubeRay starts the whole cluster before it finds that there is nothing to submit; in HTTPMode the job even succeeds.
    /// None is needed in InteractiveMode, where the user submits, nor in K8sJobMode when the first container of
    /// `submitterPodTemplate` has a `command` of its own.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   entrypoint: null
    /// ```
    /// ```yaml bad
    /// spec:
    ///   entrypoint: "  "
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: python train.py
    /// ```
    /// ```yaml good
    /// spec:
    ///   entrypoint: null
    ///   submissionMode: InteractiveMode
    /// ```
    "RJ301" "missing-entrypoint" Deny since "0.1.0" because
        KubeRayHangs "K8sJobMode and SidecarMode submit an empty command, fail, and try again while the cluster is up (v1.3 to v1.7)",
        Ray "in HTTPMode an empty command succeeds without running anything (Ray 2.60)",
        RayJobInterface "entrypoint is required where KubeRay submits the job",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let spec = &job.spec;
    let is_blank = spec.entrypoint.value().is_none_or(|command| command.trim().is_empty());
    let is_wrong_type = spec.entrypoint.is_present() && spec.entrypoint.value().is_none();
    if !is_blank || is_wrong_type || !is_needed(job) {
        return;
    }
    findings
        .report(spec.entrypoint, "the job has no command to run")
        .because_of(spec.submission_mode)
        .because_of(spec.submitter_pod_template)
        .reason(Reason::Required)
        .help("set entrypoint to the command, for example `python train.py`");
}

/// Whether KubeRay submits the entrypoint. A job in an unknown mode is never submitted at all, as another rule says.
fn is_needed(job: &RayJob<'_>) -> bool {
    job.submission_mode() == SubmissionMode::HTTPMode || job.is_submitted_by_command()
}
