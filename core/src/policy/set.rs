//! All policies together: which of them are about a request, and what they make of the rules' levels.

use std::sync::Arc;

use super::Policy;
use super::index::Index;
use super::selector::{Answer, NamespaceLabels, Request};
use super::spec::Enforcement;
use crate::finding::Level;
use crate::rayjob::RayJob;

/// The policies that are in force, those that decide first in front.
#[derive(Clone, Debug, Default)]
pub struct Policies(Arc<Ordered>);

/// One set, which all that hold it share.
#[derive(Debug, Default)]
struct Ordered {
    policies: Vec<Arc<Policy>>,
    index: Index,
    gives_defaults: bool,
}

/// Some policy asks for the labels of a namespace that nobody knows yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the labels of the namespace are not known")]
pub struct UnknownNamespace;

impl Policies {
    /// Puts those into their order that are not over at that time, in seconds since 1970.
    pub fn new(policies: impl IntoIterator<Item = Arc<Policy>>, now: i64) -> Self {
        let mut policies: Vec<_> = policies.into_iter().filter(|policy| !policy.is_expired(now)).collect();
        policies.sort_by(|left, right| {
            right.priority.cmp(&left.priority).then_with(|| left.name.cmp(&right.name))
        });
        let gives =
            |policy: &Arc<Policy>| policy.enforcement == Enforcement::Deny && !policy.defaults.is_empty();
        let gives_defaults = policies.iter().any(gives);
        let index = Index::over(policies.iter().map(|policy| policy.anchors.as_deref()));
        Self(Arc::new(Ordered { policies, index, gives_defaults }))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.policies.is_empty()
    }

    /// Whether one of them has something to give.
    pub fn give_defaults(&self) -> bool {
        self.0.gives_defaults
    }

    /// The policies, those that decide first in front.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Policy>> {
        self.0.policies.iter()
    }

    /// The policies that are about a job.
    ///
    /// # Errors
    ///
    /// When that depends on the labels of a namespace that nobody knows.
    pub fn matching<'p>(
        &'p self,
        request: &Request<'p>,
        job: &RayJob<'_>,
        old: Option<&RayJob<'_>>,
    ) -> Result<Matching<'p>, UnknownNamespace> {
        let are_unknown = matches!(request.namespace_labels, NamespaceLabels::Unknown);
        let mut policies = Vec::new();
        let places = self.0.index.find(request, job, old);
        for policy in places.into_iter().filter_map(|place| self.0.policies.get(place as usize)) {
            match policy.is_about(request, job, old) {
                Answer::Yes if are_unknown && policy.names_namespace_labels() => {
                    return Err(UnknownNamespace);
                }
                Answer::Yes => policies.push(&**policy),
                Answer::No => {}
                Answer::Unknown => return Err(UnknownNamespace),
            }
        }
        Ok(Matching { policies, request: Some(*request) })
    }
}

/// The policies that are about one request, those that decide first in front.
#[derive(Clone, Debug, Default)]
pub struct Matching<'p> {
    policies: Vec<&'p Policy>,
    request: Option<Request<'p>>,
}

impl<'p> Matching<'p> {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.policies.is_empty()
    }

    /// The policies.
    pub fn iter(&self) -> impl Iterator<Item = &'p Policy> {
        self.policies.iter().copied()
    }

    /// The request that they are about; none where nobody asked for policies.
    pub(crate) fn request(&self) -> Option<&Request<'p>> {
        self.request.as_ref()
    }

    /// Those that deny nothing: they warn, or record.
    pub(crate) fn that_only_tell(&self) -> impl Iterator<Item = &'p Policy> {
        self.iter().filter(|policy| policy.enforcement != Enforcement::Deny)
    }

    /// The level of the rule at that place of the registry: that of the first policy that names it, of several with one
    /// priority the strictest; nothing when none does. Only policies that deny decide levels, and `also`.
    pub(crate) fn level(&self, place: usize, also: Option<&Policy>) -> Option<Level> {
        self.deciding(place, also).map(|(level, _)| level)
    }

    /// The level of the rule at that place of the registry, and the policy that decides it; nothing when none does.
    pub fn decided(&self, place: usize) -> Option<(Level, &'p Policy)> {
        self.deciding(place, None)
    }

    fn deciding(&self, place: usize, also: Option<&Policy>) -> Option<(Level, &'p Policy)> {
        let is_also = |policy: &Policy| also.is_some_and(|also| std::ptr::eq(also, policy));
        let decides = |policy: &&'p Policy| policy.enforcement == Enforcement::Deny || is_also(policy);
        let mut naming =
            self.iter().filter(decides).filter_map(|policy| Some((policy.levels.of(place)?, policy)));
        let first = naming.next()?;
        let equal = naming.take_while(|(_, next)| next.priority == first.1.priority);
        Some(equal.fold(first, |strictest, next| if next.0 > strictest.0 { next } else { strictest }))
    }
}
