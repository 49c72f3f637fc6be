//! RJ118 `mixed-deletion-strategy`.

use crate::rules::prelude::*;

rule! {
    /// `deletionRules` stand beside `onSuccess` or `onFailure`.
    ///
    /// ## Why
    /// These are the new and the old form of the same thing, and KubeRay takes only one of them.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteCluster
    ///       condition: {jobStatus: SUCCEEDED}
    ///     - policy: DeleteCluster
    ///       condition: {jobDeploymentStatus: Failed}
    ///     onSuccess: {policy: DeleteCluster}
    ///     onFailure: {policy: DeleteCluster}
    /// ```
    /// ```yaml good
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteCluster
    ///       condition: {jobStatus: SUCCEEDED}
    ///     - policy: DeleteCluster
    ///       condition: {jobDeploymentStatus: Failed}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `validateDeletionConfiguration`
    "RJ118" "mixed-deletion-strategy" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] [where RayJobDeletionPolicy is true] "`Cannot use both legacy onSuccess/onFailure fields and deletionRules simultaneously`, in reconcile (validateDeletionConfiguration) and by the CRD",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(strategy) = job.deletion_strategy() else { return };
    if strategy.has_rules() && strategy.has_outcomes() {
        findings
            .report(strategy.object, "deletionRules cannot stand beside onSuccess and onFailure")
            .reason(Reason::Forbidden)
            .help("keep deletionRules and remove onSuccess and onFailure");
    }
}
