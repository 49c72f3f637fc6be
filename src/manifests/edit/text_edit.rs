//! Edits of a text: each replaces a range of bytes. Made for one reading of the text, and applied all at once.

use std::cmp::Reverse;
use std::ops::Range;

/// A range of a text and what stands there afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextEdit {
    pub(super) range: Range<usize>,
    pub(super) text: String,
    /// How deep in the document: at the same place, what is deeper comes first.
    pub(super) depth: usize,
}

impl TextEdit {
    /// Writes something between two bytes.
    pub(super) fn insert(at: usize, text: impl Into<String>, depth: usize) -> Self {
        Self { range: at..at, text: text.into(), depth }
    }

    /// Writes something instead of something else.
    pub(super) fn replace(range: Range<usize>, text: impl Into<String>, depth: usize) -> Self {
        Self { range, text: text.into(), depth }
    }
}

/// The text with all edits; `None` when two of them touch the same bytes.
pub(super) fn apply(text: &str, mut edits: Vec<TextEdit>) -> Option<String> {
    edits.sort_by_key(|edit| (edit.range.start, Reverse(edit.depth)));
    let mut made =
        String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut behind = 0;
    for edit in edits {
        made.push_str(text.get(behind..edit.range.start)?);
        made.push_str(&edit.text);
        behind = edit.range.end;
    }
    made.push_str(text.get(behind..)?);
    Some(made)
}
