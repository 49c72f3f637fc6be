//! RJ742 `setting-required-by-policy`.

use crate::document::Field;
use crate::policy::Policy;
use crate::rules::prelude::*;

rule! {
    /// A policy asks for a setting that the job lacks.
    ///
    /// ## Why
    /// Without it a forgotten or hanging job keeps its nodes for as long as nobody looks.
    ///
    /// ## Example
    /// ```yaml policy
    /// require: {activeDeadlineSeconds: true, rayVersion: true}
    /// ```
    /// ```yaml bad
    /// spec: {rayClusterSpec: {rayVersion: 2.56.0}}
    /// ```
    /// ```yaml good
    /// spec: {activeDeadlineSeconds: 3600, rayClusterSpec: {rayVersion: 2.56.0}}
    /// ```
    "RJ742" "setting-required-by-policy" Deny since "0.1.0" [reads metadata] [of policies] because
        Policy "`require.activeDeadlineSeconds`, `require.preRunningDeadlineSeconds`, `require.shutdownAfterJobFinishes`, `require.queueName`, `require.rayVersion`",
}

/// Kueue's label (v0.8 to v0.19 `QueueLabel`).
const QUEUE: &str = "kueue.x-k8s.io/queue-name";

fn check<'a>(policy: &'a Policy, job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let (require, spec) = (&policy.require, &job.spec);
    let mut need = |required: bool, is_there: bool, field: Field<'a>, name: &str, help: &'static str| {
        if required && !is_there {
            findings.report(field, format!("{name} is not set")).reason(Reason::Required).help(help);
        }
    };
    let (active, pre_running) = (spec.active_deadline_seconds, spec.pre_running_deadline_seconds);
    need(
        require.active_deadline_seconds,
        active.is_present(),
        active.any(),
        "activeDeadlineSeconds",
        "set the seconds after which the job is given up, for example 86400 for a day",
    );
    need(
        require.pre_running_deadline_seconds,
        pre_running.is_present(),
        pre_running.any(),
        "preRunningDeadlineSeconds",
        "set the seconds that the job may wait for its cluster, for example 3600",
    );
    let queue = job.metadata.labels.get(QUEUE);
    need(
        require.queue_name,
        queue.non_empty().is_some(),
        queue.any(),
        "the label kueue.x-k8s.io/queue-name",
        "name the queue of Kueue that the job waits in",
    );
    // Of a cluster that is there already nothing is shut down, and no version is chosen.
    let Some(cluster) = job.own_cluster() else { return };
    let shutdown = spec.shutdown_after_job_finishes;
    need(
        require.shutdown_after_job_finishes,
        shutdown.is_true(),
        shutdown.any(),
        "shutdownAfterJobFinishes",
        "set shutdownAfterJobFinishes: true",
    );
    let version = cluster.spec.ray_version;
    need(
        require.ray_version,
        version.non_empty().is_some(),
        version.any(),
        "rayVersion",
        "set rayVersion to the version of Ray in the images",
    );
}
