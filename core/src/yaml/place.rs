//! Where something stands in a text, and how it is written there.
//!
//! `document` notes the styles; `source` hands places out to whoever points at a manifest or edits it.

use std::ops::Range;

use super::Position;

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Its first character.
    pub start: Position,
    /// The position behind its last character.
    pub end: Position,
    /// The same in bytes of the text.
    pub bytes: Range<usize>,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Text without quotes, or a number, boolean or null.
    Plain,
    /// `'text'`.
    SingleQuoted,
    /// `"text"`; every string of JSON.
    DoubleQuoted,
    /// `|` and the lines below it.
    Literal,
    /// `>` and the lines below it.
    Folded,
    /// A list or mapping that indentation shapes.
    Block,
    /// A list or mapping between brackets.
    Flow,
    /// `*name`, or something that comes through an alias or a merge key and is shared with other places.
    Alias,
    /// Nothing is written where a value could be.
    Nothing,
}

/// Where a value stands, with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The key; `None` for items of lists and for the whole document.
    pub key: Option<Span>,
    /// The value, without anchor and tag: quotes and brackets count, and the header of a block text.
    pub value: Span,
    /// How the value is written.
    pub style: Style,
}
