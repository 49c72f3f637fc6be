//! Where kubectl cuts a text: `NewYAMLOrJSONDecoder` of k8s.io/apimachinery since v0.33, with kubectl's look-ahead.
//!
//! Only ranges of bytes leave here; `chunks` gives them their names and places. `tests/manifests` compares the cuts with
//! those of the Go code.

use std::ops::Range;

use raygate_core::yaml::Syntax;

use super::json;

/// How far kubectl looks for the `{` that makes a text JSON, in bytes.
const LOOK_AHEAD: usize = 4096;
/// The Go code gives up on YAML behind JSON when fewer bytes than this are left.
const LEAST_YAML: usize = 4;
const SEPARATOR: &str = "---";

/// A stretch of the text that is read on its own.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) range: Range<usize>,
    pub(super) syntax: Syntax,
}

/// A line with `---` and something that is no comment, at this offset; kubectl drops what stands above and below it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadSeparator(pub(super) usize);

/// The cuts of a text, in order.
#[derive(Debug)]
pub(super) struct Cuts<'t> {
    text: &'t str,
    /// Where reading goes on.
    offset: usize,
    state: State,
}

#[derive(Debug)]
enum State {
    /// How many values came so far: after two, there is no way back to YAML.
    Json {
        values: usize,
    },
    Yaml,
    Over,
}

impl<'t> Cuts<'t> {
    /// Begins behind the byte order mark, if there is one.
    pub(super) fn new(text: &'t str) -> Self {
        let content = text.strip_prefix('\u{feff}').unwrap_or(text);
        let begin = content.trim_start();
        let blanks = content.len() - begin.len();
        let is_json = begin.starts_with('{') && blanks < LOOK_AHEAD;
        let state = if is_json { State::Json { values: 0 } } else { State::Yaml };
        Self { text, offset: text.len() - content.len(), state }
    }

    /// Where the first cut may begin.
    pub(super) const fn offset(&self) -> usize {
        self.offset
    }

    fn next_value(&mut self, values: usize) -> Option<Result<Cut, BadSeparator>> {
        let rest = &self.text[self.offset..];
        let content = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        if content.is_empty() {
            return None;
        }
        let begin = self.text.len() - content.len();
        if let Some(length) = json::length_of_value(content) {
            self.state = State::Json { values: values + 1 };
            self.offset = begin + length;
            return Some(Ok(Cut { range: begin..self.offset, syntax: Syntax::Json }));
        }
        if values <= 1
            && let Some(blanks) = blanks_before_yaml(rest)
        {
            self.offset += blanks;
            self.state = State::Yaml;
            return self.next_document();
        }
        // Whoever reads this as JSON finds what is wrong with it, and where.
        self.state = State::Over;
        Some(Ok(Cut { range: begin..self.text.len(), syntax: Syntax::Json }))
    }

    fn next_document(&mut self) -> Option<Result<Cut, BadSeparator>> {
        let begin = self.offset;
        let cut = |end| Some(Ok(Cut { range: begin..end, syntax: Syntax::Yaml }));
        for line in self.text[begin..].split_inclusive('\n') {
            let line_begin = self.offset;
            self.offset += line.len();
            let Some(after) = line.strip_prefix(SEPARATOR).map(str::trim) else {
                continue;
            };
            if !after.is_empty() && !after.starts_with('#') {
                self.state = State::Over;
                return Some(Err(BadSeparator(line_begin)));
            }
            // The first line of a chunk may be its own separator.
            if line_begin > begin {
                return cut(line_begin);
            }
        }
        if self.offset > begin { cut(self.offset) } else { None }
    }
}

impl Iterator for Cuts<'_> {
    type Item = Result<Cut, BadSeparator>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.state {
            State::Json { values } => self.next_value(values),
            State::Yaml => self.next_document(),
            State::Over => None,
        }
    }
}

/// How many bytes of white space the Go code skips when it turns from JSON to YAML: up to the end of the line at most.
/// Near the end of the text, and before U+FFFD, it does not turn.
fn blanks_before_yaml(text: &str) -> Option<usize> {
    let mut skipped = 0;
    loop {
        let rest = &text[skipped..];
        let next = rest.chars().next()?;
        if rest.len() < LEAST_YAML || next == char::REPLACEMENT_CHARACTER {
            return None;
        }
        if !next.is_whitespace() {
            return Some(skipped);
        }
        skipped += next.len_utf8();
        if next == '\n' {
            return Some(skipped);
        }
    }
}
