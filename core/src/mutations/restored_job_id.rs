//! Gives a started job the id back that an update forgot.

use super::Mutation;
use crate::patch::Patch;
use crate::rayjob::Phase;
use crate::subject::Subject;

pub(super) static MUTATION: Mutation = Mutation {
    slug: "restored-job-id",
    docs: "Puts `spec.jobId` back when an update of a started job has lost it: `kubectl replace` and other full \
           writes drop what Raygate added. A waiting or suspended job may get a new id or none.",
    apply,
};

fn apply(subject: &Subject<'_>, patch: &mut Patch) {
    let Some(old) = subject.old.as_ref().filter(|old| old.status.phase() == Phase::Started) else { return };
    let (job, had) = (&subject.job, old.spec.job_id.non_empty());
    let is_missing = !job.spec.job_id.is_present() || job.spec.job_id.value() == Some("");
    if let (Some(id), true, Some(_)) = (had, is_missing, job.spec.object.present_object()) {
        patch.add("/spec/jobId", id);
    }
}
