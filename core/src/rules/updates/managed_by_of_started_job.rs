//! RJ803 `managed-by-of-started-job`.

use crate::rayjob::Stage;
use crate::rules::prelude::*;

rule! {
    /// Another controller is put in charge of a started job.
    ///
    /// ## Why
    /// KubeRay's operator does not even look at a job whose `managedBy` names another controller. Given away after its start, the job
    /// freezes as it is: nothing ends it, nothing cleans up, and when the RayJob is deleted nothing removes its finalizer. Taken
    /// back after its start, it is started again here, or waits for pods that run elsewhere.
    ///
    /// ## Example
    /// ```yaml stored
    /// status: {jobDeploymentStatus: Running}
    /// ```
    /// ```yaml bad
    /// spec: {managedBy: kueue.x-k8s.io/multikueue}
    /// ```
    /// ```yaml good
    /// spec: {managedBy: ray.io/kuberay-operator}
    /// ```
    /// ```yaml stored
    /// spec: {managedBy: kueue.x-k8s.io/multikueue}
    /// status: {jobDeploymentStatus: Running}
    /// ```
    /// ```yaml bad
    /// spec: {managedBy: null}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `ManagedByExternalController`
    "RJ803" "managed-by-of-started-job" Deny since "0.1.0" [of updates] because
        KubeRayHangs "the operator skips a job with another manager before it handles deletion or finalizers (v1.3 to v1.7)",
}

fn check<'a>(old: &RayJob<'a>, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let stage = old.status.stage();
    let is_under_way = stage.is_under_way();
    let has_finalizer = is_under_way || matches!(stage, Stage::Complete | Stage::Failed);
    let (message, help) = match (old.is_managed_elsewhere(), job.is_managed_elsewhere()) {
        (false, true) if has_finalizer => (
            "KubeRay would drop the job as it is: nothing ends it, cleans up after it, or lets it be deleted",
            "leave managedBy as it is, or delete the RayJob and create it with the other manager",
        ),
        (true, false) if is_under_way => (
            "KubeRay would take over a job that runs elsewhere: it runs twice, or never ends",
            "leave managedBy as it is, or delete the RayJob and create it without managedBy",
        ),
        _ => return,
    };
    findings
        .report(job.spec.managed_by, message)
        .because_of(old.status.job_deployment_status)
        .reason(Reason::Forbidden)
        .help(help);
}
