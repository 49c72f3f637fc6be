//! What is judged: a RayJob, the RayJob that it replaces, and what changes between them; of other kinds the same, less.
//!
//! A [`Subject`] comes from an AdmissionReview or from files; rules and mutations do not see the difference.

use crate::document::{Document, Field, Misfit, Object, Stored, Text, refused, same_fields};
use crate::go_types::{RAY_JOB, Schema, Struct};
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
    /// What the API server would drop or refuse; nothing when it has been asked already.
    pub foreseen: Vec<Misfit<'a>>,
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
        Self { job: RayJob::of(document), old: None, change: Change::Spec, request_uid, foreseen: Vec::new() }
    }

    /// A job of a file, which the API server has not seen yet.
    pub fn written(stored: &'a Stored<'a>, schema: Schema, request_uid: &'a str) -> Self {
        Self { foreseen: foresee(stored, schema), ..Self::created(&stored.document, request_uid) }
    }

    /// A job to be updated.
    pub fn updated(document: &'a Document<'a>, old: &'a Document<'a>, request_uid: &'a str) -> Self {
        let (job, old) = (RayJob::of(document), RayJob::of(old));
        let change = change_between(old.object, job.object, RAY_JOB);
        Self { job, old: Some(old), change, request_uid, foreseen: Vec::new() }
    }
}

/// An object of a kind that has no rules of its own but must not stop KubeRay's operator.
#[derive(Debug)]
pub struct Guarded<'a> {
    /// The object as it is to be stored.
    pub object: Field<'a, Object>,
    /// The object that is stored now, when this is an update.
    pub old: Option<Field<'a, Object>>,
    /// What an update changes; everything, when the object is new.
    pub change: Change,
    /// The type of the kind.
    pub root: &'static Struct,
    /// What the API server would drop or refuse; nothing when it has been asked already.
    pub foreseen: Vec<Misfit<'a>>,
}

impl<'a> Guarded<'a> {
    /// An object to be created.
    pub fn created(document: &'a Document<'a>, root: &'static Struct) -> Self {
        Self { object: document.root(), old: None, change: Change::Spec, root, foreseen: Vec::new() }
    }

    /// An object of a file, which the API server has not seen yet.
    pub fn written(stored: &'a Stored<'a>, schema: Schema) -> Self {
        Self { foreseen: foresee(stored, schema), ..Self::created(&stored.document, schema.root()) }
    }

    /// An object to be updated.
    pub fn updated(document: &'a Document<'a>, old: &'a Document<'a>, root: &'static Struct) -> Self {
        let (object, old) = (document.root(), old.root());
        let change = change_between(old, object, root);
        Self { object, old: Some(old), change, root, foreseen: Vec::new() }
    }
}

fn foresee<'a>(stored: &'a Stored<'a>, schema: Schema) -> Vec<Misfit<'a>> {
    let mut foreseen = stored.pruned.clone();
    foreseen.extend(refused(&stored.document, schema));
    foreseen
}

fn change_between(old: Field<'_, Object>, new: Field<'_, Object>, root: &'static Struct) -> Change {
    let [old_metadata, new_metadata] = [old, new].map(|object| object.child::<Object>("metadata"));
    let is_terminating =
        |metadata: Field<'_, Object>| metadata.child::<Text>("deletionTimestamp").is_present();
    let same_metadata = |key| same_fields(old_metadata.child(key), new_metadata.child(key), root);
    // Only the finalizers of an object that is being deleted still change, and each refused write would keep it for ever.
    if is_terminating(old_metadata) || is_terminating(new_metadata) {
        Change::Nothing
    } else if !same_fields(old.child("spec"), new.child("spec"), root) {
        Change::Spec
    } else if same_metadata("labels") && same_metadata("annotations") {
        Change::Nothing
    } else {
        Change::Metadata
    }
}
