//! What a job takes of a cluster at its most: per resource, of each kind of its pods and together.
//!
//! Pods that KubeRay makes ([`made_pods`](crate::rayjob::RayJob::made_pods)) ─► `pod` (one of them) ─► `count` (how many)
//! ─► [`Totals`] ─► what a policy limits. What KubeRay adds by itself to a pod, or as one, counts like the rest.

mod count;
mod pod;
mod resources;

pub use count::Count;
pub use resources::{Amount, Resources};

use crate::rayjob::{MadePod, RayJob, Role, SubmissionMode};

/// What a job takes at its most.
#[derive(Debug)]
pub struct Totals<'j, 'a> {
    pods: Vec<Pods<'j, 'a>>,
    together: Resources<'a>,
}

/// Pods of a job that are all alike.
#[derive(Debug)]
pub struct Pods<'j, 'a> {
    /// From which template they are made; none for the submitter that KubeRay writes itself.
    pub made: Option<MadePod<'j, 'a>>,
    /// How many there are at most.
    pub count: Count,
    /// What one of them takes.
    pub each: Resources<'a>,
    /// What all of them take.
    pub together: Resources<'a>,
}

impl<'j, 'a> Totals<'j, 'a> {
    /// Adds up a job. A cluster that is there already counts nothing, whatever the job says of its own.
    pub fn of(job: &'j RayJob<'a>) -> Self {
        let has_sidecar = job.submission_mode() == SubmissionMode::SidecarMode;
        let made = job.made_pods().map(|made| Pods::of(made, has_sidecar));
        let is_submitted_by_kuberay = job.submission_mode() == SubmissionMode::K8sJobMode
            && !job.spec.submitter_pod_template.is_present();
        let submitter = is_submitted_by_kuberay.then(|| Pods::new(None, Count::ONE, pod::submitter()));
        let pods: Vec<_> = made.chain(submitter).collect();
        let mut together = Resources::default();
        for pods in &pods {
            together.add(&pods.together);
        }
        Self { pods, together }
    }

    /// The pods, each kind for itself: the head, one item for each worker group that has some, the submitter.
    pub fn pods(&self) -> &[Pods<'j, 'a>] {
        &self.pods
    }

    /// What all of them take.
    pub fn together(&self) -> &Resources<'a> {
        &self.together
    }

    /// How many of the pods are workers.
    pub fn workers(&self) -> Count {
        self.pods
            .iter()
            .filter(|pods| pods.is_workers())
            .map(|pods| pods.count)
            .fold(Count::NONE, Count::plus)
    }
}

impl<'j, 'a> Pods<'j, 'a> {
    fn of(made: MadePod<'j, 'a>, has_sidecar: bool) -> Self {
        Self::new(Some(made), Count::of(made), pod::resources(made, has_sidecar))
    }

    fn new(made: Option<MadePod<'j, 'a>>, count: Count, each: Resources<'a>) -> Self {
        let together = each.times(count);
        Self { made, count, each, together }
    }

    /// Whether they are the pods of a worker group.
    pub fn is_workers(&self) -> bool {
        self.made.is_some_and(|made| matches!(made.role, Role::Worker(_)))
    }
}

#[cfg(test)]
mod tests;
