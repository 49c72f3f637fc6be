//! RJ709 `unusable-execution-limit`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

/// Seconds after which Kueue ends the job; the key is Kueue's (v0.8 to v0.19).
const LIMIT: &str = "kueue.x-k8s.io/max-exec-time-seconds";

rule! {
    /// The execution limit of a job in a Kueue queue is no positive number of seconds.
    ///
    /// ## Why
    /// Kueue's webhook refuses the job.
    ///
    /// ## Example
    /// ```yaml bad
    /// metadata:
    ///   labels:
    ///     kueue.x-k8s.io/queue-name: team-a
    ///     kueue.x-k8s.io/max-exec-time-seconds: 2h
    /// ```
    /// ```yaml bad
    /// metadata:
    ///   labels:
    ///     kueue.x-k8s.io/queue-name: team-a
    ///     kueue.x-k8s.io/max-exec-time-seconds: "0"
    /// ```
    /// ```yaml good
    /// metadata:
    ///   labels:
    ///     kueue.x-k8s.io/queue-name: team-a
    ///     kueue.x-k8s.io/max-exec-time-seconds: "7200"
    /// ```
    ///
    /// ## References
    /// - Kueue v0.19 `validateCreateForMaxExecTime`
    "RJ709" "unusable-execution-limit" Deny since "0.1.0" [reads metadata] because
        Kueue "`strconv.Atoi: parsing \"2h\": invalid syntax` or `should be greater than 0`, in its webhook (Kueue v0.10 to v0.19)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let limit = job.metadata.labels.get(LIMIT);
    let Some(text) = limit.value().filter(|_| job.is_queued() && !job.selects_cluster()) else { return };
    // A label's value begins with a letter or digit, so that Rust and Go read the same numbers.
    if !text.parse::<i64>().is_ok_and(|seconds| seconds > 0) {
        findings
            .report(
                limit,
                format!("{} is no number of seconds after which Kueue could end the job", Quoted(text)),
            )
            .because_of(job.queue_name())
            .because_of(job.spec.cluster_selector)
            .help("write a whole number greater than zero, in quotes: \"7200\" for two hours");
    }
}
