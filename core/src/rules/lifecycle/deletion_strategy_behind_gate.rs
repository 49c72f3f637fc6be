//! RJ116 `deletion-strategy-behind-gate`.

use crate::rules::prelude::*;

rule! {
    /// `deletionStrategy` is used while KubeRay's feature gate for it is off.
    ///
    /// ## Why
    /// `deletionStrategy` needs the feature gate `RayJobDeletionPolicy`, which is off by default in KubeRay 1.5 and on since 1.6.
    /// KubeRay accepts the job, then refuses to start it: it stays in `ValidationFailed` for ever.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   deletionStrategy:
    ///     onSuccess: {policy: DeleteCluster}
    ///     onFailure: {policy: DeleteCluster}
    /// ```
    /// ```yaml good
    /// spec:
    ///   shutdownAfterJobFinishes: true
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `validateDeletionConfiguration`
    "RJ116" "deletion-strategy-behind-gate" Deny since "0.1.0" because
        KubeRayRefuses [from V1_5] [where RayJobDeletionPolicy is false] "`RayJobDeletionPolicy feature gate must be enabled to use DeletionStrategy`, in reconcile (validateDeletionConfiguration)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let strategy = job.spec.deletion_strategy;
    if strategy.is_present() {
        findings
            .report(strategy, "deletionStrategy is switched off here: KubeRay's feature gate RayJobDeletionPolicy is not on")
            .reason(Reason::Forbidden)
            .help("use shutdownAfterJobFinishes: true instead, or ask for the feature gate on KubeRay's operator");
    }
}
