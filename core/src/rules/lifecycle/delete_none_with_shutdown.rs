//! RJ123 `delete-none-with-shutdown`.

use crate::rules::prelude::*;

rule! {
    /// `DeleteNone` is to keep a cluster that `shutdownAfterJobFinishes` is to delete.
    ///
    /// ## Why
    /// KubeRay does not choose between the two: it accepts the job, then refuses to start it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: true
    ///   deletionStrategy:
    ///     onSuccess: {policy: DeleteNone}
    ///     onFailure: {policy: DeleteNone}
    /// ```
    /// ```yaml good
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionStrategy:
    ///     onSuccess: {policy: DeleteNone}
    ///     onFailure: {policy: DeleteNone}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `validateLegacyDeletionPolicies`
    "RJ123" "delete-none-with-shutdown" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] [where RayJobDeletionPolicy is true] "`shutdownAfterJobFinshes is set to 'true' while deletion policy is 'DeleteNone'`, in reconcile (validateLegacyDeletionPolicies)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let shutdown = job.spec.shutdown_after_job_finishes;
    let Some(strategy) = job.deletion_strategy().filter(|_| shutdown.is_true()) else { return };
    for policy in strategy.outcome_policies() {
        if policy.value() == Some("DeleteNone") {
            findings
                .report(policy, "DeleteNone contradicts shutdownAfterJobFinishes: true")
                .because_of(shutdown)
                .reason(Reason::Forbidden)
                .help("remove shutdownAfterJobFinishes to keep the cluster, or write DeleteCluster");
        }
    }
}
