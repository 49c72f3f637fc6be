//! The expressions of a policy that are not true of a job, each with what came of it instead.

use super::Policy;
use super::expressions::{Budget, Expression, Failure, Scope};
use super::selector::Request;
use super::spec::Enforcement;
use crate::document::Field;
use crate::rayjob::RayJob;

/// An expression that is not true of a job.
#[derive(Debug)]
pub struct Unmet<'a> {
    /// The expression.
    pub expression: &'a Expression,
    /// Why it is not false either.
    pub failure: Option<Failure>,
    fields: Vec<Field<'a>>,
}

impl<'a> Unmet<'a> {
    /// The field that the expression names first, or the object.
    pub fn field(&self) -> Field<'a> {
        self.fields[0]
    }

    /// The other fields that decide.
    pub fn other_fields(&self) -> impl Iterator<Item = Field<'a>> + use<'a> {
        self.fields.clone().into_iter().skip(1)
    }
}

impl Policy {
    /// The expressions that are not true of a job which is to be stored, perhaps in the place of another.
    pub(crate) fn unmet<'a>(
        &'a self,
        request: &Request<'_>,
        job: &RayJob<'a>,
        old: Option<&RayJob<'a>>,
    ) -> Vec<Unmet<'a>> {
        let mut unmet = Vec::new();
        self.judge_each(request, job, old, |expression, answer| {
            let failure = match answer {
                Ok(true) => return,
                Ok(false) => None,
                Err(failure) => Some(failure),
            };
            let mut fields: Vec<_> = expression.fields(job).collect();
            if fields.is_empty() {
                fields.push(job.object.any());
            }
            unmet.push(Unmet { expression, failure, fields });
        });
        unmet
    }

    /// All expressions in their order, one budget for all of them.
    pub(super) fn judge_each<'a, 'j>(
        &'a self,
        request: &Request<'_>,
        job: &RayJob<'j>,
        old: Option<&RayJob<'j>>,
        mut tell: impl FnMut(&'a Expression, Result<bool, Failure>),
    ) {
        if self.expressions.is_empty() {
            return;
        }
        let (scope, mut budget) = (Scope::of(job, old, request), Budget::default());
        for expression in &self.expressions {
            tell(expression, expression.is_true(&scope, &mut budget));
        }
    }

    /// What happens to a job when an expression has no answer: what `onError` says, but nothing harder than what happens
    /// to a job that the policy does not want.
    pub(crate) fn on_failure(&self) -> Enforcement {
        self.on_error.min(self.enforcement)
    }
}
