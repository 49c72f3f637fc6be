//! What a YAML text says once it is read: values as KubeRay's JSON would hold them, each with its place.
//!
//! `decode`, `block` and `flow` build these; rules walk them and point at their positions.

use std::borrow::Cow;

use super::scalar::Scalar;

/// A place in a text: line and column count from 1, columns in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// A value and where it begins; an alias's value begins where the alias stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'a> {
    /// What is written there.
    pub value: Value<'a>,
    /// Where it begins.
    pub position: Position,
}

/// A YAML value after anchors, merge keys and YAML 1.1 scalars are resolved.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true`, `yes`, `on`, `y` and their opposites.
    Bool(bool),
    /// A whole number; `600.0` and `1e3` too, because Go writes them into JSON as 600 and 1000.
    Int(i64),
    /// A whole number beyond `i64`.
    UInt(u64),
    /// A finite number with a fraction, or beyond `u64`.
    Float(f64),
    /// Text.
    String(Cow<'a, str>),
    /// A list.
    Sequence(Vec<Node<'a>>),
    /// A mapping; keys are unique.
    Mapping(Vec<Entry<'a>>),
}

/// One key of a mapping with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'a> {
    /// The key as JSON holds it: `yes` is `true`, `017` is `15`.
    pub key: Cow<'a, str>,
    /// Where the key begins.
    pub key_position: Position,
    /// The value.
    pub value: Node<'a>,
}

impl Position {
    /// The first character of a text.
    pub const START: Self = Self { line: 1, column: 1 };
}

impl<'a> Value<'a> {
    /// The value as a person would call it: `a list`, `a number`, …
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "a boolean",
            Self::Int(_) | Self::UInt(_) | Self::Float(_) => "a number",
            Self::String(_) => "text",
            Self::Sequence(_) => "a list",
            Self::Mapping(_) => "a mapping",
        }
    }

    /// The entry of that key, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.as_mapping()?.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The value of a scalar, given its text, or `None` for what JSON cannot hold.
    pub(super) fn from_scalar(scalar: Scalar, text: impl FnOnce() -> Cow<'a, str>) -> Option<Self> {
        match scalar {
            Scalar::Null => Some(Self::Null),
            Scalar::Bool(flag) => Some(Self::Bool(flag)),
            Scalar::Int(whole) => Some(Self::Int(whole)),
            Scalar::UInt(whole) => Some(Self::UInt(whole)),
            Scalar::Float(float) => Self::from_float(float),
            Scalar::Text => Some(Self::String(text())),
        }
    }

    /// The number as Go's JSON encoder would write it, or `None` for what JSON cannot hold.
    fn from_float(number: f64) -> Option<Self> {
        /// From here on Go writes an exponent.
        const EXPONENT: f64 = 1e21;
        if !number.is_finite() {
            return None;
        }
        if number.fract() != 0.0 || number.abs() >= EXPONENT {
            return Some(Self::Float(number));
        }
        // The digits count, not the float: both languages write the shortest ones and fill up with zeros.
        let digits = number.to_string();
        let whole = digits.parse().map(Self::Int).or_else(|_| digits.parse().map(Self::UInt));
        Some(whole.unwrap_or(Self::Float(number)))
    }

    /// The entries, if this is a mapping.
    pub fn as_mapping(&self) -> Option<&[Entry<'a>]> {
        match self {
            Self::Mapping(entries) => Some(entries),
            _ => None,
        }
    }
}

impl From<&Value<'_>> for serde_json::Value {
    fn from(value: &Value<'_>) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => (*value).into(),
            Value::Int(value) => (*value).into(),
            Value::UInt(value) => (*value).into(),
            Value::Float(value) => (*value).into(),
            Value::String(text) => text.as_ref().into(),
            Value::Sequence(items) => items.iter().map(|item| Self::from(&item.value)).collect(),
            Value::Mapping(entries) => {
                entries.iter().map(|entry| (entry.key.to_string(), Self::from(&entry.value.value))).collect()
            }
        }
    }
}
