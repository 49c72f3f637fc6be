//! A text with the beginnings of its lines: offsets become positions.

use std::ops::Range;

use super::super::{Position, Span};

/// A text that knows where its lines begin.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        // A byte-order mark takes no column.
        let first = usize::from(text.starts_with('\u{feff}')) * '\u{feff}'.len_utf8();
        let ends_line = |at: &usize| match bytes[*at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let starts =
            std::iter::once(first).chain((0..bytes.len()).filter(ends_line).map(|at| at + 1)).collect();
        Self { text, starts }
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// The position of a byte; one inside of a character is that character's.
    pub(super) fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts[line - 1];
        let column = self.text[start..].char_indices().take_while(|(at, _)| start + at < offset).count();
        let begins = self.text.is_char_boundary(offset.min(self.text.len()));
        Position { line: narrow(line), column: narrow(column + usize::from(begins || column == 0)) }
    }

    pub(super) fn span(&self, bytes: Range<usize>) -> Span {
        Span { start: self.position(bytes.start), end: self.position(bytes.end), bytes }
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
