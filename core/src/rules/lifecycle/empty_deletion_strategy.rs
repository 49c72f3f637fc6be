//! RJ119 `empty-deletion-strategy`.

use crate::rules::prelude::*;

rule! {
    /// `deletionStrategy` says nothing.
    ///
    /// ## Why
    /// KubeRay wants `deletionRules`, or both `onSuccess` and `onFailure`.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   deletionStrategy: {}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   deletionStrategy:
    ///     deletionRules: []
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
    "RJ119" "empty-deletion-strategy" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] [where RayJobDeletionPolicy is true] "`DeletionStrategy requires either BOTH onSuccess and onFailure, OR the deletionRules field`, in reconcile (validateDeletionConfiguration) and by the CRD",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(strategy) = job.deletion_strategy() else { return };
    if strategy.deletion_rules.is_absent_or_empty() && !strategy.has_outcomes() {
        findings
            .report(strategy.object, "deletionStrategy has neither deletionRules nor onSuccess and onFailure")
            .reason(Reason::Required)
            .help("list deletionRules, or remove deletionStrategy");
    }
}
