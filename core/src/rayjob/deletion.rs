//! What `deletionStrategy` says, in both of its forms: `onSuccess` with `onFailure`, and `deletionRules`.

use super::{DeletionCondition, DeletionRule, DeletionStrategy};
use crate::document::{Any, Field, Text};

/// The end of a job that a deletion rule waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trigger<'a> {
    /// Ray's own word for the end of the job.
    JobStatus(&'a str),
    /// KubeRay's word for it.
    JobDeploymentStatus(&'a str),
}

impl<'a> DeletionStrategy<'a> {
    /// `deletionRules`, those items that are objects.
    pub fn rules(&self) -> impl Iterator<Item = DeletionRule<'a>> {
        self.deletion_rules.items().filter_map(Field::<Any>::present_object).map(DeletionRule::of)
    }

    /// The policies of `onSuccess` and `onFailure`.
    pub fn outcome_policies(&self) -> [Field<'a, Text>; 2] {
        [self.on_success.child("policy"), self.on_failure.child("policy")]
    }

    /// All policies, in whichever form.
    pub fn policies(&self) -> impl Iterator<Item = Field<'a, Text>> {
        self.outcome_policies().into_iter().chain(self.rules().map(|rule| rule.policy))
    }

    /// Whether `onSuccess` or `onFailure` is there.
    pub fn has_outcomes(&self) -> bool {
        self.on_success.is_present() || self.on_failure.is_present()
    }

    /// Whether there is a deletion rule.
    pub fn has_rules(&self) -> bool {
        self.deletion_rules.items().next().is_some()
    }
}

impl<'a> DeletionRule<'a> {
    /// `condition`; its fields are absent when it is.
    pub fn condition(&self) -> DeletionCondition<'a> {
        DeletionCondition::of(self.condition)
    }
}

impl<'a> DeletionCondition<'a> {
    /// What the rule waits for, if it says so clearly.
    pub fn trigger(&self) -> Option<Trigger<'a>> {
        match (self.job_status.value(), self.job_deployment_status.value()) {
            (Some(status), None) => Some(Trigger::JobStatus(status)),
            (None, Some(status)) => Some(Trigger::JobDeploymentStatus(status)),
            _ => None,
        }
    }

    /// Seconds between the end of the job and the deletion, by default 0.
    pub fn ttl(&self) -> i64 {
        self.ttl_seconds.value().unwrap_or(0)
    }
}
