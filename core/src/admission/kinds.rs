//! Which kinds are judged, and by what: a [`Request`] becomes the [`Matter`] that `admit` dispatches on.

use super::request::Request;
use crate::go_types;
use crate::subject::{Change, Guarded, Subject};

/// What judges a kind of the group `ray.io`.
#[derive(Clone, Copy)]
enum Judge {
    /// All rules, and the mutations complete it.
    Rules,
    /// Only the guard before KubeRay's operator.
    Guard,
}

const KINDS: [(&str, Judge); 4] = [
    ("RayJob", Judge::Rules),
    ("RayCluster", Judge::Guard),
    ("RayService", Judge::Guard),
    ("RayCronJob", Judge::Guard),
];

/// What there is to decide.
pub(super) enum Matter<'r> {
    /// A RayJob; boxed, or its views would be copied from step to step.
    Job(Box<Subject<'r>>),
    /// An object of another kind.
    Guarded(Guarded<'r>),
}

impl<'r> Matter<'r> {
    /// Nothing for what Raygate lets through without a look.
    pub(super) fn of(request: &'r Request<'_>) -> Option<Self> {
        let kind = &request.kind;
        if kind.group != "ray.io" || !request.sub_resource.is_empty() || request.object.is_null() {
            return None;
        }
        let (kind, judge) = KINDS.into_iter().find(|(name, _)| *name == kind.kind)?;
        let (object, old) = (&request.object, &request.old_object);
        let is_new = match &*request.operation {
            "CREATE" => true,
            "UPDATE" => false,
            _ => return None,
        };
        let matter = match judge {
            Judge::Rules if is_new => Self::Job(Box::new(Subject::created(object, &request.uid))),
            Judge::Rules => Self::Job(Box::new(Subject::updated(object, old, &request.uid))),
            Judge::Guard if is_new => Self::Guarded(Guarded::created(object, go_types::of_kind(kind)?)),
            Judge::Guard => Self::Guarded(Guarded::updated(object, old, go_types::of_kind(kind)?)),
        };
        Some(matter).filter(|matter| matter.change() != Change::Nothing)
    }

    fn change(&self) -> Change {
        match self {
            Self::Job(subject) => subject.change,
            Self::Guarded(subject) => subject.change,
        }
    }
}
