//! Whom a policy is about: conditions on a request, compiled.

use std::collections::BTreeMap;

use super::globs::Globs;
use super::mistakes::{At, Mistakes};
use super::spec::{self, LabelOperator, SubjectKind};
use crate::document::Text;
use crate::kubernetes_names::{is_label_value, is_qualified_name};
use crate::rayjob::RayJob;

/// What a policy may ask about a request, besides the job.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The namespace of the job.
    pub namespace: &'a str,
    /// The labels of that namespace.
    pub namespace_labels: NamespaceLabels<'a>,
    /// Who asks.
    pub user: &'a str,
    /// The groups of who asks.
    pub groups: &'a [std::borrow::Cow<'a, str>],
    /// Whether nothing will be stored.
    pub dry_run: bool,
}

/// The labels of a namespace.
#[derive(Clone, Copy, Debug)]
pub enum NamespaceLabels<'a> {
    /// These.
    Known(&'a BTreeMap<String, String>),
    /// The namespace has not been seen yet, or nobody has said what labels it has.
    Unknown,
}

/// A selector's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    No,
    /// It depends on the labels of a namespace that nobody knows.
    Unknown,
}

impl Answer {
    pub(super) const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::No, Self::No) => Self::No,
        }
    }

    pub(super) const fn and(self, other: Self) -> Self {
        self.not().or(other.not()).not()
    }

    pub(super) const fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }
}

impl From<bool> for Answer {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

/// Conditions of a policy; what is not there asks nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Selector {
    namespaces: Option<Globs>,
    namespace_labels: Option<LabelSelector>,
    object_labels: Option<LabelSelector>,
    names: Option<Globs>,
    subjects: Vec<Subject>,
}

impl Selector {
    pub(super) fn compile(spec: &spec::Selector, at: &At<'_>, mistakes: &mut Mistakes) -> Self {
        let mut labels = |key, selector: &Option<spec::LabelSelector>| {
            let selector = selector.as_ref()?;
            Some(LabelSelector::compile(selector, &at.key(key), mistakes))
        };
        let namespace_labels = labels("namespaceSelector", &spec.namespace_selector);
        let object_labels = labels("objectSelector", &spec.object_selector);
        let subject = |(index, subject): (usize, &spec::Subject)| {
            let (subjects, index) = (at.key("subjects"), index);
            Subject::compile(subject, &subjects.index(index), mistakes)
        };
        let subjects = spec.subjects.iter().enumerate().filter_map(subject).collect();
        Self {
            namespaces: Globs::compile(&spec.namespaces, &at.key("namespaces"), mistakes),
            namespace_labels,
            object_labels,
            names: Globs::compile(&spec.names, &at.key("names"), mistakes),
            subjects,
        }
    }

    /// The answers of the conditions that are there.
    fn answers(&self, request: &Request<'_>, job: &RayJob<'_>) -> impl Iterator<Item = Answer> {
        self.conditions(request, job).into_iter().filter_map(|(_, answer)| answer)
    }

    /// Each condition with its answer; none when it asks nothing.
    pub(super) fn conditions(
        &self,
        request: &Request<'_>,
        job: &RayJob<'_>,
    ) -> [(&'static str, Option<Answer>); 5] {
        let name = job.metadata.name.non_empty().or_else(|| job.metadata.generate_name.non_empty());
        [
            ("namespaces", self.namespaces.as_ref().map(|globs| globs.matches(request.namespace).into())),
            ("names", self.names.as_ref().map(|globs| globs.matches(name.unwrap_or_default()).into())),
            (
                "objectSelector",
                self.object_labels.as_ref().map(|labels| labels.matches(|key| label(job, key)).into()),
            ),
            (
                "subjects",
                (!self.subjects.is_empty())
                    .then(|| self.subjects.iter().any(|subject| subject.is(request)).into()),
            ),
            (
                "namespaceSelector",
                self.namespace_labels.as_ref().map(|labels| match request.namespace_labels {
                    NamespaceLabels::Known(known) => {
                        labels.matches(|key| known.get(key).map(String::as_str)).into()
                    }
                    NamespaceLabels::Unknown => Answer::Unknown,
                }),
            ),
        ]
    }

    /// Whether all conditions hold; without any, they do.
    pub(super) fn matches(&self, request: &Request<'_>, job: &RayJob<'_>) -> Answer {
        let mut answer = Answer::Yes;
        for next in self.answers(request, job) {
            match next {
                Answer::No => return Answer::No,
                Answer::Unknown => answer = Answer::Unknown,
                Answer::Yes => {}
            }
        }
        answer
    }

    /// Whether one condition holds; without any, none does.
    pub(super) fn excludes(&self, request: &Request<'_>, job: &RayJob<'_>) -> Answer {
        let mut answer = Answer::No;
        for next in self.answers(request, job) {
            match next {
                Answer::Yes => return Answer::Yes,
                Answer::Unknown => answer = Answer::Unknown,
                Answer::No => {}
            }
        }
        answer
    }
}

fn label<'a>(job: &RayJob<'a>, key: &str) -> Option<&'a str> {
    let label = job.metadata.labels.entries().find(|label| label.key() == key)?;
    label.cast::<Text>().value()
}

/// Conditions on labels.
#[derive(Clone, Debug)]
struct LabelSelector(Vec<(String, LabelOperator, Vec<String>)>);

impl LabelSelector {
    fn compile(spec: &spec::LabelSelector, at: &At<'_>, mistakes: &mut Mistakes) -> Self {
        let mut requirements = Vec::new();
        for (key, value) in &spec.match_labels {
            let labels = at.key("matchLabels");
            check_label(key, std::slice::from_ref(value), &labels.key(key), mistakes);
            requirements.push((key.clone(), LabelOperator::In, vec![value.clone()]));
        }
        for (index, requirement) in spec.match_expressions.iter().enumerate() {
            let expressions = at.key("matchExpressions");
            let at = expressions.index(index);
            check_label(&requirement.key, &requirement.values, &at, mistakes);
            let wants_values = matches!(requirement.operator, LabelOperator::In | LabelOperator::NotIn);
            if wants_values == requirement.values.is_empty() {
                let word = if wants_values { "needs at least one value" } else { "takes no values" };
                mistakes.note(&at.key("values"), format!("{:?} {word}", requirement.operator));
            }
            requirements.push((requirement.key.clone(), requirement.operator, requirement.values.clone()));
        }
        Self(requirements)
    }

    fn matches<'v>(&self, value_of: impl Fn(&str) -> Option<&'v str>) -> bool {
        self.0.iter().all(|(key, operator, values)| {
            let value = value_of(key);
            let is_among = || value.is_some_and(|value| values.iter().any(|wanted| wanted == value));
            match operator {
                LabelOperator::In => is_among(),
                LabelOperator::NotIn => !is_among(),
                LabelOperator::Exists => value.is_some(),
                LabelOperator::DoesNotExist => value.is_none(),
            }
        })
    }
}

fn check_label(key: &str, values: &[String], at: &At<'_>, mistakes: &mut Mistakes) {
    if !is_qualified_name(key) {
        mistakes.note(at, format!("`{key}` cannot be the key of a label"));
    }
    for value in values.iter().filter(|value| !is_label_value(value)) {
        mistakes.note(at, format!("`{value}` cannot be the value of a label"));
    }
}

/// Somebody who asks.
#[derive(Clone, Debug)]
struct Subject {
    kind: SubjectKind,
    name: Globs,
    namespace: Option<Globs>,
}

impl Subject {
    fn compile(spec: &spec::Subject, at: &At<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let globs = |pattern: &String, key, mistakes: &mut Mistakes| {
            Globs::compile(std::slice::from_ref(pattern), &at.key(key), mistakes)
        };
        let is_account = spec.kind == SubjectKind::ServiceAccount;
        match &spec.namespace {
            None if is_account => {
                mistakes
                    .note(&at.key("namespace"), "a ServiceAccount has a namespace: name it, or write `*`");
            }
            Some(_) if !is_account => {
                mistakes.note(&at.key("namespace"), format!("a {:?} has no namespace: remove it", spec.kind));
            }
            _ => {}
        }
        let namespace = spec.namespace.as_ref().and_then(|pattern| globs(pattern, "namespace", mistakes));
        Some(Self { kind: spec.kind, name: globs(&spec.name, "name", mistakes)?, namespace })
    }

    fn is(&self, request: &Request<'_>) -> bool {
        match self.kind {
            SubjectKind::User => self.name.matches(request.user),
            SubjectKind::Group => request.groups.iter().any(|group| self.name.matches(group)),
            SubjectKind::ServiceAccount => {
                let account = request.user.strip_prefix("system:serviceaccount:");
                account.and_then(|account| account.split_once(':')).is_some_and(|(namespace, name)| {
                    self.name.matches(name)
                        && self.namespace.as_ref().is_some_and(|globs| globs.matches(namespace))
                })
            }
        }
    }
}
