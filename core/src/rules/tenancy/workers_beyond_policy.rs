//! RJ749 `workers-beyond-policy`.

use crate::document::Field;
use crate::policy::{Bounds, Policy};
use crate::rayjob::Role;
use crate::rules::prelude::*;
use crate::totals::{Count, Totals};

rule! {
    /// A job has more or fewer workers or worker groups than a policy allows.
    ///
    /// ## Why
    /// Each worker is a pod that must find its place, and a job that can grow without bound can take all that a cluster
    /// has. What counts is the most that the job can come to: the replicas of each group, or its `maxReplicas` where Ray's
    /// autoscaler decides, times `numOfHosts`.
    ///
    /// ## Example
    /// ```yaml policy
    /// limits: {workers: {max: 10}, workersPerGroup: {max: 8}, workerGroups: {max: 2}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     workerGroupSpecs:
    ///     - groupName: small
    ///       replicas: 6
    ///       numOfHosts: 2
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.56.0"}]}}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     workerGroupSpecs:
    ///     - groupName: small
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.56.0"}]}}
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     enableInTreeAutoscaling: true
    ///     workerGroupSpecs:
    ///     - groupName: small
    ///       minReplicas: 0
    ///       maxReplicas: 8
    ///       template: {spec: {containers: [{name: ray-worker, image: "rayproject/ray:2.56.0"}]}}
    /// ```
    "RJ749" "workers-beyond-policy" Deny since "0.1.0" [of policies] because
        Policy "`limits.workers`, `limits.workersPerGroup`, `limits.workerGroups`",
}

fn check<'a>(policy: &'a Policy, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let (limits, Some(cluster)) = (&policy.limits, job.own_cluster()) else { return };
    let groups = cluster.spec.worker_group_specs.any();
    if let Some(bounds) = limits.worker_groups {
        let number = Count::Known(cluster.workers.len() as u64);
        Judged { field: groups, what: "worker groups", whose: "the job", number }.judge(bounds, findings);
    }
    if limits.workers_per_group.is_none() && limits.workers.is_none() {
        return;
    }
    let totals = Totals::of(job);
    if let Some(bounds) = limits.workers_per_group {
        for pods in totals.pods() {
            let Some(Role::Worker(group)) = pods.made.map(|made| made.role) else { continue };
            let (field, whose) = (group.spec.object.any(), group.name_for_people());
            Judged { field, what: "workers in one group", whose: &whose, number: pods.count }
                .judge(bounds, findings);
        }
    }
    if let Some(bounds) = limits.workers {
        Judged { field: groups, what: "workers", whose: "the job", number: totals.workers() }
            .judge(bounds, findings);
    }
}

/// Something that is counted.
struct Judged<'w, 'a> {
    field: Field<'a>,
    what: &'static str,
    whose: &'w str,
    number: Count,
}

impl<'a> Judged<'_, 'a> {
    fn judge(self, bounds: Bounds, findings: &mut Findings<'_, 'a>) {
        let Self { field, what, whose, number } = self;
        let (told, excess, bound, word) = match (number, bounds) {
            (Count::Unbounded, Bounds { max: Some(max), .. }) => {
                ("any number".to_owned(), f64::INFINITY, max, "most")
            }
            (Count::Known(number), Bounds { max: Some(max), .. }) if distance(number, max) > 0.0 => {
                (number.to_string(), distance(number, max), max, "most")
            }
            (Count::Known(number), Bounds { min: Some(min), .. }) if distance(number, min) < 0.0 => {
                (number.to_string(), distance(number, min), min, "least")
            }
            _ => return,
        };
        let help = match (number, word) {
            (Count::Unbounded, _) => "set maxReplicas of each worker group to the most workers that it needs",
            (_, "most") => "take fewer of them, or ask whoever runs the cluster",
            _ => "take more of them, or ask whoever runs the cluster",
        };
        findings
            .report(
                field,
                format!("{whose} may come to {told} of {what}, and {bound} is the {word} that is allowed"),
            )
            .exceeding_by(what, excess)
            .help(help);
    }
}

/// How far above the bound the number is.
#[expect(clippy::cast_precision_loss, reason = "only compared with another")]
fn distance(number: u64, bound: i64) -> f64 {
    (i128::from(number) - i128::from(bound)) as f64
}
