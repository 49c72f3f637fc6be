//! The lines of a text by their numbers, for `excerpt`: cut once for all findings that stand in the text.

use std::sync::Arc;

/// A text, and where its lines begin.
pub(super) struct Lines {
    text: Arc<str>,
    starts: Vec<usize>,
    is_ascii: bool,
}

impl Lines {
    /// Cuts where YAML does: at `\n`, `\r\n` and `\r`. A byte order mark is no part of the first line.
    pub(super) fn of(text: &Arc<str>) -> Self {
        let bytes = text.as_bytes();
        let first = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let breaks = bytes.iter().enumerate().filter(|(at, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        let starts = std::iter::once(first).chain(breaks.map(|(at, _)| at + 1)).collect();
        Self { text: Arc::clone(text), starts, is_ascii: text.is_ascii() }
    }

    /// Whether these are the lines of this very text.
    pub(super) fn are_of(&self, text: &Arc<str>) -> bool {
        Arc::ptr_eq(&self.text, text)
    }

    /// The line of that number, which counts from 1, without its line break.
    pub(super) fn get(&self, number: u32) -> Option<&str> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index + 1).copied().unwrap_or(self.text.len());
        Some(self.text[start..end].trim_end_matches(['\n', '\r']))
    }

    /// What stands on that line from a column on, which counts from 1 in characters.
    pub(super) fn get_from(&self, number: u32, column: u32) -> Option<&str> {
        let line = self.get(number)?;
        let before = usize::try_from(column).ok()?.saturating_sub(1);
        // Without counting: one line may hold all of a large file, and many findings.
        if self.is_ascii {
            return line.get(before.min(line.len())..);
        }
        let offset = line.char_indices().nth(before).map_or(line.len(), |(offset, _)| offset);
        line.get(offset..)
    }
}
