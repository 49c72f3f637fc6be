//! How go-yaml v2 understands a scalar: YAML 1.1, with Go's own number syntax.
//!
//! `decode` and `block` hand plain and tagged scalars in; a value or a mapping key comes out. The golden table in
//! `core/tests/yaml-golden.jsonl` is what Go said.

use std::borrow::Cow;

use super::number;

/// What a scalar is before it becomes a value or a key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Scalar {
    Null,
    Bool(bool),
    Int(i64),
    UInt(u64),
    /// Also infinite and not-a-number: fine as a key, refused as a value.
    Float(f64),
    /// The text as written.
    Text,
}

/// The tags that mean something to go-yaml v2; on any other the scalar is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// None: the text decides.
    Plain,
    /// `!!str`, a quoted scalar, or a tag unknown to go-yaml.
    Text,
    Bool,
    Int,
    Float,
    Null,
    Timestamp,
    Binary,
    Merge,
}

impl Tag {
    /// The tag whose full name is `handle` followed by `suffix`.
    pub(super) fn named(handle: &str, suffix: &str) -> Self {
        let name = if handle == "tag:yaml.org,2002:" {
            suffix
        } else {
            // A verbatim tag may carry the whole name in either part.
            match handle.is_empty().then(|| suffix.strip_prefix("tag:yaml.org,2002:")).flatten() {
                Some(name) => name,
                None => return Self::Text,
            }
        };
        match name {
            "bool" => Self::Bool,
            "int" => Self::Int,
            "float" => Self::Float,
            "null" => Self::Null,
            "timestamp" => Self::Timestamp,
            "binary" => Self::Binary,
            "merge" => Self::Merge,
            _ => Self::Text,
        }
    }
}

/// Reads a plain scalar without a tag.
pub(super) fn resolve(text: &str) -> Scalar {
    let Some(&first) = text.as_bytes().first() else { return Scalar::Null };
    match first {
        b'0'..=b'9' | b'+' | b'-' => {
            special_float(text).or_else(|| number::parse(text)).unwrap_or(Scalar::Text)
        }
        b'.' => special_float(text).or_else(|| number::parse_float(text)).unwrap_or(Scalar::Text),
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' => word(text),
        _ => Scalar::Text,
    }
}

fn word(text: &str) -> Scalar {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Scalar::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Scalar::Bool(false)
        }
        "~" | "null" | "Null" | "NULL" => Scalar::Null,
        _ => Scalar::Text,
    }
}

fn special_float(text: &str) -> Option<Scalar> {
    match text {
        ".nan" | ".NaN" | ".NAN" => Some(Scalar::Float(f64::NAN)),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some(Scalar::Float(f64::INFINITY)),
        "-.inf" | "-.Inf" | "-.INF" => Some(Scalar::Float(f64::NEG_INFINITY)),
        _ => None,
    }
}

/// Reads a scalar under one of the tags that promise a type; `None` when the text does not keep the promise.
pub(super) fn resolve_as(tag: Tag, text: &str) -> Option<Scalar> {
    let scalar = resolve(text);
    match (tag, scalar) {
        (Tag::Plain, _)
        | (Tag::Bool, Scalar::Bool(_))
        | (Tag::Int, Scalar::Int(_) | Scalar::UInt(_))
        | (Tag::Float, Scalar::Float(_))
        | (Tag::Null, Scalar::Null) => Some(scalar),
        #[expect(clippy::cast_precision_loss, reason = "Go converts the same way")]
        (Tag::Float, Scalar::Int(whole)) => Some(Scalar::Float(whole as f64)),
        (Tag::Text | Tag::Binary | Tag::Merge, _) => Some(Scalar::Text),
        _ => None,
    }
}

/// The text of a key that is no text: as sigs.k8s.io/yaml writes it; `None` for keys that it refuses.
pub(super) fn key_text(scalar: Scalar) -> Option<Cow<'static, str>> {
    match scalar {
        Scalar::Bool(true) => Some("true".into()),
        Scalar::Bool(false) => Some("false".into()),
        Scalar::Int(whole) => Some(whole.to_string().into()),
        Scalar::Float(float) => Some(number::format_key(float).into()),
        Scalar::Null | Scalar::UInt(_) | Scalar::Text => None,
    }
}
