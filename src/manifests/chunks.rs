//! A text cut into the parts that are read on their own, each with its name and its place; `core::yaml` reads them.

use std::borrow::Cow;
use std::sync::Arc;

use raygate_core::yaml::{Position, Syntax};

use super::Failure;
use super::cut::{BadSeparator, Cuts};
use super::failure::Problem;
use super::source_comment::template_of;

/// A part of an input that is read on its own, and which is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk<'t> {
    /// The input's name; for what `helm template` prints, the name of the template.
    pub file: Arc<str>,
    /// Which document of the input it is, from 1; empty ones do not count.
    pub document: usize,
    /// What is written there, to the byte.
    pub text: &'t str,
    /// How many lines of the input stand above its first line.
    pub first_line: u32,
    /// How many characters stand before it on its first line: JSON values may share one.
    pub first_column: u32,
    /// How many bytes of the input stand before it.
    pub offset: usize,
    /// What kubectl reads it as.
    pub syntax: Syntax,
}

impl<'t> Chunk<'t> {
    /// The text as kubectl hands it to its reader, with the line break that its last line may lack: a block text that
    /// ends the file ends in it.
    pub fn complete(&self) -> Cow<'t, str> {
        match self.syntax {
            Syntax::Yaml if !self.text.ends_with('\n') => Cow::Owned(format!("{}\n", self.text)),
            _ => Cow::Borrowed(self.text),
        }
    }

    /// Where a place in this chunk stands in the input.
    pub const fn place(&self, inner: Position) -> Position {
        let column = if inner.line == 1 { self.first_column + inner.column } else { inner.column };
        Position { line: self.first_line + inner.line, column }
    }

    /// What could not be read at a place in this chunk.
    pub fn failure(&self, inner: Position, message: impl Into<String>) -> Failure {
        Failure { file: self.file.clone(), position: Some(self.place(inner)), message: message.into() }
    }
}

/// Cuts an input's text exactly as kubectl does; what holds nothing but comments is left out.
pub fn chunks<'t>(input: &Arc<str>, text: &'t str) -> Chunks<'t> {
    let cuts = Cuts::new(text);
    let cursor = Cursor { text, offset: cuts.offset(), line: 0, column: 0 };
    Chunks { input: input.clone(), cuts, cursor, documents: 0 }
}

/// The chunks of a text, in order. A failure is the last item: kubectl reads nothing behind it.
#[derive(Debug)]
pub struct Chunks<'t> {
    input: Arc<str>,
    cuts: Cuts<'t>,
    cursor: Cursor<'t>,
    documents: usize,
}

impl<'t> Iterator for Chunks<'t> {
    type Item = Result<Chunk<'t>, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let cut = match self.cuts.next()? {
                Ok(cut) => cut,
                Err(BadSeparator(offset)) => {
                    self.cursor.move_to(offset);
                    let position = Position { line: self.cursor.line + 1, column: 1 };
                    return Some(Err(Problem::Separator.at(self.input.clone(), position)));
                }
            };
            let text = &self.cursor.text[cut.range.clone()];
            if cut.syntax == Syntax::Yaml && is_empty(text) {
                continue;
            }
            self.cursor.move_to(cut.range.start);
            self.documents += 1;
            let template = Some(text).filter(|_| cut.syntax == Syntax::Yaml).and_then(template_of);
            return Some(Ok(Chunk {
                file: template.map_or_else(|| self.input.clone(), Arc::from),
                document: self.documents,
                text,
                first_line: self.cursor.line,
                first_column: self.cursor.column,
                offset: cut.range.start,
                syntax: cut.syntax,
            }));
        }
    }
}

/// Whether there is nothing but comments, and the separator above them. When in doubt there is something: whoever reads
/// it knows.
fn is_empty(text: &str) -> bool {
    // To YAML 1.1, all of these end a comment.
    let mut lines = text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']);
    let blank = |line: &str| matches!(line.trim_start_matches(' ').as_bytes().first(), None | Some(b'#'));
    let first = lines.next().unwrap_or_default();
    let head = first.strip_prefix("---").filter(|rest| rest.is_empty() || rest.starts_with(' '));
    blank(head.unwrap_or(first)) && lines.all(blank)
}

/// A place in the text that only moves forward.
#[derive(Debug)]
struct Cursor<'t> {
    text: &'t str,
    offset: usize,
    /// Lines above.
    line: u32,
    /// Characters before, on the line.
    column: u32,
}

impl Cursor<'_> {
    fn move_to(&mut self, offset: usize) {
        let begin = std::mem::replace(&mut self.offset, offset);
        for (index, character) in self.text[begin..offset].char_indices() {
            let breaks = match character {
                '\n' => true,
                '\r' => !self.text[begin + index + 1..].starts_with('\n'),
                _ => false,
            };
            if breaks {
                self.line = self.line.saturating_add(1);
                self.column = 0;
            } else {
                self.column = self.column.saturating_add(1);
            }
        }
    }
}
