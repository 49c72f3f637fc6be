//! RJ707 `malformed-pod-set-name`.

use crate::kubernetes_names::is_dns1123_label;
use crate::quoted::Quoted;
use crate::rules::prelude::*;

rule! {
    /// A worker group of a job in a Kueue queue has a name that no pod set can have.
    ///
    /// ## Why
    /// Kueue makes a pod set of each worker group, under its name in lower case, which must be a DNS-1123 label. Its webhook
    /// does not look; it fails to make the Workload again and again, and the job stays suspended.
    ///
    /// ## Example
    /// ```yaml bad
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: gpu.large
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.52.0"}]}}
    /// ```
    /// ```yaml good
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: GPU-large
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.52.0"}]}}
    /// ```
    ///
    /// ## References
    /// - Kueue v0.19 `PodSetReference`
    "RJ707" "malformed-pod-set-name" Deny since "0.1.0" [reads metadata] because
        Kueue "fails to make the Workload: `spec.podSets[1].name … should match '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'` (Kueue v0.8 to v0.19)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some((queue, cluster)) = job.queued_cluster().filter(|_| job.is_queued_by_itself()) else { return };
    for group in &cluster.workers {
        let name = RayJob::pod_set_name(group);
        if name.is_some_and(|name| !is_dns1123_label(&name)) {
            findings
                .report(
                    group.spec.group_name,
                    format!(
                        "Kueue, with its queue {}, cannot use the name of {}",
                        Quoted(queue),
                        group.name_for_people()
                    ),
                )
                .because_of(job.queue_name())
                .because_of(job.metadata.owner_references)
                .because_of(job.spec.cluster_selector)
                .help("use at most 63 letters, digits and `-`, beginning and ending with a letter or digit");
        }
    }
}
