//! RJ807 `edit-of-refused-job`.

use crate::rayjob::Stage;
use crate::rules::prelude::*;

rule! {
    /// A job is edited that KubeRay has refused for good.
    ///
    /// ## Why
    /// `ValidationFailed` is a dead end: KubeRay does not start the job even when its spec is mended, and the old message stays in
    /// its status.
    ///
    /// ## Example
    /// ```yaml stored
    /// spec: {backoffLimit: -1}
    /// status: {jobDeploymentStatus: ValidationFailed}
    /// ```
    /// ```yaml bad
    /// spec: {backoffLimit: 1}
    /// ```
    /// ```yaml stored
    /// status: {jobDeploymentStatus: Running}
    /// ```
    /// ```yaml good
    /// spec: {backoffLimit: 1}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `RayJobReconciler.Reconcile`
    "RJ807" "edit-of-refused-job" Warn since "0.1.0" [of updates] because
        KubeRayHangs [from V1_5] "reconcile has no case for ValidationFailed: once there, the job stays there",
}

fn check<'a>(old: &RayJob<'a>, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    if old.status.stage() == Stage::ValidationFailed {
        findings
            .report(
                job.spec.object,
                "KubeRay has refused this job for good (ValidationFailed): no edit starts it",
            )
            .because_of(old.status.job_deployment_status)
            .help("delete the RayJob and create it anew");
    }
}
