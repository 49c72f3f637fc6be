//! A mapping while it is filled: of equal keys the last wins, as in a Go map.
//!
//! `decode` sets the entries, those that it merges too, and takes them out when the mapping is complete.

use std::borrow::Cow;
use std::collections::HashMap;

use super::scalar::Scalar;
use super::{Doubt, Entry, Node, Position};

/// From this many entries on, keys are looked up in an index.
const INDEXED: usize = 12;

/// A key as Go's JSON holds it, and what it was before.
pub(super) struct Key<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) kind: KeyKind,
}

/// The Go type of a key: Go tells `1` from `"1"` until it writes JSON.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum KeyKind {
    Text,
    Bool,
    Int,
    UInt,
    Float(f64),
    Null,
}

impl From<Scalar> for KeyKind {
    fn from(scalar: Scalar) -> Self {
        match scalar {
            Scalar::Text => Self::Text,
            Scalar::Bool(_) => Self::Bool,
            Scalar::Int(_) => Self::Int,
            Scalar::UInt(_) => Self::UInt,
            Scalar::Float(float) => Self::Float(float),
            Scalar::Null => Self::Null,
        }
    }
}

pub(super) struct Mapping<'a> {
    entries: Vec<Entry<'a>>,
    kinds: Vec<KeyKind>,
    /// Text to place; empty while there are few entries.
    index: HashMap<Cow<'a, str>, usize>,
}

impl<'a> Mapping<'a> {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self {
            entries: Vec::with_capacity(capacity),
            kinds: Vec::with_capacity(capacity),
            index: HashMap::new(),
        }
    }

    /// Sets a key; `true` if that replaces an earlier one.
    pub(super) fn set(&mut self, key: Key<'a>, position: Position, value: Node<'a>) -> Result<bool, Doubt> {
        // Go takes 0.0 and -0.0 for one key and 1 and 1.0 for two, then writes them as "0", "-0", "1" and "1".
        if matches!(key.kind, KeyKind::Float(float) if float == 0.0 && float.is_sign_negative()) {
            return Err(Doubt::EqualKeys);
        }
        let Some(place) = self.find(&key.text) else {
            self.push(key, position, value);
            return Ok(false);
        };
        if self.kinds[place] != key.kind {
            return Err(Doubt::EqualKeys);
        }
        self.entries[place] = Entry { key: key.text, key_position: position, value };
        Ok(true)
    }

    fn find(&self, text: &str) -> Option<usize> {
        if self.index.is_empty() {
            self.entries.iter().position(|entry| entry.key == text)
        } else {
            self.index.get(text).copied()
        }
    }

    fn push(&mut self, key: Key<'a>, position: Position, value: Node<'a>) {
        let place = self.entries.len();
        if place == INDEXED {
            self.index = self.entries.iter().enumerate().map(|(at, entry)| (entry.key.clone(), at)).collect();
        }
        if place >= INDEXED {
            self.index.insert(key.text.clone(), place);
        }
        self.kinds.push(key.kind);
        self.entries.push(Entry { key: key.text, key_position: position, value });
    }

    pub(super) fn into_entries(self) -> Vec<Entry<'a>> {
        self.entries
    }
}
