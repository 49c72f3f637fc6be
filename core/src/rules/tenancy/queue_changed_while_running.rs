//! RJ711 `queue-changed-while-running`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A job that is not suspended gets another Kueue queue.
    ///
    /// ## Why
    /// Kueue has reserved quota in the old queue, or none at all for a job that had no queue. Its webhook refuses the change, as
    /// `field is immutable`; the queue of a suspended job can be changed.
    ///
    /// ## Example
    /// ```yaml stored
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// ```
    /// ```yaml bad
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-b}
    /// ```
    /// ```yaml good
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-b}
    /// spec:
    ///   suspend: true
    /// ```
    ///
    /// ## References
    /// - Kueue v0.19 `validateUpdateForQueueName`
    "RJ711" "queue-changed-while-running" Deny since "0.1.0" [reads metadata] [of updates] because
        Kueue "`metadata.labels[kueue.x-k8s.io/queue-name]: … field is immutable`, in its webhook (Kueue v0.8 to v0.19)",
}

fn check<'a>(old: &RayJob<'a>, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let (before, after) = (old.queue_name().value().unwrap_or_default(), job.queue_name());
    // What becomes of a job that leaves its queue depends on Kueue's version.
    let Some(queue) = after.non_empty().filter(|queue| *queue != before) else { return };
    if !job.spec.suspend.is_true() {
        let problem = match before {
            "" => {
                format!("a job that was started without a queue cannot enter Kueue's queue {}", Quoted(queue))
            }
            before => format!(
                "a job that is not suspended cannot move from Kueue's queue {} to {}",
                Quoted(before),
                Quoted(queue)
            ),
        };
        findings
            .report(after, problem)
            .because_of(job.spec.suspend)
            .reason(Reason::Forbidden)
            .help("suspend the job first (suspend: true), which deletes its cluster; or delete it and apply it again with the new queue");
    }
}
