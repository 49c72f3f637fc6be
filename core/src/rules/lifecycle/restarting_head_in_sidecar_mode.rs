//! RJ129 `restarting-head-in-sidecar-mode`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// The head pod of a job in SidecarMode may restart its containers.
    ///
    /// ## Why
    /// The submitter is a container of the head pod: restarted after its end, it would submit the job again. KubeRay accepts the
    /// job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   submissionMode: SidecarMode
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           restartPolicy: Always
    /// ```
    /// ```yaml good
    /// spec:
    ///   submissionMode: SidecarMode
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           restartPolicy: Never
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `ValidateRayJobSpec`
    "RJ129" "restarting-head-in-sidecar-mode" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] "`restartPolicy for head Pod should be Never or unset when using SidecarMode`, in reconcile (ValidateRayJobSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(cluster) = job.cluster() else { return };
    let policy = cluster.head.template.spec.restart_policy;
    let Some(restarts) = policy.non_empty().filter(|policy| *policy != "Never") else { return };
    if job.submission_mode() == SubmissionMode::SidecarMode {
        findings
            .report(
                policy,
                format!(
                    "the head pod of a job in SidecarMode cannot have the restartPolicy {}",
                    Quoted(restarts)
                ),
            )
            .because_of(job.spec.submission_mode)
            .help("write Never, or remove restartPolicy");
    }
}
