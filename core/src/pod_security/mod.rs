//! Whether the pods of a job fit into a namespace with a Pod Security Standard, judged as Kubernetes' own admission
//! does it (v1.35 `k8s.io/pod-security-admission`, the newest policy version).
//!
//! Pods that KubeRay makes ─► `pod` (with the containers that KubeRay adds) ─► `baseline`, `restricted` ─► [`Violation`]s
//! by [`Control`]. The API server would refuse the pods one by one, long after it has taken the job.

mod baseline;
mod controls;
mod pod;
mod restricted;

pub use controls::Control;

use std::borrow::Cow;

use crate::document::Field;
use crate::policy::spec::PodSecurity;
use crate::rayjob::{RayJob, SubmissionMode};
use pod::Pod;

/// What pods of one kind have against a standard.
#[derive(Debug)]
pub struct Judged<'a> {
    /// The template that they are made of; of the submitter that KubeRay writes itself, the place where one would be.
    pub template: Field<'a>,
    /// All of it; nothing if they fit.
    pub violations: Vec<Violation<'a>>,
}

/// One thing that a standard does not allow.
#[derive(Debug)]
pub struct Violation<'a> {
    /// Which control of the standard says so.
    pub control: Control,
    /// The field that is to be mended.
    pub field: Field<'a>,
    /// The other fields that make it a violation.
    pub also: Vec<Field<'a>>,
    /// What is wrong.
    pub problem: Cow<'static, str>,
    /// What to write instead.
    pub help: Cow<'static, str>,
}

/// All kinds of pods of a job: the head, each worker group that has some, the submitter.
pub fn judge<'a>(job: &RayJob<'a>, standard: PodSecurity) -> Vec<Judged<'a>> {
    let mut judged: Vec<_> = job
        .made_pods()
        .map(|made| {
            let pod = Pod::made(made, job);
            let mut violations = judge_pod(&pod, standard);
            for violation in &mut violations {
                violation.also.extend(made.used_because_of());
            }
            Judged { template: made.template.object.any(), violations }
        })
        .collect();
    let template = job.spec.submitter_pod_template;
    if job.submission_mode() == SubmissionMode::K8sJobMode && !template.is_present() {
        let mut violations = judge_pod(&Pod::submitter(job), standard);
        for violation in &mut violations {
            violation.also.push(job.spec.submission_mode.any());
        }
        judged.push(Judged { template: template.any(), violations });
    }
    judged
}

fn judge_pod<'a>(pod: &Pod<'a>, standard: PodSecurity) -> Vec<Violation<'a>> {
    let mut violations = Violations(Vec::new());
    let of_level: &[Check] = match standard {
        PodSecurity::Baseline => &baseline::ONLY,
        PodSecurity::Restricted => &restricted::ALL,
    };
    for check in baseline::ALWAYS.iter().chain(of_level) {
        check(pod, &mut violations);
    }
    violations.0
}

/// One control over one pod.
type Check = for<'a> fn(&Pod<'a>, &mut Violations<'a>);

/// Where controls put what they find.
struct Violations<'a>(Vec<Violation<'a>>);

impl<'a> Violations<'a> {
    fn add<T>(
        &mut self,
        control: Control,
        field: Field<'a, T>,
        problem: impl Into<Cow<'static, str>>,
        help: impl Into<Cow<'static, str>>,
    ) -> &mut Self {
        let (problem, help) = (problem.into(), help.into());
        self.0.push(Violation { control, field: field.any(), also: Vec::new(), problem, help });
        self
    }

    /// Another field without whose value the last one would be none.
    fn because_of<T>(&mut self, field: Field<'a, T>) {
        if let Some(last) = self.0.last_mut() {
            last.also.push(field.any());
        }
    }
}
