//! RJ708 `malformed-queue-name`.

use crate::kubernetes_names::is_dns1123_subdomain;
use crate::quoted::Quoted;
use crate::rules::prelude::*;

/// The Workload that a job is to use in place of its own; the key is Kueue's (v0.8 to v0.19).
const PREBUILT: &str = "kueue.x-k8s.io/prebuilt-workload-name";

rule! {
    /// A label for Kueue holds what cannot be the name of a `LocalQueue` or Workload.
    ///
    /// ## Why
    /// A label's value may have upper-case letters and `_`; names of objects may not. Kueue's webhook refuses the job.
    ///
    /// ## Example
    /// ```yaml bad
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: Team_A}
    /// ```
    /// ```yaml bad
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: ""}
    /// ```
    /// ```yaml bad
    /// metadata:
    ///   labels:
    ///     kueue.x-k8s.io/queue-name: team-a
    ///     kueue.x-k8s.io/prebuilt-workload-name: Train
    /// ```
    /// ```yaml good
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a.gpu}
    /// ```
    ///
    /// ## References
    /// - Kueue v0.19 `jobframework.ValidateJobOnCreate`
    "RJ708" "malformed-queue-name" Deny since "0.1.0" [reads metadata] because
        Kueue "`a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'`, in its webhook (Kueue v0.8 to v0.19)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let queue = job.queue_name();
    // From v0.20 on an annotation of the same key goes before the label.
    let annotation = job.metadata.annotations.get(PREBUILT);
    let prebuilt = job.metadata.labels.get(PREBUILT);
    // For a job with clusterSelector Kueue's webhook gets no further than to that.
    if queue.value().is_none() || job.selects_cluster() {
        return;
    }
    for (label, what) in [(queue, "LocalQueue"), (prebuilt, "Workload")] {
        let is_read = label.key() != PREBUILT || annotation.non_empty().is_none();
        if let Some(name) = label.value().filter(|name| is_read && !is_dns1123_subdomain(name)) {
            findings
                .report(label, format!("{} cannot be the name of Kueue's {what}", Quoted(name)))
                .because_of(queue)
                .because_of(prebuilt)
                .because_of(annotation)
                .because_of(job.spec.cluster_selector)
                .help(format!(
                    "write the name of a {what} of this namespace: lower-case letters, digits, `-` and `.`"
                ));
        }
    }
}
