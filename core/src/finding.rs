//! What a rule says about a job: where, what is wrong, and what to write instead. Findings are values, never errors.

use std::borrow::Cow;

use crate::document::{Field, same_fields};
use crate::field_path::{FieldPath, Step};
use crate::go_types::Struct;
use crate::policy::Policy;
use crate::rules::Rule;
use crate::yaml::Position;

/// How hard a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The rule is not applied.
    Off,
    /// The job is let through with a warning.
    Warn,
    /// The job is refused.
    Deny,
}

impl Level {
    /// The level as a word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }
}

/// What kind of mistake it is, in the words of a Kubernetes `StatusCause`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The value cannot be used.
    Invalid,
    /// A value is missing.
    Required,
    /// The value is none of the known ones.
    NotSupported,
    /// The value must not be there beside another.
    Forbidden,
    /// The value has a wrong type.
    TypeInvalid,
    /// The value is too long.
    TooLong,
}

impl Reason {
    /// The reason as Kubernetes writes it (apimachinery v0.35 `metav1.CauseType`).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invalid => "FieldValueInvalid",
            Self::Required => "FieldValueRequired",
            Self::NotSupported => "FieldValueNotSupported",
            Self::Forbidden => "FieldValueForbidden",
            Self::TypeInvalid => "FieldValueTypeInvalid",
            Self::TooLong => "FieldValueTooLong",
        }
    }
}

/// By how much a limit is exceeded.
#[derive(Clone, Copy, Debug)]
pub struct Excess<'a> {
    /// What there is too much of, where one field has several limits.
    pub of: &'a str,
    /// How far it is beyond, in the limit's own unit: above the most, or (below zero) below the least.
    pub by: f64,
}

impl Excess<'_> {
    /// Whether it is no worse than it was: beyond the same bound, and not further.
    pub(crate) fn is_within(self, before: Excess<'_>) -> bool {
        let is_same_bound =
            self.of == before.of && self.by.is_sign_negative() == before.by.is_sign_negative();
        is_same_bound && self.by.abs() <= before.by.abs()
    }
}

/// One thing that a rule found.
#[derive(Clone, Debug)]
pub struct Finding<'a> {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How hard it is.
    pub level: Level,
    /// What kind of mistake it is.
    pub reason: Reason,
    /// What is wrong, with the value unless it may be a secret.
    pub message: Cow<'static, str>,
    /// What to write instead.
    pub help: Cow<'static, str>,
    /// Where the mistake stands in the text of the field, when that is a text of its own such as a runtime environment.
    pub inside: Option<Position>,
    /// Whether it is the key that is wrong, and not its value.
    pub is_about_key: bool,
    /// The policy that asks for it; none for what holds everywhere.
    pub policy: Option<&'a Policy>,
    /// By how much a limit is exceeded: an update is forgiven what it does not make worse.
    pub excess: Option<Excess<'a>>,
    field: Field<'a>,
    also: Vec<Field<'a>>,
}

impl<'a> Finding<'a> {
    /// The path of the field that is to be mended.
    pub fn path(&self) -> FieldPath {
        self.field.path()
    }

    /// The way to that field.
    pub fn steps(&self) -> Vec<Step<'a>> {
        self.field.steps()
    }

    /// The field that is to be mended, followed by the others that the rule read to find this.
    pub fn fields(&self) -> impl Iterator<Item = Field<'a>> {
        std::iter::once(self.field).chain(self.also.iter().copied())
    }

    /// Whether a finding in the stored object is this one, at least as hard and from exactly the same values.
    pub(crate) fn stood_before(&self, stored: &Finding<'_>, root: &'static Struct) -> bool {
        let is_same = std::ptr::eq(stored.rule, self.rule)
            && stored.level >= self.level
            && stored.policy.map(|policy| &policy.name) == self.policy.map(|policy| &policy.name);
        if let (true, Some(excess), Some(before)) = (is_same, self.excess, stored.excess) {
            return excess.is_within(before) && stored.field.is_at_place_of(self.field);
        }
        is_same
            && stored.fields().count() == self.fields().count()
            && stored
                .fields()
                .zip(self.fields())
                .all(|(old, new)| old.is_at_place_of(new) && same_fields(old, new, root))
    }

    /// The finding in one line, as every answer prints it: `RJ103 suspend-without-shutdown: …; …`.
    pub fn line(&self) -> String {
        [self.rule.code, " ", self.rule.slug, ": ", &self.text(), "; ", &self.help].concat()
    }

    /// What is wrong, and whose policy says so.
    pub fn text(&self) -> Cow<'static, str> {
        match self.policy {
            Some(policy) => Cow::Owned(format!("{} (policy {})", self.message, policy.name)),
            None => self.message.clone(),
        }
    }
}

/// Where one rule puts its findings. It is lent already stamped with the rule, so none reports under another's code.
pub struct Findings<'f, 'a> {
    rule: &'static Rule,
    level: Level,
    policy: Option<&'a Policy>,
    found: &'f mut Vec<Finding<'a>>,
}

impl<'f, 'a> Findings<'f, 'a> {
    /// An empty place for the findings of that rule.
    pub(crate) fn of(rule: &'static Rule, level: Level, found: &'f mut Vec<Finding<'a>>) -> Self {
        Self { rule, level, policy: None, found }
    }

    /// The same, for what a policy asks for.
    pub(crate) fn under(self, policy: &'a Policy) -> Self {
        Self { policy: Some(policy), ..self }
    }

    /// Reports that something is wrong with this field.
    pub fn report<T>(
        &mut self,
        field: Field<'a, T>,
        message: impl Into<Cow<'static, str>>,
    ) -> Report<'_, 'a> {
        self.found.push(Finding {
            rule: self.rule,
            level: self.level,
            reason: Reason::Invalid,
            message: message.into(),
            help: Cow::Borrowed(""),
            inside: None,
            is_about_key: false,
            policy: self.policy,
            excess: None,
            field: field.any(),
            also: Vec::new(),
        });
        Report { finding: self.found.last_mut() }
    }
}

/// A finding that is being written.
pub struct Report<'f, 'a> {
    finding: Option<&'f mut Finding<'a>>,
}

#[expect(clippy::return_self_not_must_use, reason = "a report is complete after each step")]
impl<'a> Report<'_, 'a> {
    /// What to write instead.
    pub fn help(self, help: impl Into<Cow<'static, str>>) -> Self {
        self.with(|finding| finding.help = help.into())
    }

    /// That the key is wrong, and not its value.
    pub fn about_key(self) -> Self {
        self.with(|finding| finding.is_about_key = true)
    }

    /// How far something is beyond what is allowed, see [`Excess`].
    pub fn exceeding_by(self, of: &'a str, by: f64) -> Self {
        self.with(|finding| finding.excess = Some(Excess { of, by }))
    }

    /// Where the mistake stands in the text of the field.
    pub fn inside(self, position: Position) -> Self {
        self.with(|finding| finding.inside = Some(position))
    }

    /// What kind of mistake it is, unless an invalid value.
    pub fn reason(self, reason: Reason) -> Self {
        self.with(|finding| finding.reason = reason)
    }

    /// Another field whose value makes this a mistake. An update is forgiven a mistake only while all of them are unchanged.
    pub fn because_of<T>(self, field: Field<'a, T>) -> Self {
        self.with(|finding| finding.also.push(field.any()))
    }

    /// Several such fields.
    pub fn because_of_all(self, fields: impl IntoIterator<Item = Field<'a>>) -> Self {
        self.with(|finding| finding.also.extend(fields))
    }

    fn with(mut self, change: impl FnOnce(&mut Finding<'a>)) -> Self {
        if let Some(finding) = self.finding.as_deref_mut() {
            change(finding);
        }
        self
    }
}
