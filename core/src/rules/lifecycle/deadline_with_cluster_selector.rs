//! RJ138 `deadline-with-cluster-selector`.

use crate::rules::prelude::*;

rule! {
    /// A deadline does not stop a job on an existing cluster.
    ///
    /// ## Why
    /// At its `activeDeadlineSeconds` KubeRay reports the RayJob as failed and stops nothing. Where the job has a cluster of its
    /// own, deleting it ends the work; on an existing cluster the Ray job goes on, unseen, and keeps its resources.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec: null
    ///   shutdownAfterJobFinishes: null
    ///   activeDeadlineSeconds: 3600
    ///   clusterSelector:
    ///     ray.io/cluster: shared
    /// ```
    /// ```yaml good
    /// spec:
    ///   activeDeadlineSeconds: 3600
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `checkActiveDeadlineAndUpdateStatusIfNeeded`
    "RJ138" "deadline-with-cluster-selector" Warn since "0.1.0" because
        KubeRayHangs "the deadline changes the status only; the Ray job is stopped when the RayJob is deleted (v1.3 to v1.7)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let deadline = job.spec.active_deadline_seconds;
    if deadline.is_positive() && job.selects_cluster() {
        findings
            .report(
                deadline,
                "at the deadline only the RayJob ends: its Ray job goes on, on the selected cluster",
            )
            .because_of(job.spec.cluster_selector)
            .help("delete the RayJob to stop it, or let the program end itself in time");
    }
}
