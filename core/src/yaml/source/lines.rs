//! A text with the beginnings of its lines: offsets become positions.

use std::ops::Range;

use super::super::{Position, Span};

/// Between how many bytes the characters are counted once and for all: JSON may be one line of some MiB.
const STRIDE: usize = 1 << 10;

/// A text that knows where its lines begin.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// How many characters begin before each multiple of [`STRIDE`] up to the end.
    counted: Vec<usize>,
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
        let counted = bytes.chunks(STRIDE).scan(0, |before, chunk| {
            *before += characters(chunk);
            Some(*before)
        });
        let counted = std::iter::once(0).chain(counted).collect();
        Self { text, starts, counted }
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// The position of a byte; one inside of a character is that character's.
    pub(super) fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts[line - 1];
        let column = self.before(offset).saturating_sub(self.before(start));
        let begins = self.text.is_char_boundary(offset.min(self.text.len()));
        Position { line: narrow(line), column: narrow(column + usize::from(begins || column == 0)) }
    }

    /// A line by its number, without its line break and without a byte-order mark.
    pub(super) fn line(&self, number: u32) -> &'a str {
        let index = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
        let Some(&start) = self.starts.get(index) else { return "" };
        let end = self.starts.get(index + 1).copied().unwrap_or(self.text.len());
        self.text[start..end].trim_end_matches(['\n', '\r'])
    }

    /// How many characters begin before an offset.
    fn before(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let stretch = offset / STRIDE;
        self.counted[stretch] + characters(&self.text.as_bytes()[stretch * STRIDE..offset])
    }

    pub(super) fn span(&self, bytes: Range<usize>) -> Span {
        Span { start: self.position(bytes.start), end: self.position(bytes.end), bytes }
    }
}

/// How many characters begin in a stretch of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| *byte & 0xC0 != 0x80).count()
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
