//! RJ802 `cluster-selector-of-started-job`.

use crate::rayjob::Stage;
use crate::rules::prelude::*;

rule! {
    /// `clusterSelector` is added to a started job, or taken from it.
    ///
    /// ## Why
    /// KubeRay asks `clusterSelector` each time whether the cluster is the job's own. Without it, KubeRay takes the selected cluster
    /// for the job's own and deletes it when the job ends, is suspended or retried, whoever else uses it. With it, KubeRay never
    /// deletes the cluster that it made for the job.
    ///
    /// ## Example
    /// ```yaml stored
    /// spec:
    ///   rayClusterSpec: null
    ///   clusterSelector: {ray.io/cluster: shared}
    /// status: {jobDeploymentStatus: Running}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   clusterSelector: null
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template: {spec: {containers: [{name: ray-head, image: "rayproject/ray:2.52.0"}]}}
    /// ```
    /// ```yaml stored
    /// status: {jobDeploymentStatus: Running}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   clusterSelector: {ray.io/cluster: shared}
    /// ```
    /// ```yaml stored
    /// spec: {suspend: true}
    /// status: {jobDeploymentStatus: Suspended}
    /// ```
    /// ```yaml good
    /// spec:
    ///   suspend: false
    ///   clusterSelector: {ray.io/cluster: shared}
    /// ```
    ///
    /// ## References
    /// - KubeRay v1.7 `deleteClusterResources`
    "RJ802" "cluster-selector-of-started-job" Deny since "0.1.0" [of updates] because
        KubeRayHangs "the clean-up asks spec.clusterSelector, but deletes what status.rayClusterName says: it deletes a foreign cluster, or leaks the own (v1.3 to v1.7)",
}

fn check<'a>(old: &RayJob<'a>, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let message = match (old.selects_cluster(), job.selects_cluster()) {
        (true, false) if loses_foreign_cluster(old, job) => {
            "without clusterSelector KubeRay takes the selected cluster for the job's own, and deletes it in the end"
        }
        (false, true) if old.status.stage().is_under_way() => {
            "with clusterSelector KubeRay takes the job's own cluster for somebody else's, and never deletes it"
        }
        _ => return,
    };
    findings
        .report(job.spec.cluster_selector, message)
        .because_of(old.status.job_deployment_status)
        .because_of(job.spec.shutdown_after_job_finishes)
        .because_of(job.spec.deletion_strategy)
        .because_of(job.spec.deletion_policy())
        .reason(Reason::Forbidden)
        .help("leave it as it is; to run the job elsewhere, delete the RayJob and create it anew");
}

fn loses_foreign_cluster(old: &RayJob<'_>, job: &RayJob<'_>) -> bool {
    match old.status.stage() {
        // The clean-up of an ended job follows the new spec at once; without an order it does nothing.
        Stage::Complete | Stage::Failed => {
            let spec = &job.spec;
            spec.shutdown_after_job_finishes.is_true()
                || spec.deletion_strategy.is_present()
                || spec.deletion_policy().is_present()
        }
        stage => stage.is_under_way(),
    }
}
