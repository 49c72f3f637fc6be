//! RJ701 `queued-cluster-selector`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A job in a Kueue queue is to run on an existing cluster.
    ///
    /// ## Why
    /// Kueue suspends every job that has the label `kueue.x-k8s.io/queue-name`, lets one with `clusterSelector` pass, and then
    /// never looks at it again. KubeRay refuses a suspended job with `clusterSelector`: it waits for ever, with nobody to tell.
    /// In a namespace that has a `LocalQueue` called `default` Kueue adds the label to every new job by itself: there a job needs
    /// a cluster of its own.
    ///
    /// A job that something else owns is left alone, unless Kueue's webhook refuses it: it may be queued as a part of that.
    ///
    /// ## Example
    /// ```yaml bad
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   rayClusterSpec: null
    ///   clusterSelector: {ray.io/cluster: shared}
    /// ```
    /// ```yaml bad
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    ///   ownerReferences: [{kind: AppWrapper, name: train}]
    /// spec:
    ///   clusterSelector: {ray.io/cluster: shared}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec: null
    ///   clusterSelector: {ray.io/cluster: shared}
    /// ```
    /// ```yaml good
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    ///   ownerReferences: [{kind: AppWrapper, name: train}]
    /// spec:
    ///   rayClusterSpec: null
    ///   clusterSelector: {ray.io/cluster: shared}
    /// ```
    ///
    /// ## References
    /// - Kueue v0.19 `RayJobWebhook.validateCreate`, `RayJob.Skip`
    "RJ701" "queued-cluster-selector" Deny since "0.1.0" [reads metadata] because
        Kueue "suspends the job and never lets it go: KubeRay says `the ClusterSelector mode doesn't support the suspend operation` (Kueue v0.15 to v0.19); earlier ones refuse it",
        Kueue "`a kueue managed job should not use an existing cluster`, when rayClusterSpec is there as well (Kueue v0.8 to v0.19)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(queue) = job.queue_name().non_empty().filter(|_| job.selects_cluster()) else { return };
    if job.cluster().is_some() || job.is_queued_by_itself() {
        findings
            .report(
                job.spec.cluster_selector,
                format!("a job in Kueue's queue {} cannot run on an existing cluster: Kueue would suspend it for ever", Quoted(queue)),
            )
            .because_of(job.queue_name())
            .because_of(job.metadata.owner_references)
            .because_of(job.spec.ray_cluster_spec)
            .reason(Reason::Forbidden)
            .help("remove the label `kueue.x-k8s.io/queue-name`, or give the job its own cluster with rayClusterSpec in place of clusterSelector");
    }
}
