//! RJ702 `queued-without-shutdown`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A job in a Kueue queue keeps its cluster when it has ended.
    ///
    /// ## Why
    /// The cluster would hold the queue's quota after the job has ended, and to suspend a job means to delete its cluster.
    /// Kueue's webhook refuses such a job.
    ///
    /// ## Example
    /// ```yaml bad
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   shutdownAfterJobFinishes: false
    /// ```
    /// ```yaml good
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   shutdownAfterJobFinishes: true
    /// ```
    ///
    /// ## References
    /// - Kueue v0.19 `RayJobWebhook.validateCreate`
    "RJ702" "queued-without-shutdown" Deny since "0.1.0" [reads metadata] because
        Kueue "`a kueue managed job should delete the cluster after finishing`, in its webhook (Kueue v0.8 to v0.19)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let shutdown = job.spec.shutdown_after_job_finishes;
    // With deletion rules shutdownAfterJobFinishes: true would be no remedy: RJ703 knows one.
    let has_rules =
        job.deletion_strategy().is_some_and(|strategy| !strategy.deletion_rules.is_absent_or_empty());
    if let Some((queue, _)) = job.queued_cluster()
        && !shutdown.is_true()
        && !has_rules
    {
        findings
            .report(
                shutdown,
                format!(
                    "a job in Kueue's queue {} must not keep its cluster, which would hold the queue's quota",
                    Quoted(queue)
                ),
            )
            .because_of(job.queue_name())
            .because_of(job.spec.cluster_selector)
            .because_of(job.spec.deletion_strategy)
            .help("set shutdownAfterJobFinishes: true, with ttlSecondsAfterFinished to keep it a while");
    }
}
