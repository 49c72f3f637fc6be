//! RJ124 `ambiguous-deletion-condition`.

use crate::rules::prelude::*;

rule! {
    /// A deletion rule does not wait for exactly one end of the job.
    ///
    /// ## Why
    /// The condition of a rule names either a `jobStatus` or a `jobDeploymentStatus`, not both and not none.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteCluster
    ///       condition: {jobStatus: FAILED, jobDeploymentStatus: Failed}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteCluster
    ///       condition: {ttlSeconds: 60}
    /// ```
    /// ```yaml good
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteCluster
    ///       condition: {jobStatus: SUCCEEDED, ttlSeconds: 60}
    ///     - policy: DeleteCluster
    ///       condition: {jobDeploymentStatus: Failed}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `validateDeletionCondition`
    "RJ124" "ambiguous-deletion-condition" Deny since "0.1.0" because
        KubeRayRefuses [from V1_6] [where RayJobDeletionPolicy is true] "`cannot set both JobStatus and JobDeploymentStatus`, `exactly one of JobStatus and JobDeploymentStatus must be set`, in reconcile (validateDeletionCondition) and by the CRD",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(strategy) = job.deletion_strategy() else { return };
    for condition in strategy.rules().map(|rule| rule.condition()) {
        let (job_status, deployment) = (condition.job_status, condition.job_deployment_status);
        let problem = match (job_status.is_present(), deployment.is_present()) {
            (true, true) => "waits for both a jobStatus and a jobDeploymentStatus",
            (false, false) => "waits for no end of the job: neither jobStatus nor jobDeploymentStatus is set",
            _ => continue,
        };
        findings
            .report(condition.object, format!("the deletion rule {problem}"))
            .help("write jobStatus: SUCCEEDED, jobStatus: FAILED or jobDeploymentStatus: Failed, and a rule for each");
    }
}
