//! Family 8: what an update of a job may not change, what it changes in vain, and when.
//!
//! The step that the operator is at stands in the status of the stored job; which of its fields the operator still reads
//! at that step was read in KubeRay v1.3 to v1.7. A job that is new or suspended is free: all of its edits count.

use super::Family;
use crate::document::{Any, Field, same_fields};
use crate::go_types::RAY_JOB;
use crate::rayjob::{RayJob, Stage};

mod cluster_selector_of_started_job;
mod edit_of_ended_job;
mod edit_of_refused_job;
mod edit_of_started_job;
mod managed_by_of_started_job;
mod retries_after_failure;
mod submission_mode_of_started_job;
mod submission_mode_of_waiting_job;
mod suspend_in_vain;

/// The family's rules, by code.
pub static FAMILY: Family = Family {
    digit: '8',
    name: "updates",
    about: "what an update may not change, what it changes in vain, and when",
    rules: &[
        &submission_mode_of_waiting_job::RULE,
        &cluster_selector_of_started_job::RULE,
        &managed_by_of_started_job::RULE,
        &edit_of_started_job::RULE,
        &suspend_in_vain::RULE,
        &retries_after_failure::RULE,
        &edit_of_refused_job::RULE,
        &edit_of_ended_job::RULE,
        &submission_mode_of_started_job::RULE,
    ],
};

/// What KubeRay and the submitter read when they submit the job.
const SUBMISSION: [&str; 8] = [
    "entrypoint",
    "entrypointNumCpus",
    "entrypointNumGpus",
    "entrypointResources",
    "metadata",
    "runtimeEnvYAML",
    "submitterConfig",
    "submitterPodTemplate",
];

/// The step at which an edit meets the operator. A job that is to be suspended is put down before the operator looks at
/// anything else, so that its edits count like those of a suspended one; so it may be while a suspension is taken back.
fn stage_of_edit(old: &RayJob<'_>, job: &RayJob<'_>) -> Stage {
    let is_suspended = old.spec.suspend.is_true() || job.spec.suspend.is_true();
    match old.status.stage() {
        Stage::Initializing | Stage::Running if is_suspended => Stage::Suspended,
        stage => stage,
    }
}

/// Those fields of the spec that an update changes, as the new job has them.
fn changes<'a>(old: &RayJob<'a>, job: &RayJob<'a>, keys: &[&'static str]) -> Vec<Field<'a>> {
    let fields =
        keys.iter().map(|key| (old.spec.object.child::<Any>(key), job.spec.object.child::<Any>(key)));
    fields.filter(|(old, new)| !same_fields(*old, *new, RAY_JOB)).map(|(_, new)| new).collect()
}

/// The keys of fields, for a message.
fn names_of(fields: &[Field<'_>]) -> String {
    fields.iter().map(|field| field.key()).collect::<Vec<_>>().join(", ")
}
