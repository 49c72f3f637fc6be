//! What Raygate completes: one file for each mutation.
//!
//! A mutation adds what is missing, so that applying all of them twice changes nothing the second time. None denies:
//! `/mutate` sees objects before the CRD's schema has judged them and leaves alone what it cannot read.

mod dashboard_host;
mod job_id;
mod restored_job_id;

use crate::patch::Patch;
use crate::subject::{Change, Subject};

/// A completion: what it is about, and the function that writes it into the patch.
#[derive(Debug)]
pub struct Mutation {
    /// Its name in audit annotations, logs and metrics.
    pub slug: &'static str,
    /// What it does and why.
    pub docs: &'static str,
    /// Completes.
    apply: for<'a> fn(&Subject<'a>, &mut Patch<'a>),
}

/// All mutations, in the order in which they are applied.
pub static MUTATIONS: [&Mutation; 3] =
    [&dashboard_host::MUTATION, &job_id::MUTATION, &restored_job_id::MUTATION];

/// What is to be added to the job.
#[derive(Clone, Debug, Default)]
pub struct Completion<'a> {
    /// The operations on the object as it was received.
    pub patch: Patch<'a>,
    /// The mutations that had something to add.
    pub applied: Vec<&'static str>,
}

/// What all mutations add to the job; nothing when an update changes nothing.
pub fn complete<'a>(subject: &Subject<'a>) -> Completion<'a> {
    let mut completion = Completion::default();
    if subject.change == Change::Spec {
        for mutation in MUTATIONS {
            let before = completion.patch.len();
            (mutation.apply)(subject, &mut completion.patch);
            if completion.patch.len() > before {
                completion.applied.push(mutation.slug);
            }
        }
    }
    completion
}
