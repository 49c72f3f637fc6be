//! Why a manifest cannot be judged: a sentence for whoever wrote it. Keys are named, values never quoted.

use std::fmt;

use thiserror::Error;

use super::super::{Doubt, Position, Problem, Refusal, Stop};
use crate::quoted::Quoted;

/// A manifest that kubectl refuses, or may read otherwise than it looks, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{kind}")]
pub struct SourceError {
    /// Where to look.
    pub position: Position,
    /// What is wrong there.
    pub kind: SourceErrorKind,
}

/// What is wrong with a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SourceErrorKind {
    /// kubectl refuses the YAML.
    #[error("{0}")]
    Yaml(Problem),
    /// kubectl refuses the JSON.
    #[error("this is no JSON ({0}); look at the comma, quote or bracket here and right before")]
    Json(String),
    /// A key that stands twice in one mapping.
    #[error(
        "the key {} stands here for the second time, first on line {}: kubectl keeps only this one and drops the other \
         without a word; remove one of them",
        Names { written, key },
        first.line
    )]
    DuplicateKey {
        /// The key as it is written here.
        written: String,
        /// The key as JSON holds it.
        key: String,
        /// Where it stands first.
        first: Position,
    },
    /// kubectl may read the text otherwise than we do.
    #[error("kubectl may read this otherwise: {0}; {remedy}", remedy = remedy(*.0))]
    Unsure(Doubt),
    /// kubectl may read the text otherwise than we do, and it stands in brackets that are not closed on their line.
    #[error(
        "this is still between the brackets that open on line {}, column {}, and kubectl may not read it: close them before it, \
         or put texts with `:`, `#`, a quote or a bracket in double quotes",
        opened.line,
        opened.column
    )]
    InBrackets {
        /// Where the innermost brackets open.
        opened: Position,
    },
    /// The text is longer, deeper or larger than what is read.
    #[error("this manifest is too large to be judged; {}", remedy(Doubt::TooLarge))]
    TooLarge,
}

impl SourceError {
    /// The error for why reading stopped; a doubt has no position of its own.
    pub(super) fn new(stop: Stop, at: Position) -> Self {
        match stop {
            Stop::Refused(Refusal { position, problem }) => {
                Self { position, kind: SourceErrorKind::Yaml(problem) }
            }
            Stop::Unsure(Doubt::TooLarge) => Self { position: at, kind: SourceErrorKind::TooLarge },
            Stop::Unsure(doubt) => Self { position: at, kind: SourceErrorKind::Unsure(doubt) },
        }
    }
}

/// A key as it is written, and what that means where it is something else.
struct Names<'a> {
    written: &'a str,
    key: &'a str,
}

impl fmt::Display for Names<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { written, key } = *self;
        Quoted(written).fmt(formatter)?;
        if written == key { Ok(()) } else { write!(formatter, " (read as {})", Quoted(key)) }
    }
}

const fn remedy(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::TooLarge => "split it into smaller ones, and use fewer aliases",
        Doubt::Dialect => {
            "put texts with special characters in double quotes, and write lists and mappings as `- item` and `key: value` lines"
        }
        Doubt::Invisible => "remove the character, or write it as an escape in double quotes",
        Doubt::EqualKeys => "keep one of the keys, and put it in quotes",
        Doubt::Replaced => "remove one of the keys",
    }
}
