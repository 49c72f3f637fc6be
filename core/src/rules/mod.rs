//! What can be wrong with a RayJob: one file for each rule, one folder for each family.
//!
//! ```text
//! shape 0 · lifecycle 1 · cluster 2 · ray 3 · resources 4 · security 5 · pods 6 · tenancy 7 · updates 8
//!                                                the first digit of a code is its family
//! ```
//!
//! A rule is data and one pure function over the view. `evaluate` runs them; nothing here knows that an
//! AdmissionReview exists. To add one: a file, and two lines in its family's `mod.rs`.

mod declare;
mod prelude;
mod selection;
#[cfg(test)]
mod tests;

pub mod cluster;
pub mod examples;
pub mod lifecycle;
pub mod pods;
pub mod ray;
pub mod resources;
pub mod security;
pub mod shape;
pub mod tenancy;
pub mod updates;

use std::fmt;

use crate::document::Misfit;
use crate::exemptions::Exemption;
use crate::finding::{Findings, Level};
use crate::kuberay::{FeatureGate, KubeRay, KubeRayVersion};
use crate::policy::{Policy, Unmet};
use crate::rayjob::RayJob;
pub use selection::Selection;
pub(crate) use selection::{Question, Questions};

/// A rule: what it is about, and the function that finds it.
#[derive(Debug)]
pub struct Rule {
    /// `RJ`, the family's digit and two digits; never used again for another rule.
    pub code: &'static str,
    /// The pattern that the rule finds; reads well after "allow".
    pub slug: &'static str,
    /// The level while no policy changes it.
    pub level: Level,
    /// The version of Raygate that brought the rule.
    pub since: &'static str,
    /// Whose truths the rule tells. It applies while one of them holds.
    pub because: &'static [Because],
    /// Whether it reads labels or annotations, so that it must be asked when only these change.
    pub reads_metadata: bool,
    /// The documentation as Markdown: what and why, examples, references.
    pub docs: &'static str,
    /// Finds.
    pub check: Check,
}

/// The function of a rule.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Looks at a job as it is to be stored.
    Job(for<'a> fn(&RayJob<'a>, &mut Findings<'_, 'a>)),
    /// Looks at what an update makes of the stored job: first the stored one, then the new one.
    Update(for<'a> fn(&RayJob<'a>, &RayJob<'a>, &mut Findings<'_, 'a>)),
    /// Says what is wrong with one value that does not fit its Go type, or nothing.
    Misfit(for<'a> fn(&Misfit<'a>, &mut Findings<'_, 'a>)),
    /// Says what the API server has against one value, which is asked only about objects that it has not seen.
    File(for<'a> fn(&Misfit<'a>, &mut Findings<'_, 'a>)),
    /// Looks at a job with what a policy asks for.
    Policy(for<'a> fn(&'a Policy, &RayJob<'a>, &mut Findings<'_, 'a>)),
    /// Says what came of an expression of a policy that is not true of a job.
    Expression(for<'a> fn(&Unmet<'a>, &mut Findings<'_, 'a>)),
    /// Says whether one exemption is in vain.
    Exemption(for<'a> fn(&Exemption<'a>, &mut Findings<'_, 'a>)),
}

impl Rule {
    /// Whether the rule says something about jobs for that KubeRay.
    pub fn applies_to(&self, kuberay: &KubeRay) -> bool {
        self.because.iter().any(|because| because.holds_for(kuberay))
    }

    /// Whether all that the rule tells are truths about KubeRay's operator: they do not concern a job that another controller manages.
    pub fn is_about_kuberay_only(&self) -> bool {
        self.because
            .iter()
            .all(|because| matches!(because.truth, Truth::KubeRayRefuses | Truth::KubeRayHangs))
    }

    /// Whether the rule guards KubeRay's operator: its findings keep all jobs of the cluster from being looked after.
    /// Then nothing lowers its level, and no update is forgiven.
    pub fn is_guard(&self) -> bool {
        self.because.iter().any(|because| because.truth == Truth::KubeRayStops)
    }

    /// Whether the annotation of a job may hide the rule's warnings.
    pub fn may_be_ignored(&self) -> bool {
        let is_protected = |because: &Because| matches!(because.truth, Truth::Security | Truth::Policy);
        !self.is_guard() && !self.because.iter().any(is_protected)
    }

    /// Whether the rule puts into words what policies ask for.
    pub fn is_of_policies(&self) -> bool {
        matches!(self.check, Check::Policy(_) | Check::Expression(_))
    }

    /// The documentation without the blank that a doc comment puts before each line.
    pub fn documentation(&self) -> String {
        self.docs
            .lines()
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .fold(String::new(), |text, line| text + line + "\n")
    }

    /// The first sentence of the documentation.
    pub fn summary(&self) -> &'static str {
        self.docs.trim().lines().next().unwrap_or_default().trim()
    }
}

/// Whose truth a rule tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// KubeRay's own validation says no, after the job was accepted.
    KubeRayRefuses,
    /// KubeRay accepts the job, then waits, loops, leaks or crashes.
    KubeRayHangs,
    /// KubeRay's operator cannot read the object, and stands still for all objects of the cluster.
    KubeRayStops,
    /// The API server refuses it, or something that is made from it.
    KubernetesRefuses,
    /// Ray refuses it.
    Ray,
    /// Kueue refuses the job, or never lets it start.
    Kueue,
    /// It opens the cluster, or what runs in it, to others.
    Security,
    /// What the cluster's administrators, or Raygate for them, ask for.
    Policy,
    /// The interface that the cluster's users were given.
    RayJobInterface,
}

impl Truth {
    /// How the reason begins.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::KubeRayRefuses => "KubeRay refuses",
            Self::KubeRayHangs => "KubeRay hangs",
            Self::KubeRayStops => "KubeRay stops",
            Self::KubernetesRefuses => "Kubernetes refuses",
            Self::Ray => "Ray",
            Self::Kueue => "Kueue",
            Self::Security => "Security",
            Self::Policy => "Policy",
            Self::RayJobInterface => "RayJob interface",
        }
    }
}

/// One reason for a rule, with the KubeRay versions for which it is true.
#[derive(Clone, Copy, Debug)]
pub struct Because {
    /// Whose truth it is.
    pub truth: Truth,
    /// What happens, and where that can be read.
    pub text: &'static str,
    from: KubeRayVersion,
    until: KubeRayVersion,
    gate: Option<(FeatureGate, bool)>,
}

impl Because {
    /// A reason that is true for every known version of KubeRay.
    pub const fn always(truth: Truth, text: &'static str) -> Self {
        Self { truth, text, from: KubeRayVersion::V1_3, until: KubeRayVersion::NEWEST, gate: None }
    }

    /// The same, from that version on.
    #[must_use]
    pub const fn from(self, version: KubeRayVersion) -> Self {
        Self { from: version, ..self }
    }

    /// The same, up to and including that version.
    #[must_use]
    pub const fn until(self, version: KubeRayVersion) -> Self {
        Self { until: version, ..self }
    }

    /// The same, while that feature gate is on or off.
    #[must_use]
    pub const fn with(self, gate: FeatureGate, on: bool) -> Self {
        Self { gate: Some((gate, on)), ..self }
    }

    /// Whether it is true for that KubeRay.
    pub fn holds_for(&self, kuberay: &KubeRay) -> bool {
        (self.from..=self.until).contains(&kuberay.version())
            && self.gate.is_none_or(|(gate, on)| kuberay.enables(gate) == on)
    }
}

impl fmt::Display for Because {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.truth.as_str())?;
        match (self.from, self.until) {
            (KubeRayVersion::V1_3, KubeRayVersion::NEWEST) => {}
            (from, KubeRayVersion::NEWEST) => write!(formatter, " (from {from})")?,
            (KubeRayVersion::V1_3, until) => write!(formatter, " (until {until})")?,
            (from, until) => write!(formatter, " ({from} to {until})")?,
        }
        if let Some((gate, on)) = self.gate {
            write!(formatter, " (with {}={on})", gate.as_str())?;
        }
        write!(formatter, ": {}", self.text)
    }
}

/// Rules about one subject.
#[derive(Debug)]
pub struct Family {
    /// The digit behind `RJ`.
    pub digit: char,
    /// The folder's name.
    pub name: &'static str,
    /// What its rules are about.
    pub about: &'static str,
    /// The rules, by code.
    pub rules: &'static [&'static Rule],
}

/// All families, by digit.
pub static FAMILIES: [&Family; 9] = [
    &shape::FAMILY,
    &lifecycle::FAMILY,
    &cluster::FAMILY,
    &ray::FAMILY,
    &resources::FAMILY,
    &security::FAMILY,
    &pods::FAMILY,
    &tenancy::FAMILY,
    &updates::FAMILY,
];

/// All rules, by code.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|family| family.rules.iter().copied())
}

/// The rule of that code or slug; codes are read without regard to case.
pub fn find(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code.eq_ignore_ascii_case(name) || rule.slug == name)
}

/// The rule whose slug was most likely meant.
pub fn nearest(name: &str) -> Option<&'static Rule> {
    let similar = |rule: &&Rule| strsim::jaro_winkler(rule.slug, &name.to_lowercase());
    all()
        .map(|rule| (similar(&rule), rule))
        .filter(|(score, _)| *score > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, rule)| rule)
}

/// The family of a rule.
pub fn family_of(rule: &Rule) -> Option<&'static Family> {
    FAMILIES.into_iter().find(|family| rule.code.chars().nth(2) == Some(family.digit))
}
