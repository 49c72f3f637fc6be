//! RJ743 `number-beyond-policy`.

use crate::document::{Field, Integer};
use crate::policy::{Bounds, Policy};
use crate::rules::prelude::*;

rule! {
    /// A deadline, time to live, idle timeout or number of retries is beyond what a policy allows.
    ///
    /// ## Why
    /// A cluster that stays too long, or a job that is tried too often, takes nodes from others.
    ///
    /// ## Example
    /// ```yaml policy
    /// limits: {ttlSecondsAfterFinished: {max: 86400}, activeDeadlineSeconds: {min: 60, max: 604800}}
    /// ```
    /// ```yaml bad
    /// spec: {ttlSecondsAfterFinished: 100000}
    /// ```
    /// ```yaml bad
    /// spec: {activeDeadlineSeconds: 30}
    /// ```
    /// ```yaml good
    /// spec: {ttlSecondsAfterFinished: 3600, activeDeadlineSeconds: 3600}
    /// ```
    "RJ743" "number-beyond-policy" Deny since "0.1.0" [of policies] because
        Policy "`limits.ttlSecondsAfterFinished`, `limits.activeDeadlineSeconds`, `limits.preRunningDeadlineSeconds`, `limits.backoffLimit`, `limits.idleTimeoutSeconds`",
}

fn check<'a>(policy: &'a Policy, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let (limits, spec) = (&policy.limits, &job.spec);
    let numbers = [
        (spec.ttl_seconds_after_finished, limits.ttl_seconds_after_finished),
        (spec.active_deadline_seconds, limits.active_deadline_seconds),
        (spec.pre_running_deadline_seconds, limits.pre_running_deadline_seconds),
        (spec.backoff_limit, limits.backoff_limit),
    ];
    for (field, bounds) in numbers {
        if let Some(bounds) = bounds {
            judge(field, bounds, findings);
        }
    }
    let Some((cluster, bounds)) = job.own_cluster().zip(limits.idle_timeout_seconds) else { return };
    if cluster.is_autoscaled() {
        let options = cluster.autoscaler_options().map(|options| options.idle_timeout_seconds);
        let groups = cluster.workers.iter().map(|group| group.spec.idle_timeout_seconds);
        options.into_iter().chain(groups).for_each(|field| judge(field, bounds, findings));
    }
}

/// What is not set is not beyond anything: `require` asks for it.
fn judge<'a>(field: Field<'a, Integer>, bounds: Bounds, findings: &mut Findings<'_, 'a>) {
    let Some(number) = field.value().filter(|number| !bounds.contain(*number)) else { return };
    let key = field.key();
    let (problem, bound) = match bounds {
        Bounds { max: Some(max), .. } if number > max => ("above", max),
        Bounds { min: Some(min), .. } => ("below", min),
        Bounds { .. } => return,
    };
    #[expect(clippy::cast_precision_loss, reason = "only compared with another excess")]
    let excess = (i128::from(number) - i128::from(bound)) as f64;
    findings
        .report(field, format!("{key} of {number} is {problem} {bound}, which is allowed"))
        .exceeding_by(key, excess)
        .help(format!("write {bound}, or ask whoever runs the cluster"));
}
