//! What policies give to a new job: each value that it does not say itself, unless the value would bring it into conflict.
//!
//! ```text
//! job ─► places: what matching policies have for it ─► trial: judged with and without ─┬► Gifts: patch, given
//!          └─────────── labels that were given make further policies match ◄───────────┴► refused
//! ```
//!
//! A value that would make a rule deny, or go beyond what a policy allows, is left out. All are tried together first, as
//! nearly all jobs can have them all; what cannot stay is then found half by half.

mod places;
mod trial;

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::field_path::FieldPath;
use crate::kuberay::KubeRayVersion;
use crate::patch::Patch;
use crate::policy::{self, Matching, Policies, UnknownNamespace};
use crate::rules::Selection;
use places::{Candidate, candidates};
use trial::{Against, Court};

/// The name of what policies give, among the mutations.
pub(super) const SLUG: &str = "policy-defaults";

/// How often the job is judged at most: who writes a job with thousands of groups must not keep the server busy.
const MOST_JUDGEMENTS: usize = 64;

/// Policies, whoever asks, and the rules that the completed job is to pass.
#[derive(Clone, Copy, Debug)]
pub struct Giving<'c> {
    /// All policies.
    pub policies: &'c Policies,
    /// Who asks, and where.
    pub request: policy::Request<'c>,
    /// The rules.
    pub rules: &'c Selection,
}

/// A value that a policy gives to a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gift {
    /// The policy.
    pub policy: Arc<str>,
    /// The field.
    pub field: FieldPath,
}

/// A value that a policy has for a job and that it does not get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The value.
    pub gift: Gift,
    /// Why not.
    pub because: Because,
}

/// Why a job does not get what a policy has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// This rule would deny the job, or tell that it goes beyond a policy.
    Rule(&'static str),
    /// This KubeRay does not know the field.
    OlderKubeRay(KubeRayVersion),
    /// Too many values are in conflict to try each.
    TooMany,
}

impl fmt::Display for Because {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(code) => formatter.write_str(code),
            Self::OlderKubeRay(version) => write!(formatter, "unknown to KubeRay {version}"),
            Self::TooMany => formatter.write_str("too many conflicts"),
        }
    }
}

/// A job with what it has been given so far.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) object: Value,
    pub(super) patch: Patch,
    pub(super) gifts: Vec<Gift>,
    pub(super) refused: Vec<Refused>,
}

impl Given {
    fn take(&mut self, candidate: &Candidate<'_>) {
        if candidate.place(&mut self.object, &mut self.patch) {
            self.gifts.push(candidate.gift());
        }
    }
}

/// Gives a new job what policies have for it.
pub(super) fn give(object: Value, giving: &Giving<'_>) -> Result<Given, UnknownNamespace> {
    let given = Given { object, patch: Patch::default(), gifts: Vec::new(), refused: Vec::new() };
    let court = Court::new(giving);
    let Some(matching) = court.matching(&given.object)? else { return Ok(given) };
    if candidates(&matching, &given.object).is_empty() {
        return Ok(given);
    }
    let Some(before) = court.judge(&given.object, &matching) else { return Ok(given) };
    Sieve { court, before, given, refused: Vec::new() }.sift()
}

/// Keeps what a job can have.
struct Sieve<'c> {
    court: Court<'c>,
    /// What is held against the job as it was written.
    before: Vec<Against>,
    given: Given,
    /// What could not stay in this round.
    refused: Vec<Refused>,
}

impl Sieve<'_> {
    /// In each round at least one value is given, or it is the last: one that could not stay alone may stay with another.
    fn sift(mut self) -> Result<Given, UnknownNamespace> {
        while let Some(matching) = self.court.matching(&self.given.object)? {
            let (batch, unknown) = self.court.known(candidates(&matching, &self.given.object));
            let before = self.given.gifts.len();
            self.refused = unknown;
            self.keep(&batch, &matching)?;
            if self.given.gifts.len() == before {
                break;
            }
        }
        Ok(Given { refused: self.refused, ..self.given })
    }

    /// Keeps as many as can stay, half by half.
    fn keep(&mut self, batch: &[Candidate<'_>], matching: &Matching<'_>) -> Result<(), UnknownNamespace> {
        if batch.is_empty() {
            return Ok(());
        }
        let mut tried = self.given.clone();
        for candidate in batch {
            tried.take(candidate);
        }
        self.follow_labels(&mut tried, matching)?;
        let Some(because) = self.court.against(&tried.object, &self.before)? else {
            self.given = tried;
            return Ok(());
        };
        if batch.len() == 1 || because == Because::TooMany {
            self.refused.extend(batch.iter().map(|one| Refused { gift: one.gift(), because }));
            return Ok(());
        }
        let (first, second) = batch.split_at(batch.len() / 2);
        self.keep(first, matching)?;
        self.keep(second, matching)
    }

    /// What was given can be a label by which further policies match, whose defaults belong to it.
    fn follow_labels(&self, tried: &mut Given, before: &Matching<'_>) -> Result<(), UnknownNamespace> {
        let mut seen: Vec<_> = before.iter().map(|policy| Arc::clone(&policy.name)).collect();
        while let Some(matching) = self.court.matching(&tried.object)? {
            let is_new = |policy: &Arc<str>| !seen.contains(policy);
            let (batch, _) = self.court.known(candidates(&matching, &tried.object));
            let batch: Vec<_> = batch.into_iter().filter(|one| is_new(&one.policy.name)).collect();
            if batch.is_empty() {
                break;
            }
            for candidate in &batch {
                tried.take(candidate);
            }
            seen.extend(matching.iter().map(|policy| Arc::clone(&policy.name)));
        }
        Ok(())
    }
}
