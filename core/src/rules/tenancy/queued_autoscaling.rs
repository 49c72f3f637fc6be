//! RJ704 `queued-autoscaling`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

/// The annotation that makes a job elastic; the key and the value are Kueue's (v0.16 to v0.19).
const ELASTIC: &str = "kueue.x-k8s.io/elastic-job";

rule! {
    /// A job in a Kueue queue has Ray's autoscaler, but is not elastic.
    ///
    /// ## Why
    /// Kueue reserves quota for the pods that the job asks for when it starts; an autoscaler would change their number behind its
    /// back. Its webhook refuses such a job, unless the annotation `kueue.x-k8s.io/elastic-job: "true"` says that the
    /// reservation may follow, which the cluster's admin must have switched on.
    ///
    /// ## Example
    /// ```yaml bad
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   rayClusterSpec: {enableInTreeAutoscaling: true}
    /// ```
    /// ```yaml good
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   rayClusterSpec: {enableInTreeAutoscaling: false}
    /// ```
    /// ```yaml good
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    ///   annotations: {kueue.x-k8s.io/elastic-job: "true"}
    /// spec:
    ///   rayClusterSpec: {enableInTreeAutoscaling: true}
    /// ```
    ///
    /// ## References
    /// - Kueue v0.19 `raycluster.ValidateCreate`
    "RJ704" "queued-autoscaling" Deny since "0.1.0" [reads metadata] because
        Kueue "`a kueue managed job should only use autoscaling when workload slicing is enabled`, in its webhook (Kueue v0.16 to v0.19); earlier ones refuse it always",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let elastic = job.metadata.annotations.get(ELASTIC);
    if let Some((queue, cluster)) = job.queued_cluster()
        && cluster.is_autoscaled()
        && elastic.value() != Some("true")
    {
        findings
            .report(
                cluster.spec.enable_in_tree_autoscaling,
                format!("a job in Kueue's queue {} gets quota for a fixed number of pods: Ray's autoscaler must not change it", Quoted(queue)),
            )
            .because_of(job.queue_name())
            .because_of(elastic)
            .because_of(job.spec.cluster_selector)
            .reason(Reason::Forbidden)
            .help("remove enableInTreeAutoscaling and set replicas, or ask your admin for elastic jobs (annotation `kueue.x-k8s.io/elastic-job: \"true\"`)");
    }
}
