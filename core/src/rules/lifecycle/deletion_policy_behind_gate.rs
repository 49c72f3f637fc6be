//! RJ139 `deletion-policy-behind-gate`.

use crate::rules::prelude::*;

rule! {
    /// `deletionPolicy` is used while KubeRay's feature gate for it is off.
    ///
    /// ## Why
    /// `deletionPolicy` of KubeRay 1.3 and 1.4 needs the feature gate `RayJobDeletionPolicy`, which is off by default. The operator
    /// accepts the job and never starts it.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionPolicy: DeleteCluster
    /// ```
    /// ```yaml good
    /// spec:
    ///   shutdownAfterJobFinishes: true
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.4 `ValidateRayJobSpec`
    "RJ139" "deletion-policy-behind-gate" Deny since "0.1.0" because
        KubeRayRefuses [until V1_4] [where RayJobDeletionPolicy is false] "`RayJobDeletionPolicy feature gate must be enabled to use the DeletionPolicy feature`, in reconcile (ValidateRayJobSpec)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let policy = job.spec.deletion_policy();
    if policy.is_present() {
        findings
            .report(policy, "deletionPolicy is switched off here: KubeRay's feature gate RayJobDeletionPolicy is not on")
            .reason(Reason::Forbidden)
            .help("use shutdownAfterJobFinishes: true instead, or ask for the feature gate on KubeRay's operator");
    }
}
