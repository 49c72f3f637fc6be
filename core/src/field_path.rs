//! Paths of fields, written as Kubernetes writes them: `spec.workerGroupSpecs[0].rayStartParams[num-cpus]`.

use std::borrow::Cow;
use std::fmt;
use std::fmt::Write as _;

/// One step on the way from an object to a field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step<'a> {
    /// Into an object, by a key.
    Key(Cow<'a, str>),
    /// Into a list, by a position from 0.
    Index(usize),
}

impl Step<'_> {
    /// The key, if it leads into an object.
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Key(key) => Some(key),
            Self::Index(_) => None,
        }
    }
}

impl<'a> From<&'a str> for Step<'a> {
    fn from(key: &'a str) -> Self {
        Self::Key(Cow::Borrowed(key))
    }
}

/// The path of a field from the root of its object.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath(String);

impl FieldPath {
    /// Appends a key of an object. A key that is no plain name stands in brackets, as in Kubernetes' own errors.
    pub(crate) fn push_key(&mut self, key: &str) {
        let plain = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') && !key.is_empty();
        if !plain {
            self.0.push('[');
            self.0.push_str(key);
            self.0.push(']');
            return;
        }
        if !self.0.is_empty() {
            self.0.push('.');
        }
        self.0.push_str(key);
    }

    /// Appends a position in a list.
    pub(crate) fn push_index(&mut self, index: usize) {
        // Writing into a String cannot fail.
        let _ = write!(self.0, "[{index}]");
    }

    /// The path as text; empty for the object itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<FieldPath> for String {
    fn from(path: FieldPath) -> Self {
        path.0
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
