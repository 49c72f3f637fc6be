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
        complete(self.text, self.syntax)
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

/// See [`Chunk::complete`].
pub(super) fn complete(text: &str, syntax: Syntax) -> Cow<'_, str> {
    match syntax {
        Syntax::Yaml if !text.ends_with('\n') => Cow::Owned(format!("{text}\n")),
        _ => Cow::Borrowed(text),
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
                    let position = Position { line: self.cursor.line + 1, column: self.cursor.column + 1 };
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use raygate_core::yaml::{Position, Syntax};

    use super::{Chunk, chunks};

    fn cut(text: &str) -> Vec<Chunk<'_>> {
        let chunks = chunks(&Arc::from("jobs.yaml"), text);
        chunks.collect::<Result<_, _>>().expect("a text that can be cut")
    }

    #[test]
    fn empty_documents_do_not_count() {
        let text = "# a comment\n---\n---\na: 1\n---\n\n# c\n---\nb: 2\n";
        let found: Vec<_> =
            cut(text).iter().map(|chunk| (chunk.document, chunk.text, chunk.first_line)).collect();
        assert_eq!(found, [(1, "---\na: 1\n", 2), (2, "b: 2\n", 8)]);
    }

    #[test]
    fn a_place_in_a_chunk_is_found_in_the_input() {
        let text = "\u{feff} {\"ä\": 1}{\"b\":\n2}\n---\nc: 3\n";
        let chunks = cut(text);
        let first = Position { line: 1, column: 3 };
        let places: Vec<_> =
            chunks.iter().map(|chunk| chunk.place(first)).map(|at| (at.line, at.column)).collect();
        assert_eq!(places, [(1, 4), (1, 12), (3, 3)]);
        // Behind two values of JSON there is no way back to YAML.
        assert!(chunks.iter().all(|chunk| chunk.syntax == Syntax::Json));
        let below = Position { line: 2, column: 1 };
        assert_eq!(chunks[1].place(below), below);
    }

    #[test]
    fn what_helm_prints_is_called_by_the_templates() {
        let text = "---\n# Source: a/templates/b.yaml\nb: 1\n---\n# Source: a/templates/c.yaml\n---\nd: 2\n";
        let files: Vec<_> = cut(text).into_iter().map(|chunk| chunk.file).collect();
        assert_eq!(files, ["a/templates/b.yaml".into(), "jobs.yaml".into()]);
    }

    #[test]
    fn kubectl_ends_the_last_line_of_yaml() {
        let complete = |text| cut(text)[0].complete().into_owned();
        assert_eq!(complete("a: |\n  b"), "a: |\n  b\n");
        assert_eq!(complete("a: |\n  b\n"), "a: |\n  b\n");
        assert_eq!(complete("{\"a\": 1}"), "{\"a\": 1}");
    }

    #[test]
    fn a_separator_with_more_than_a_comment_is_told_and_ends_the_input() {
        let mut chunks = chunks(&Arc::from("jobs.yaml"), "a: 1\n---\nb: 2\n--- secret\nc: 3\n---\nd: 4\n");
        assert!(chunks.next().is_some_and(|chunk| chunk.is_ok()));
        let failure = chunks.next().expect("a failure").expect_err("a failure");
        assert_eq!(failure.position, Some(Position { line: 4, column: 1 }));
        assert!(!failure.message.contains("secret"), "{}", failure.message);
        assert_eq!(chunks.next(), None);
    }
}
