//! RJ706 `clashing-pod-set-names`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

/// The names that Kueue gives to the pod sets of the head and of the submitter (v0.10 to v0.19).
const HEAD: &str = "head";
const SUBMITTER: &str = "submitter";

rule! {
    /// A worker group of a job in a Kueue queue has a name that Kueue gives to other pods.
    ///
    /// ## Why
    /// Kueue makes a pod set of each worker group, under its name in lower case, beside `head` and, in K8sJobMode, `submitter`.
    /// Its webhook refuses only `head`. With `Head`, `submitter`, or two groups `gpu` and `GPU` it fails to make the Workload
    /// again and again, and the job stays suspended.
    ///
    /// ## Example
    /// ```yaml bad
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: head
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.52.0"}]}}
    /// ```
    /// ```yaml bad
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: submitter
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.52.0"}]}}
    /// ```
    /// ```yaml bad
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: gpu
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.52.0"}]}}
    ///     - groupName: GPU
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.52.0"}]}}
    /// ```
    /// ```yaml good
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   submissionMode: HTTPMode
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: submitter
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.52.0"}]}}
    ///     - groupName: GPU
    ///       replicas: 1
    ///       minReplicas: 0
    ///       maxReplicas: 1
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.52.0"}]}}
    /// ```
    ///
    /// ## References
    /// - Kueue v0.19 `NewPodSetReference`, `WorkloadSpec.PodSets`
    "RJ706" "clashing-pod-set-names" Deny since "0.1.0" [reads metadata] because
        Kueue "`\"head\" is reserved for the head group`, in its webhook (Kueue v0.8 to v0.19)",
        Kueue "fails to make the Workload, whose pod sets need different names (Kueue v0.10 to v0.19)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some((queue, cluster)) = job.queued_cluster() else { return };
    let makes_workload = job.is_queued_by_itself();
    let mut seen = vec![HEAD.to_owned()];
    if job.has_submitter_pod() {
        seen.push(SUBMITTER.to_owned());
    }
    for group in &cluster.workers {
        let Some(pod_set) = RayJob::pod_set_name(group) else { continue };
        let name = group.spec.group_name.value().unwrap_or_default();
        if seen.contains(&pod_set) && (makes_workload || name == HEAD) {
            let other = match pod_set.as_str() {
                HEAD => "the head",
                SUBMITTER if job.has_submitter_pod() => "the submitter",
                _ => "another worker group",
            };
            findings
                .report(
                    group.spec.group_name,
                    format!(
                        "in Kueue's queue {} {} gets the same name, {}, as {other}",
                        Quoted(queue),
                        group.name_for_people(),
                        Quoted(&pod_set)
                    ),
                )
                .because_of(job.queue_name())
                .because_of(job.metadata.owner_references)
                .because_of(job.spec.submission_mode)
                .because_of(job.spec.cluster_selector)
                .help("choose a name that differs from the others in more than upper and lower case");
        }
        seen.push(pod_set);
    }
}
