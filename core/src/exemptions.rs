//! Warnings that a job asks not to be shown: its annotation `raygate.dev/ignore` names rules by code or slug.
//!
//! `evaluate` takes what they hide out of the findings. They hide warnings only: a denial, the guard, and what security
//! or a policy has to say stay; the rule about exemptions says when one hides nothing.

use crate::document::{Field, Text};
use crate::finding::{Finding, Level};
use crate::rayjob::RayJob;
use crate::rules::{self, Rule};

/// The annotation's key.
pub const ANNOTATION: &str = "raygate.dev/ignore";

/// One name in the annotation.
#[derive(Debug)]
pub struct Exemption<'a> {
    /// The annotation.
    pub field: Field<'a, Text>,
    /// The code or slug as written.
    pub name: &'a str,
    /// What became of it.
    pub effect: Effect,
}

/// What an exemption does for a job.
#[derive(Clone, Copy, Debug)]
pub enum Effect {
    /// There is no such rule.
    UnknownRule,
    /// It hides warnings of this rule.
    Hides(&'static Rule),
    /// This rule's findings cannot be hidden.
    Protected(&'static Rule),
    /// The rule denies the job: nothing is hidden.
    Denied(&'static Rule),
    /// The rule has nothing to say about the job.
    Unused(&'static Rule),
}

/// All exemptions of a job.
pub(crate) struct Exemptions<'a>(Vec<Exemption<'a>>);

impl<'a> Exemptions<'a> {
    /// What the annotation names, separated by commas; none for most jobs.
    pub(crate) fn of(job: &RayJob<'a>) -> Self {
        let field: Field<'a, Text> = job.metadata.annotations.get(ANNOTATION);
        let names = field.non_empty().unwrap_or_default().split(',').map(str::trim);
        let exemption = |name: &'a str| Exemption { field, name, effect: Effect::of(rules::find(name)) };
        Self(names.filter(|name| !name.is_empty()).map(exemption).collect())
    }

    /// Moves what they hide to `hidden`.
    pub(crate) fn hide(&mut self, findings: &mut Vec<Finding<'a>>, hidden: &mut Vec<Finding<'a>>) {
        if !self.0.is_empty() {
            hidden.extend(findings.extract_if(.., |finding| self.hides(finding)));
        }
    }

    fn hides(&mut self, finding: &Finding<'_>) -> bool {
        let names = |exemption: &&mut Exemption<'_>| exemption.effect.is_about(finding.rule);
        let Some(exemption) = self.0.iter_mut().find(names) else { return false };
        exemption.effect = match exemption.effect {
            Effect::Protected(_) => return false,
            _ if finding.level != Level::Warn => Effect::Denied(finding.rule),
            _ => Effect::Hides(finding.rule),
        };
        finding.level == Level::Warn
    }

    /// Forgets those whose effect is not wanted.
    pub(crate) fn retain(&mut self, is_wanted: impl Fn(Effect) -> bool) {
        self.0.retain(|exemption| is_wanted(exemption.effect));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Exemption<'a>> {
        self.0.iter()
    }
}

impl Effect {
    fn of(rule: Option<&'static Rule>) -> Self {
        match rule {
            None => Self::UnknownRule,
            Some(rule) if rule.may_be_ignored() => Self::Unused(rule),
            Some(rule) => Self::Protected(rule),
        }
    }

    fn is_about(self, found: &'static Rule) -> bool {
        match self {
            Self::UnknownRule => false,
            Self::Hides(rule) | Self::Protected(rule) | Self::Denied(rule) | Self::Unused(rule) => {
                std::ptr::eq(rule, found)
            }
        }
    }
}
