//! Judges a job with what it would be given, against what was held against it before.

use std::cell::Cell;
use std::sync::Arc;

use serde_json::Value;

use super::places::Candidate;
use super::{Because, Giving, MOST_JUDGEMENTS, Refused};
use crate::document::Document;
use crate::evaluate::evaluate_under;
use crate::field_path::FieldPath;
use crate::finding::{Excess, Finding, Level};
use crate::kuberay::KubeRayVersion;
use crate::policy::{Matching, UnknownNamespace};
use crate::rayjob::RayJob;
use crate::subject::Subject;

/// What judges.
pub(super) struct Court<'c> {
    giving: &'c Giving<'c>,
    left: Cell<usize>,
}

/// Something that is held against a job: it would be denied, or goes beyond what some policy allows.
#[derive(Debug)]
pub(super) struct Against {
    code: &'static str,
    field: FieldPath,
    policy: Option<Arc<str>>,
    excess: Option<(String, f64)>,
}

impl Against {
    fn of(finding: &Finding<'_>) -> Self {
        Self {
            code: finding.rule.code,
            field: finding.path(),
            policy: finding.policy.map(|policy| Arc::clone(&policy.name)),
            excess: finding.excess.map(|excess| (excess.of.to_owned(), excess.by)),
        }
    }

    fn excess(&self) -> Option<Excess<'_>> {
        self.excess.as_ref().map(|(of, by)| Excess { of, by: *by })
    }

    /// Whether it is what was there before: a field that is missing stands at its parent until that is made.
    fn stood(&self, before: &Self) -> bool {
        let is_below = |below: &str| below.is_empty() || below.starts_with(['.', '[']);
        (self.code, &self.policy) == (before.code, &before.policy)
            && self.field.as_str().strip_prefix(before.field.as_str()).is_some_and(is_below)
            && self.excess().zip(before.excess()).is_none_or(|(now, then)| now.is_within(then))
    }
}

/// The first that was not there before; what was there excuses one thing each.
fn first_new<'n>(now: &'n [Against], before: &[Against]) -> Option<&'n Against> {
    let mut left: Vec<_> = before.iter().collect();
    now.iter().find(|now| match left.iter().position(|then| now.stood(then)) {
        Some(place) => {
            left.remove(place);
            false
        }
        None => true,
    })
}

impl<'c> Court<'c> {
    pub(super) fn new(giving: &'c Giving<'c>) -> Self {
        Self { giving, left: Cell::new(MOST_JUDGEMENTS) }
    }

    /// The policies that are about the job; nothing when it cannot be read.
    pub(super) fn matching(&self, object: &Value) -> Result<Option<Matching<'c>>, UnknownNamespace> {
        let text = object.to_string();
        let Ok(document) = serde_json::from_str::<Document<'_>>(&text) else { return Ok(None) };
        self.giving.policies.matching(&self.giving.request, &RayJob::of(&document), None).map(Some)
    }

    /// What is held against the job; nothing when it cannot be read.
    pub(super) fn judge(&self, object: &Value, matching: &Matching<'_>) -> Option<Vec<Against>> {
        let text = object.to_string();
        let document = serde_json::from_str::<Document<'_>>(&text).ok()?;
        let evaluation = evaluate_under(&Subject::created(&document, ""), self.giving.rules, matching);
        let counts = |finding: &&Finding<'_>| finding.level == Level::Deny || finding.policy.is_some();
        let found = evaluation.findings.iter().chain(&evaluation.recorded);
        Some(found.filter(counts).map(Against::of).collect())
    }

    /// What is held against the job that was not before.
    pub(super) fn against(
        &self,
        object: &Value,
        before: &[Against],
    ) -> Result<Option<Because>, UnknownNamespace> {
        let Some(left) = self.left.get().checked_sub(1) else { return Ok(Some(Because::TooMany)) };
        self.left.set(left);
        let Some(matching) = self.matching(object)? else { return Ok(Some(Because::TooMany)) };
        let Some(now) = self.judge(object, &matching) else { return Ok(Some(Because::TooMany)) };
        Ok(first_new(&now, before).map(|new| Because::Rule(new.code)))
    }

    /// Those whose fields this KubeRay knows, and the others.
    pub(super) fn known<'p>(&self, candidates: Vec<Candidate<'p>>) -> (Vec<Candidate<'p>>, Vec<Refused>) {
        let version = self.giving.rules.version();
        let is_unknown = |candidate: &Candidate<'_>| {
            version < KubeRayVersion::V1_6 && candidate.key() == "preRunningDeadlineSeconds"
        };
        let (unknown, known): (Vec<_>, Vec<_>) = candidates.into_iter().partition(is_unknown);
        let because = Because::OlderKubeRay(version);
        (known, unknown.iter().map(|candidate| Refused { gift: candidate.gift(), because }).collect())
    }
}
