//! Here-documents: `<<` asks for one, the next line break begins it, a line with its delimiter ends it.

use super::lexer::Lexer;
use super::problem::{Doubt, Stop};

/// A here-document whose text is still to come.
#[derive(Debug)]
pub(super) struct Pending {
    /// Where its `<<` stands.
    pub(super) offset: usize,
    /// The line that ends it.
    pub(super) delimiter: String,
    /// Whether the shell expands what it holds.
    pub(super) is_expanded: bool,
    /// Whether tabs before the delimiter do not count (`<<-`).
    pub(super) may_be_indented: bool,
}

impl Lexer<'_> {
    /// Passes the texts of the here-documents that begin behind a line break.
    pub(super) fn pass_here_documents(&mut self) -> Result<(), Stop> {
        for pending in std::mem::take(&mut self.pending) {
            if !self.pass(&pending)? {
                self.unended.get_or_insert(pending.offset);
            }
        }
        Ok(())
    }

    /// Passes one text; whether its end was there.
    fn pass(&mut self, pending: &Pending) -> Result<bool, Stop> {
        while self.at < self.bytes.len() {
            let rest = &self.bytes[self.at..];
            let length = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
            let line = &rest[..length];
            self.at += (length + 1).min(rest.len());
            // The shell joins this line with the next before it looks for the delimiter.
            if pending.is_expanded && line.ends_with(b"\\") {
                return Err(Doubt::Construct.into());
            }
            let tabs = line.iter().take_while(|byte| pending.may_be_indented && **byte == b'\t').count();
            if &line[tabs..] == pending.delimiter.as_bytes() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
