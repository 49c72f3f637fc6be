//! What Raygate completes: one file for each mutation.
//!
//! A mutation adds what is missing, so that applying all of them twice changes nothing the second time. None denies:
//! `/mutate` sees objects before the CRD's schema has judged them and leaves alone what it cannot read.

mod dashboard_host;
mod job_id;
mod policy_defaults;
mod restored_job_id;

use crate::document::Document;
use crate::patch::Patch;
use crate::policy::UnknownNamespace;
use crate::subject::{Change, Subject};
pub use policy_defaults::{Because, Gift, Giving, Refused};

/// A completion: what it is about, and the function that writes it into the patch.
#[derive(Debug)]
pub struct Mutation {
    /// Its name in audit annotations, logs and metrics.
    pub slug: &'static str,
    /// What it does and why.
    pub docs: &'static str,
    /// Completes.
    apply: fn(&Subject<'_>, &mut Patch),
}

/// All mutations, in the order in which they are applied.
pub static MUTATIONS: [&Mutation; 3] =
    [&dashboard_host::MUTATION, &job_id::MUTATION, &restored_job_id::MUTATION];

/// The names of all that can be applied: of the mutations, and of what policies give.
pub fn slugs() -> impl Iterator<Item = &'static str> {
    std::iter::once(policy_defaults::SLUG).chain(MUTATIONS.iter().map(|mutation| mutation.slug))
}

/// What is to be added to the job.
#[derive(Clone, Debug, Default)]
pub struct Completion {
    /// The operations on the object as it was received.
    pub patch: Patch,
    /// The mutations that had something to add.
    pub applied: Vec<&'static str>,
    /// What policies give.
    pub gifts: Vec<Gift>,
    /// What policies would give, were it in no conflict with the rest.
    pub refused: Vec<Refused>,
}

impl Completion {
    fn apply_all(&mut self, subject: &Subject<'_>) {
        for mutation in MUTATIONS {
            let before = self.patch.clone();
            (mutation.apply)(subject, &mut self.patch);
            if self.patch != before {
                self.applied.push(mutation.slug);
            }
        }
    }
}

/// What all mutations add to the job; nothing when an update changes nothing.
pub fn complete(subject: &Subject<'_>) -> Completion {
    let mut completion = Completion::default();
    if subject.change == Change::Spec {
        completion.apply_all(subject);
    }
    completion
}

/// The same, after what policies give to a new job.
///
/// # Errors
///
/// When a policy asks for the labels of a namespace that nobody knows.
pub fn complete_under(subject: &Subject<'_>, giving: &Giving<'_>) -> Result<Completion, UnknownNamespace> {
    if subject.old.is_some() || !giving.policies.give_defaults() {
        return Ok(complete(subject));
    }
    let Ok(object) = serde_json::to_value(subject.job.object) else { return Ok(complete(subject)) };
    let policy_defaults::Given { object, patch, gifts, refused } = policy_defaults::give(object, giving)?;
    if gifts.is_empty() {
        return Ok(Completion { refused, ..complete(subject) });
    }
    let text = object.to_string();
    let Ok(document) = serde_json::from_str::<Document<'_>>(&text) else { return Ok(complete(subject)) };
    let mut completion = Completion { patch, applied: vec![policy_defaults::SLUG], gifts, refused };
    completion.apply_all(&Subject::created(&document, subject.request_uid));
    Ok(completion)
}
