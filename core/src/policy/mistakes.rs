//! What is wrong with a policy: all of it at once, each at its field.

use std::borrow::Cow;
use std::fmt;

use crate::field_path::{FieldPath, Step};

/// One thing that is wrong with a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The field, from the policy's root.
    pub field: FieldPath,
    /// The way to it.
    pub steps: Vec<Step<'static>>,
    /// What is wrong, and what to write instead.
    pub message: String,
    /// Whether it is the key that is wrong, and not its value.
    pub is_about_key: bool,
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.field, self.message)
    }
}

/// All that is wrong with a policy, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistakes(Vec<Mistake>);

impl Mistakes {
    /// Notes one.
    pub(super) fn note(&mut self, at: &At<'_>, message: impl Into<String>) {
        let (field, steps, message) = (at.path(), at.steps(), message.into());
        self.0.push(Mistake { field, steps, message, is_about_key: false });
    }

    /// Notes one of a key.
    pub(super) fn note_key(&mut self, at: &At<'_>, message: impl Into<String>) {
        let (field, steps, message) = (at.path(), at.steps(), message.into());
        self.0.push(Mistake { field, steps, message, is_about_key: true });
    }

    /// The value, or a note of what is wrong with it.
    pub(super) fn keep<T, E: fmt::Display>(&mut self, at: &At<'_>, result: Result<T, E>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.note(at, error.to_string());
                None
            }
        }
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The mistakes.
    pub fn iter(&self) -> std::slice::Iter<'_, Mistake> {
        self.0.iter()
    }
}

impl<'m> IntoIterator for &'m Mistakes {
    type Item = &'m Mistake;
    type IntoIter = std::slice::Iter<'m, Mistake>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mistake) in self.0.iter().enumerate() {
            write!(formatter, "{}{mistake}", if index == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

/// A place in a policy while it is compiled.
pub(super) struct At<'p> {
    parent: Option<&'p At<'p>>,
    step: Step<'p>,
}

impl<'p> At<'p> {
    /// `spec`.
    pub(super) const SPEC: At<'static> = At { parent: None, step: Step::Key(Cow::Borrowed("spec")) };

    pub(super) fn key(&'p self, key: &'p str) -> Self {
        Self { parent: Some(self), step: Step::from(key) }
    }

    pub(super) fn index(&'p self, index: usize) -> Self {
        Self { parent: Some(self), step: Step::Index(index) }
    }

    fn path(&self) -> FieldPath {
        let mut path = self.parent.map(At::path).unwrap_or_default();
        match &self.step {
            Step::Key(key) => path.push_key(key),
            Step::Index(index) => path.push_index(*index),
        }
        path
    }

    fn steps(&self) -> Vec<Step<'static>> {
        let mut steps = self.parent.map(At::steps).unwrap_or_default();
        steps.push(match &self.step {
            Step::Key(key) => Step::Key(Cow::Owned(key.to_string())),
            Step::Index(index) => Step::Index(*index),
        });
        steps
    }
}
