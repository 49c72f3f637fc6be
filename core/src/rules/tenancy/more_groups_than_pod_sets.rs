//! RJ705 `more-groups-than-pod-sets`.

use crate::quoted::Quoted;
use crate::rules::prelude::*;

/// Pod sets of one Workload: 18 in Kueue v0.19, the most of all versions (10 in v0.18, 8 before).
const MOST_POD_SETS: usize = 18;

rule! {
    /// A job in a Kueue queue has more groups than a Workload has pod sets.
    ///
    /// ## Why
    /// Kueue makes one pod set of the head, of each worker group and, in K8sJobMode, of the submitter, and a Workload has at most
    /// 18 of them. Kueue's webhook does not count the submitter: with 17 worker groups it accepts the job, fails to make
    /// the Workload again and again, and the job stays suspended. Older versions of Kueue allow fewer; they say so themselves.
    ///
    /// ## Example
    /// ```yaml bad
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs: [
    ///       &group {groupName: g1, replicas: 1, minReplicas: 0, maxReplicas: 1, template: {spec: {containers: [
    ///         {name: ray-worker, image: "rayproject/ray:2.52.0"}]}}},
    ///       {<<: *group, groupName: g2}, {<<: *group, groupName: g3},
    ///       {<<: *group, groupName: g4}, {<<: *group, groupName: g5},
    ///       {<<: *group, groupName: g6}, {<<: *group, groupName: g7},
    ///       {<<: *group, groupName: g8}, {<<: *group, groupName: g9},
    ///       {<<: *group, groupName: g10}, {<<: *group, groupName: g11},
    ///       {<<: *group, groupName: g12}, {<<: *group, groupName: g13},
    ///       {<<: *group, groupName: g14}, {<<: *group, groupName: g15},
    ///       {<<: *group, groupName: g16}, {<<: *group, groupName: g17},
    ///     ]
    /// ```
    /// ```yaml good
    /// metadata:
    ///   labels: {kueue.x-k8s.io/queue-name: team-a}
    /// spec:
    ///   submissionMode: HTTPMode
    ///   rayClusterSpec:
    ///     workerGroupSpecs: [
    ///       &group {groupName: g1, replicas: 1, minReplicas: 0, maxReplicas: 1, template: {spec: {containers: [
    ///         {name: ray-worker, image: "rayproject/ray:2.52.0"}]}}},
    ///       {<<: *group, groupName: g2}, {<<: *group, groupName: g3},
    ///       {<<: *group, groupName: g4}, {<<: *group, groupName: g5},
    ///       {<<: *group, groupName: g6}, {<<: *group, groupName: g7},
    ///       {<<: *group, groupName: g8}, {<<: *group, groupName: g9},
    ///       {<<: *group, groupName: g10}, {<<: *group, groupName: g11},
    ///       {<<: *group, groupName: g12}, {<<: *group, groupName: g13},
    ///       {<<: *group, groupName: g14}, {<<: *group, groupName: g15},
    ///       {<<: *group, groupName: g16}, {<<: *group, groupName: g17},
    ///     ]
    /// ```
    ///
    /// ## References
    /// - Kueue v0.19 `jobframework.MaxPodSets`, `WorkloadSpec.PodSets`
    "RJ705" "more-groups-than-pod-sets" Deny since "0.1.0" [reads metadata] because
        Kueue "`must have at most 18 items`: in its webhook, or in the Workload that it fails to make (Kueue v0.19; earlier ones allow fewer)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some((queue, cluster)) = job.queued_cluster() else { return };
    let groups = cluster.spec.worker_group_specs.items().count();
    // Only the Workload counts the submitter, and a job that something owns may have none.
    let submitter = usize::from(job.has_submitter_pod() && job.is_queued_by_itself());
    let most = MOST_POD_SETS - 1 - submitter;
    if groups > most {
        findings
            .report(
                cluster.spec.worker_group_specs,
                format!("{groups} worker groups are too many for a job in Kueue's queue {}", Quoted(queue)),
            )
            .because_of(job.queue_name())
            .because_of(job.metadata.owner_references)
            .because_of(job.spec.submission_mode)
            .because_of(job.spec.cluster_selector)
            .help(format!("merge worker groups until there are at most {most}"));
    }
}
