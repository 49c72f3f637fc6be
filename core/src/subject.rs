//! What is judged: a RayJob, the RayJob that it replaces, and what changes between them.
//!
//! A [`Subject`] comes from an AdmissionReview or from files; rules and mutations do not see the difference.

use crate::document::{Document, same_fields};
use crate::go_types::RAY_JOB;
use crate::rayjob::RayJob;

/// A RayJob that somebody wants to store.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The job as it is to be stored.
    pub job: RayJob<'a>,
    /// The job that is stored now, when this is an update.
    pub old: Option<RayJob<'a>>,
    /// What an update changes; everything, when the job is new.
    pub change: Change,
    /// The uid of the request, from which a generated id gets its suffix.
    pub request_uid: &'a str,
}

/// How much of a job an update changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Neither spec nor labels nor annotations, or the job is being deleted: there is nothing to judge.
    Nothing,
    /// Labels or annotations.
    Metadata,
    /// The spec, or the job is new.
    Spec,
}

impl<'a> Subject<'a> {
    /// A job to be created.
    pub fn created(document: &'a Document<'a>, request_uid: &'a str) -> Self {
        Self { job: RayJob::of(document), old: None, change: Change::Spec, request_uid }
    }

    /// A job to be updated.
    pub fn updated(document: &'a Document<'a>, old: &'a Document<'a>, request_uid: &'a str) -> Self {
        let (job, old) = (RayJob::of(document), RayJob::of(old));
        let change = change_between(&old, &job);
        Self { job, old: Some(old), change, request_uid }
    }
}

fn change_between(old: &RayJob<'_>, new: &RayJob<'_>) -> Change {
    // Only the finalizers of a job that is being deleted still change, and each refused write would keep it for ever.
    if old.is_terminating() || new.is_terminating() {
        Change::Nothing
    } else if !same_fields(old.spec.object.any(), new.spec.object.any(), RAY_JOB) {
        Change::Spec
    } else if same_fields(old.metadata.labels.any(), new.metadata.labels.any(), RAY_JOB)
        && same_fields(old.metadata.annotations.any(), new.metadata.annotations.any(), RAY_JOB)
    {
        Change::Nothing
    } else {
        Change::Metadata
    }
}
