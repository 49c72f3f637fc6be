//! RJ136 `dropped-deletion-policy`.

use crate::document::{Misfit, Problem, Pruned};
use crate::rules::prelude::*;

rule! {
    /// `deletionPolicy` is a field of KubeRay 1.3 and 1.4 that later ones drop.
    ///
    /// ## Why
    /// A manifest from before KubeRay 1.5 is accepted without a word, the field is dropped, and nothing deletes what it said. The
    /// successor is `deletionStrategy`.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   shutdownAfterJobFinishes: null
    ///   deletionPolicy: DeleteCluster
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
    /// - KubeRay v1.4 `DeletionPolicy`, KubeRay v1.5 `DeletionStrategy`
    "RJ136" "dropped-deletion-policy" Warn since "0.1.0" [of misfits] because
        KubeRayHangs [from V1_5] "the CRD drops the field, so that the cluster stays after the job has ended unless something else ends it",
}

fn check<'a>(misfit: &Misfit<'a>, findings: &mut Findings<'_, 'a>) {
    let is_dropped = matches!(misfit.problem, Problem::Unknown(..) | Problem::Pruned(Pruned::Unknown(..)));
    if is_dropped && misfit.field.path().as_str() == "spec.deletionPolicy" {
        findings
            .report(
                misfit.field,
                "KubeRay 1.5 and newer drop deletionPolicy: nothing is deleted because of it",
            )
            .help("use shutdownAfterJobFinishes: true, or deletionStrategy with deletionRules");
    }
}
