//! RJ126 `duplicate-deletion-rule`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// Two deletion rules do the same at the same end of the job.
    ///
    /// ## Why
    /// They could differ in their `ttlSeconds` alone, and KubeRay would not know which one is meant: it accepts the job, then
    /// refuses to start it.
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
    ///       condition: {jobStatus: SUCCEEDED, ttlSeconds: 600}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteCluster
    ///       condition: {jobDeploymentStatus: Failed}
    ///     - policy: DeleteCluster
    ///       condition: {jobDeploymentStatus: Failed}
    /// ```
    /// ```yaml good
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteCluster
    ///       condition: {jobStatus: SUCCEEDED}
    ///     - policy: DeleteCluster
    ///       condition: {jobStatus: FAILED}
    ///     - policy: DeleteCluster
    ///       condition: {jobDeploymentStatus: Failed}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `validateDeletionRules`
    "RJ126" "duplicate-deletion-rule" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] [where RayJobDeletionPolicy is true] "`duplicate rule for DeletionPolicyType`, in reconcile (validateDeletionRules)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(strategy) = job.deletion_strategy() else { return };
    let mut seen = Vec::new();
    for rule in strategy.rules() {
        let (Some(trigger), Some(policy)) = (rule.condition().trigger(), rule.policy.value()) else {
            continue;
        };
        if seen.contains(&(trigger, policy)) {
            findings
                .report(
                    rule.object,
                    format!(
                        "an earlier deletion rule has the policy {} for the same end of the job",
                        Quoted(policy)
                    ),
                )
                .because_of(strategy.deletion_rules)
                .help("keep one of the two");
        }
        seen.push((trigger, policy));
    }
}
