//! One policy, ready to be asked. Everything that is wrong with it is found at once.

use std::sync::Arc;

use super::defaults::{Defaults, check_against_itself};
use super::expressions::Expression;
use super::index::{Anchor, anchors};
use super::levels::Levels;
use super::limits::Limits;
use super::mistakes::{At, Mistakes};
use super::require::Require;
use super::selector::{Answer, Request, Selector};
use super::spec::{Enforcement, Existing, PolicySpec};
use crate::go_types::time::Instant;
use crate::rayjob::RayJob;

/// A policy.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Its name; messages tell it.
    pub name: Arc<str>,
    /// What it does to a job that it does not want.
    pub enforcement: Enforcement,
    /// What it does when an expression cannot be evaluated.
    pub on_error: Enforcement,
    /// What it makes of jobs that were there before it.
    pub existing: Existing,
    /// What a job must have.
    pub require: Require,
    /// What a job must not go beyond.
    pub limits: Limits,
    /// What a job gets.
    pub defaults: Defaults,
    /// What must be true of a job besides.
    pub expressions: Vec<Expression>,
    /// The policy as it was written.
    pub spec: Arc<PolicySpec>,
    pub(super) priority: i32,
    pub(super) levels: Levels,
    /// What must be true for it to match, for the index.
    pub(super) anchors: Option<Vec<Anchor>>,
    expires_at: Option<Instant>,
    pub(super) matches: Selector,
    pub(super) exclude: Selector,
}

impl Policy {
    /// Compiles a policy.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn compile(name: &str, spec: &PolicySpec) -> Result<Self, Mistakes> {
        let (at, mut mistakes) = (At::SPEC, Mistakes::default());
        let expires_at = spec.expires_at.as_deref().and_then(|time| {
            let instant = Instant::from_rfc3339(time);
            let problem = || format!("`{time}` is no time: write it as 2027-01-31T18:00:00Z");
            mistakes.keep(&at.key("expiresAt"), instant.ok_or_else(problem))
        });
        let policy = Self {
            name: name.into(),
            enforcement: spec.enforcement,
            on_error: spec.on_error.unwrap_or(spec.enforcement),
            existing: spec.existing,
            matches: Selector::compile(&spec.matches, &at.key("match"), &mut mistakes),
            exclude: Selector::compile(&spec.exclude, &at.key("exclude"), &mut mistakes),
            levels: Levels::compile(&spec.rules, &at.key("rules"), &mut mistakes),
            require: Require::compile(&spec.require, &at.key("require"), &mut mistakes),
            limits: Limits::compile(&spec.limits, &at.key("limits"), &mut mistakes),
            expressions: Expression::compile_all(&spec.validations, &at.key("validations"), &mut mistakes),
            defaults: Defaults::compile(&spec.defaults, &at.key("defaults"), &mut mistakes),
            spec: Arc::new(spec.clone()),
            priority: spec.priority,
            anchors: anchors(&spec.matches),
            expires_at,
        };
        check_against_itself(&spec.defaults, &policy, &at.key("defaults"), &mut mistakes);
        if mistakes.is_empty() { Ok(policy) } else { Err(mistakes) }
    }

    /// Whether the policy is over at that time, in seconds since 1970.
    pub fn is_expired(&self, now: i64) -> bool {
        self.expires_at.is_some_and(|expires_at| expires_at.seconds() <= now)
    }

    /// Whether an expression asks for the labels of the namespace.
    pub(super) fn names_namespace_labels(&self) -> bool {
        self.expressions.iter().any(|expression| expression.needs_namespace_labels)
    }

    /// Whether the policy is about a job that is to be stored, perhaps in place of another.
    ///
    /// What only the labels of the job decide counts for both: it is enough that one matches, and it takes both to be
    /// excluded.
    pub(super) fn is_about(
        &self,
        request: &Request<'_>,
        job: &RayJob<'_>,
        old: Option<&RayJob<'_>>,
    ) -> Answer {
        let matches = match old {
            Some(old) => self.matches.matches(request, job).or(self.matches.matches(request, old)),
            None => self.matches.matches(request, job),
        };
        let is_excluded = match old {
            Some(old) => self.exclude.excludes(request, job).and(self.exclude.excludes(request, old)),
            None => self.exclude.excludes(request, job),
        };
        matches.and(is_excluded.not())
    }
}
