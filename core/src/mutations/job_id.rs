//! Gives a new job the id under which Ray will know it.

use super::Mutation;
use crate::document::{Shape, Text};
use crate::patch::Patch;
use crate::rayjob::{RayJob, SubmissionMode};
use crate::subject::Subject;

pub(super) static MUTATION: Mutation = Mutation {
    slug: "job-id",
    docs: "Sets `spec.jobId` when it is absent, on CREATE: the job's name, or the stem of its name, and eight \
           characters of the request's uid. Not in InteractiveMode, where the id is the user's to give once the \
           cluster is up, and not for a job with retries on a selected cluster, where a second attempt would find \
           the first one's result.",
    apply,
};

/// Characters of the request's uid at the end of an id.
const SUFFIX: usize = 8;

/// Bytes of the name at the beginning of an id: with the suffix far below the 240 that Ray 2.60 can use.
const LONGEST_STEM: usize = 200;

fn apply(subject: &Subject<'_>, patch: &mut Patch) {
    let job = &subject.job;
    if subject.old.is_some() || !wants_id(job) {
        return;
    }
    if let Some(id) = job_id(job, subject.request_uid) {
        patch.add("/spec/jobId", id);
    }
}

fn wants_id(job: &RayJob<'_>) -> bool {
    let spec = &job.spec;
    let is_missing = match spec.job_id.shape() {
        None => true,
        Some(Shape::Text) => spec.job_id.non_empty().is_none(),
        Some(_) => false,
    };
    let is_submitted =
        !matches!(job.submission_mode(), SubmissionMode::InteractiveMode | SubmissionMode::Unknown(_));
    let would_be_reused = job.selects_cluster() && spec.backoff_limit.is_positive();
    spec.object.shape() == Some(Shape::Object) && is_missing && is_submitted && !would_be_reused
}

fn job_id(job: &RayJob<'_>, request_uid: &str) -> Option<String> {
    let names = [job.metadata.name, job.metadata.generate_name];
    let name = names.into_iter().find_map(crate::document::Field::<Text>::non_empty)?;
    let stem = name.get(..name.len().min(LONGEST_STEM))?.trim_end_matches(['-', '.']);
    let is_safe = stem.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    let suffix = request_uid.get(request_uid.len().checked_sub(SUFFIX)?..)?;
    let begins_well = stem.starts_with(|first: char| first.is_ascii_alphanumeric());
    let ends_well = suffix.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_safe && begins_well && ends_well).then(|| format!("{stem}-{suffix}"))
}
