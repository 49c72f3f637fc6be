//! RJ703 `queued-deletion-rules`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A job in a Kueue queue has deletion rules.
    ///
    /// ## Why
    /// Kueue wants `shutdownAfterJobFinishes: true`, and KubeRay refuses that beside `deletionRules`: no value suits both.
    ///
    /// ## Example
    /// ```yaml bad
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   shutdownAfterJobFinishes: false
    ///   deletionStrategy:
    ///     deletionRules:
    ///     - policy: DeleteCluster
    ///       condition: {jobStatus: SUCCEEDED, ttlSeconds: 60}
    /// ```
    /// ```yaml good
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   shutdownAfterJobFinishes: true
    ///   ttlSecondsAfterFinished: 60
    /// ```
    ///
    /// ## References
    /// - Kueue v0.19 `RayJobWebhook.validateCreate`
    /// - KubeRay v1.7 `validateDeletionStrategy`
    "RJ703" "queued-deletion-rules" Deny since "0.1.0" [reads metadata] because
        Kueue [from V1_5] "`a kueue managed job should delete the cluster after finishing`, with a value that KubeRay refuses beside deletionRules (Kueue v0.8 to v0.19)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(strategy) = job.deletion_strategy() else { return };
    if let Some((queue, _)) = job.queued_cluster()
        && !strategy.deletion_rules.is_absent_or_empty()
    {
        findings
            .report(
                strategy.deletion_rules,
                format!("a job in Kueue's queue {} cannot have deletion rules: Kueue wants shutdownAfterJobFinishes, which KubeRay refuses beside them", Quoted(queue)),
            )
            .because_of(job.queue_name())
            .because_of(job.spec.cluster_selector)
            .reason(Reason::Forbidden)
            .help("remove deletionStrategy, and set shutdownAfterJobFinishes: true with ttlSecondsAfterFinished");
    }
}
