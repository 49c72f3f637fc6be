//! RJ120 `partial-deletion-strategy`.

use crate::rules::prelude::*;

rule! {
    /// Only one of `onSuccess` and `onFailure` says what to delete.
    ///
    /// ## Why
    /// KubeRay wants both, each with its `policy`; `DeleteNone` says that nothing is to be deleted.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   deletionStrategy:
    ///     onSuccess: {policy: DeleteCluster}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   deletionStrategy:
    ///     onSuccess: {policy: DeleteCluster}
    ///     onFailure: {}
    /// ```
    /// ```yaml good
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionStrategy:
    ///     onSuccess: {policy: DeleteCluster}
    ///     onFailure: {policy: DeleteNone}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `validateLegacyDeletionPolicies`
    "RJ120" "partial-deletion-strategy" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] [where RayJobDeletionPolicy is true] "`both DeletionStrategy.OnSuccess and DeletionStrategy.OnFailure must be set`, `the DeletionPolicyType field of DeletionStrategy.OnSuccess cannot be unset`, in reconcile (validateLegacyDeletionPolicies)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(strategy) = job.deletion_strategy() else { return };
    if !strategy.has_outcomes() || strategy.has_rules() {
        return;
    }
    let outcomes = [(strategy.on_success, "succeeds"), (strategy.on_failure, "fails")];
    for ((outcome, what), policy) in outcomes.into_iter().zip(strategy.outcome_policies()) {
        if !policy.is_present() {
            findings
                .report(policy, format!("it is not said what to delete when the job {what}: {} has no policy", outcome.key()))
                .because_of(strategy.object)
                .reason(Reason::Required)
                .help("write a policy in both onSuccess and onFailure: DeleteCluster, DeleteWorkers, DeleteSelf or DeleteNone");
        }
    }
}
