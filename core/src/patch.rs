//! A JSON patch made by hand: each operation adds one thing that was missing from the object as it was received.
//!
//! Nothing is removed or overwritten, and the list of a user is never edited. The operations are few and written
//! against the raw object, so that fields which Raygate does not know survive.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

/// The operations, in order.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Patch<'a> {
    operations: Vec<Operation<'a>>,
}

/// One `add` operation (RFC 6902); on a key whose value is null it replaces the null.
#[derive(Clone, Debug, Serialize)]
struct Operation<'a> {
    op: &'static str,
    path: &'static str,
    value: Value<'a>,
}

#[derive(Clone, Debug)]
enum Value<'a> {
    Text(Cow<'a, str>),
    Entry(&'static str, &'static str),
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Entry(key, value) => serializer.collect_map([(key, value)]),
        }
    }
}

impl<'a> Patch<'a> {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// The number of operations.
    pub(crate) fn len(&self) -> usize {
        self.operations.len()
    }

    /// Adds a string at a JSON pointer whose parent exists.
    pub fn add_text(&mut self, path: &'static str, text: impl Into<Cow<'a, str>>) {
        self.operations.push(Operation { op: "add", path, value: Value::Text(text.into()) });
    }

    /// Adds an object with one entry at a JSON pointer whose parent exists.
    pub fn add_map(&mut self, path: &'static str, key: &'static str, value: &'static str) {
        self.operations.push(Operation { op: "add", path, value: Value::Entry(key, value) });
    }
}
