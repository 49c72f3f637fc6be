//! The rules that have something to say about one KubeRay, sorted out once: `evaluate` asks them for every request.

use super::{Check, Rule};
use crate::finding::Level;
use crate::kuberay::{KubeRay, KubeRayVersion};

/// The rules to ask, in the order of their codes.
#[derive(Clone, Debug)]
pub struct Selection {
    version: KubeRayVersion,
    of_spec: Questions,
    of_metadata: Questions,
}

/// What is asked about a change.
#[derive(Clone, Debug, Default)]
pub(crate) struct Questions {
    /// The rules that look at a job as it is to be stored.
    pub(crate) jobs: Vec<Question>,
    /// The rules that compare it with the stored one.
    pub(crate) updates: Vec<Question>,
    /// The rules about what the API server refuses.
    pub(crate) files: Vec<Question>,
    /// The rules that say what a job does against a policy.
    pub(crate) policies: Vec<Question>,
    /// The rules that say what came of a policy's expressions.
    pub(crate) expressions: Vec<Question>,
    /// The rules about what hides the findings of the others.
    pub(crate) exemptions: Vec<Question>,
}

/// A rule and its function, side by side: the rule itself is looked at only when something is found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question {
    pub(crate) rule: &'static Rule,
    /// The level while no policy decides another.
    pub(crate) level: Level,
    pub(crate) check: Check,
    /// The rule's place in the registry.
    pub(crate) place: usize,
}

impl Selection {
    /// All rules that apply to that KubeRay.
    pub fn of(kuberay: &KubeRay) -> Self {
        let applying = super::all().filter(|rule| rule.applies_to(kuberay));
        Self::of_rules(applying, kuberay.version())
    }

    /// These rules, for a KubeRay of that version.
    pub fn of_rules(rules: impl IntoIterator<Item = &'static Rule>, version: KubeRayVersion) -> Self {
        let mut selection =
            Self { version, of_spec: Questions::default(), of_metadata: Questions::default() };
        for rule in rules {
            let place = super::all().position(|other| std::ptr::eq(other, rule)).unwrap_or(usize::MAX);
            let question = Question { rule, level: rule.level, check: rule.check, place };
            selection.of_spec.add(question);
            if rule.reads_metadata {
                selection.of_metadata.add(question);
            }
        }
        selection
    }

    /// The version of KubeRay.
    pub fn version(&self) -> KubeRayVersion {
        self.version
    }

    /// What is asked about a new job, or a change of its spec.
    pub(crate) fn of_spec(&self) -> &Questions {
        &self.of_spec
    }

    /// What is asked when only labels and annotations change.
    pub(crate) fn of_metadata(&self) -> &Questions {
        &self.of_metadata
    }
}

impl Questions {
    fn add(&mut self, question: Question) {
        match question.check {
            Check::Update(_) => self.updates.push(question),
            Check::Job(_) | Check::Misfit(_) => self.jobs.push(question),
            Check::File(_) => self.files.push(question),
            Check::Policy(_) => self.policies.push(question),
            Check::Expression(_) => self.expressions.push(question),
            Check::Exemption(_) => self.exemptions.push(question),
        }
    }
}
