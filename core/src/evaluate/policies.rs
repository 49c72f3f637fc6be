//! What policies make of a judgement: other levels, findings of their own, and what those would deny that only tell.

use super::Evaluation;
use crate::finding::{Finding, Findings, Level};
use crate::policy::spec::{Enforcement, Existing};
use crate::policy::{Matching, Policy};
use crate::rayjob::RayJob;
use crate::rules::{Check, Question};

/// The level of each rule under some policies.
pub(super) struct Levels<'q, 'a> {
    matching: &'q Matching<'a>,
    /// A policy that decides as well, as if it denied.
    also: Option<&'a Policy>,
}

impl<'q, 'a> Levels<'q, 'a> {
    /// What the policies decide that deny.
    pub(super) fn decided_by(matching: &'q Matching<'a>) -> Self {
        Self { matching, also: None }
    }

    /// What they would decide if this one denied too.
    pub(super) fn as_if_denied_by(matching: &'q Matching<'a>, policy: &'a Policy) -> Self {
        Self { matching, also: Some(policy) }
    }

    pub(super) fn of(&self, question: &Question) -> Level {
        if self.matching.is_empty() {
            return question.level;
        }
        self.matching.level(question.place, self.also).unwrap_or(question.level)
    }

    /// The policies whose own demands are judged.
    fn policies(&self) -> impl Iterator<Item = &'a Policy> {
        let also = self.also;
        let judged = move |policy: &&'a Policy| match also {
            Some(also) => std::ptr::eq(*policy, also),
            None => policy.enforcement == Enforcement::Deny,
        };
        self.matching.iter().filter(judged)
    }
}

/// What each policy asks for and the job does not do.
pub(super) fn judge<'a>(
    job: &RayJob<'a>,
    questions: &[Question],
    levels: &Levels<'_, 'a>,
    found: &mut Vec<Finding<'a>>,
) {
    for question in questions {
        for policy in levels.policies() {
            if let Check::Policy(check) = question.check {
                check(policy, job, &mut Findings::of(question.rule, Level::Deny, found).under(policy));
            }
        }
    }
}

/// What is not true of a job although some policy wants it to be. What only a record is to be made of is returned.
pub(super) fn judge_expressions<'a>(
    job: &RayJob<'a>,
    replaced: Option<&RayJob<'a>>,
    questions: &[Question],
    levels: &Levels<'_, 'a>,
    found: &mut Vec<Finding<'a>>,
) -> Vec<Finding<'a>> {
    let mut recorded = Vec::new();
    let Some(request) = levels.matching.request().filter(|_| !questions.is_empty()) else { return recorded };
    let unmet = levels.policies().map(|policy| (policy, policy.unmet(request, job, replaced)));
    let unmet: Vec<_> = unmet.filter(|(_, unmet)| !unmet.is_empty()).collect();
    for question in questions {
        let Check::Expression(check) = question.check else { continue };
        for (policy, unmet) in
            unmet.iter().flat_map(|(policy, unmet)| unmet.iter().map(move |one| (*policy, one)))
        {
            let enforcement = if unmet.failure.is_some() { policy.on_failure() } else { Enforcement::Deny };
            let (level, found) = match enforcement {
                Enforcement::Deny => (Level::Deny, &mut *found),
                Enforcement::Warn => (Level::Warn, &mut *found),
                Enforcement::Audit => (Level::Deny, &mut recorded),
            };
            check(unmet, &mut Findings::of(question.rule, level, found).under(policy));
        }
    }
    recorded
}

/// Adds what a policy would have denied, had it been allowed to: as warnings, or for the record.
pub(super) fn tell<'a>(policy: &'a Policy, shadow: Evaluation<'a>, evaluation: &mut Evaluation<'a>) {
    let is_known = |finding: &Finding<'a>| {
        evaluation.findings.iter().any(|known| {
            std::ptr::eq(known.rule, finding.rule)
                && known.level >= finding.level
                && known.path() == finding.path()
                && known.policy.map(|policy| &policy.name) == finding.policy.map(|policy| &policy.name)
        })
    };
    let mut told: Vec<_> = shadow.findings.into_iter().filter(|finding| !is_known(finding)).collect();
    for finding in &mut told {
        finding.policy = Some(policy);
    }
    evaluation.recorded.extend(shadow.recorded);
    match policy.enforcement {
        // What is forgiven, or only warned of, would not be denied.
        Enforcement::Audit => {
            evaluation.recorded.extend(told.extract_if(.., |finding| finding.level == Level::Deny));
        }
        Enforcement::Warn | Enforcement::Deny => {
            // What is warned of already is not said twice.
            let is_warned = |finding: &Finding<'a>| {
                let mut warned = evaluation.findings.iter();
                warned.any(|known| std::ptr::eq(known.rule, finding.rule) && known.path() == finding.path())
            };
            told.retain(|finding| !is_warned(finding));
            for finding in &mut told {
                finding.level = Level::Warn;
            }
            evaluation.findings.append(&mut told);
        }
    }
}

/// Whether a policy forgives nothing that was there before.
pub(super) fn forgives_nothing(finding: &Finding<'_>) -> bool {
    finding.policy.is_some_and(|policy| policy.existing == Existing::Deny)
}
