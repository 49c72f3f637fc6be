//! Where granit-parser (YAML 1.2) and go-yaml v2 (YAML 1.1, libyaml) part, and what is certain nevertheless.
//!
//! `inspect` has looked at the whole text; `document` shows every event to the functions here before it believes
//! it. Each difference was found by comparing with the Go library; `core/tests/yaml` keeps comparing.

use granit_parser::{Marker, Options, ScalarStyle, Span};

use super::scalar::Tag;
use super::{Doubt, Position, Problem, Stop};

/// A text that `inspect` has let through.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inspected<'a> {
    pub(super) text: &'a str,
    /// Whether a tab stands anywhere in it.
    pub(super) tabs: bool,
}

/// Where a scalar stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// It is the whole document.
    Root,
    /// In a list or mapping that indentation shapes.
    Block,
    /// Between brackets.
    Flow,
}

/// granit's settings: libyaml's reading of a block text at the end, and nothing that is not needed.
pub(super) fn options() -> Options {
    let mut options = granit_parser::options! {
        block_scalar_eof_without_line_feed: true,
        emit_anchor_events: true,
    };
    options.set_emit_comments(false);
    options
}

/// granit counts columns from 0.
pub(super) fn position(marker: Marker) -> Position {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Position { line: number(marker.line()), column: number(marker.col() + 1) }
}

impl<'a> Inspected<'a> {
    fn slice(self, span: &Span) -> Result<&'a str, Doubt> {
        span.slice(self.text).ok_or(Doubt::Dialect)
    }

    /// The text from a marker on.
    pub(super) fn rest(self, marker: Marker) -> &'a str {
        marker.byte_offset().and_then(|offset| self.text.get(offset..)).unwrap_or_default()
    }

    /// The text from the first character of the first document's value on.
    pub(super) fn start(self) -> &'a str {
        let mut rest = self.text;
        loop {
            rest = rest.trim_start_matches([' ', '\n', '\r', '\t']);
            let marker = rest.starts_with("---") && starts_blank(&rest[3..]);
            rest = match rest.bytes().next() {
                Some(b'#' | b'%') => rest.find(['\n', '\r']).map_or("", |end| &rest[end..]),
                Some(_) if marker => &rest[3..],
                _ => return rest,
            };
        }
    }

    /// Whether some line before an offset stands left of a block root: Go then takes the document for complete.
    pub(super) fn leaves(self, root: Position, offset: usize) -> bool {
        let indentation = root.column as usize - 1;
        let begin = self.text.len() - self.start().len();
        // The line of the error counts up to its end.
        let rest = self.text.get(offset..).unwrap_or_default();
        let end = offset + rest.find(['\n', '\r']).unwrap_or(rest.len());
        let read = self.text.get(begin..end).unwrap_or_default();
        indentation > 0
            && read.split(['\n', '\r']).skip(1).any(|line| {
                let content = line.trim_start_matches(' ');
                line.len() - content.len() < indentation && !content.trim().is_empty()
            })
    }

    /// Judges what follows the first document: Go looks at one more token, granit does not.
    pub(super) fn ends(self, offset: usize) -> Result<(), Stop> {
        let mut rest = self.text.get(offset..).unwrap_or_default();
        loop {
            rest = rest.trim_start_matches([' ', '\n', '\r', '\t']);
            if rest.starts_with('#') {
                rest = rest.find(['\n', '\r']).map_or("", |end| &rest[end..]);
                continue;
            }
            let clear = rest.is_empty()
                || rest.starts_with([']', '}'])
                || rest.starts_with("---")
                || rest.starts_with("...")
                || starts_key(rest);
            return if clear { Ok(()) } else { Err(Doubt::Dialect.into()) };
        }
    }

    /// Judges `&name` or `*name`: libyaml takes letters, digits, `_` and `-` only.
    pub(super) fn name(self, span: &Span) -> Result<(), Stop> {
        let name = self.slice(span)?.get(1..).unwrap_or_default();
        if name.is_empty() || !name.bytes().all(is_name) || !ends_name(self.rest(span.end)) {
            return Err(Doubt::Dialect.into());
        }
        Ok(())
    }

    /// Whether the parsers may part before an error: at a name that goes on in YAML 1.2 alone, at a `?` that is a key to
    /// libyaml alone, or at a tag that goes on over brackets and commas to libyaml alone.
    pub(super) fn ambiguous(self) -> bool {
        self.text.match_indices(['&', '*', '?', '!']).any(|(at, sign)| {
            let (before, after) = (&self.text[..at], &self.text[at + 1..]);
            let begins = before.is_empty() || before.ends_with([' ', '\t', '\n', '\r', ',', '[', '{']);
            let name = |byte: &u8| is_name(*byte) || sign == "!" && *byte == b'!';
            let length = after.bytes().take_while(name).count();
            let rest = &after[length..];
            begins
                && match sign {
                    "?" => true,
                    "!" => !starts_blank(rest),
                    _ => length > 0 && !ends_name(rest),
                }
        })
    }

    /// Judges a tag; its meaning, and whether it makes `<<` a merge key.
    pub(super) fn tag(self, tag: &granit_parser::Tag, span: &Span) -> Result<(Tag, bool), Stop> {
        let tag_span = span.tag_span().ok_or(Doubt::Dialect)?;
        let written = self.slice(&tag_span)?;
        let name = written
            .strip_prefix("!<tag:yaml.org,2002:")
            .and_then(|name| name.strip_suffix('>'))
            .unwrap_or(written);
        // libyaml wants a blank or a line break after every tag, also between brackets, and other characters in it.
        if !name.bytes().all(|byte| is_name(byte) || byte == b'!') || !starts_blank(self.rest(tag_span.end)) {
            return Err(Doubt::Dialect.into());
        }
        let meaning = Tag::named(tag.handle(), tag.suffix());
        Ok((meaning, meaning == Tag::Merge || written == "!"))
    }

    /// Judges a scalar.
    pub(super) fn scalar(
        self,
        text: &str,
        style: ScalarStyle,
        span: &Span,
        place: Context,
    ) -> Result<(), Stop> {
        match (style, place) {
            (ScalarStyle::Plain, Context::Flow) => self.plain_in_flow(text, span)?,
            (ScalarStyle::DoubleQuoted, _) => self.escapes(span)?,
            // At the root libyaml indents a block text by one at least.
            (ScalarStyle::Literal | ScalarStyle::Folded, Context::Root) => return Err(Doubt::Dialect.into()),
            _ => {}
        }
        if place == Context::Flow { self.colon_after(span) } else { Ok(()) }
    }

    /// Between brackets libyaml ends a plain text at `?`, and takes `:` for part of it unless a blank follows.
    fn plain_in_flow(self, text: &str, span: &Span) -> Result<(), Stop> {
        if text.starts_with([':', '?']) {
            return Err(Doubt::Dialect.into());
        }
        if text.contains('?') {
            return Err(Problem::QuestionMark.at(position(span.start)));
        }
        let rest = self.rest(span.end);
        match rest.strip_prefix(':') {
            Some(after) if after.starts_with([',', '[', ']', '{', '}']) => Err(Doubt::Dialect.into()),
            _ => Ok(()),
        }
    }

    /// Between brackets libyaml wants the colon on the line of its key.
    pub(super) fn colon_after(self, span: &Span) -> Result<(), Stop> {
        let rest = self.rest(span.end);
        let begin = span.tag_start().unwrap_or(span.start);
        let mut broken = begin.line() != span.end.line();
        if !broken && rest.starts_with([':', ',', ']', '}']) {
            return Ok(());
        }
        for line in rest.split(['\n', '\r']) {
            let line = line.trim_start_matches([' ', '\t']);
            match line.bytes().next() {
                None | Some(b'#') => broken = true,
                Some(b':') if broken => return Err(Doubt::Dialect.into()),
                Some(_) => return Ok(()),
            }
        }
        Ok(())
    }

    /// Judges the escapes of a double-quoted text: YAML 1.1 has no `\/` and no pairs of `\u`.
    fn escapes(self, span: &Span) -> Result<(), Stop> {
        let quoted = self.slice(span)?;
        let mut rest = quoted;
        while let Some(at) = rest.find('\\') {
            let escape = &rest[at + 1..];
            if !known_escape(escape) {
                let before = &quoted[..quoted.len() - escape.len() - 1];
                return Err(Problem::UnknownEscape.at(advance(position(span.start), before)));
            }
            rest = escape.get(1..).unwrap_or_default();
        }
        Ok(())
    }
}

/// The position behind a text that begins at a position.
pub(super) fn advance(start: Position, text: &str) -> Position {
    let mut position = start;
    let mut previous = '\0';
    for character in text.chars() {
        match character {
            '\n' if previous == '\r' => {}
            '\n' | '\r' => position = Position { line: position.line + 1, column: 1 },
            _ => position.column += 1,
        }
        previous = character;
    }
    position
}

fn known_escape(escape: &str) -> bool {
    match escape.as_bytes() {
        [b'u' | b'U', digits @ ..] => {
            let length = if escape.starts_with('u') { 4 } else { 8 };
            let code = digits.get(..length).and_then(|digits| std::str::from_utf8(digits).ok());
            code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32).is_some()
        }
        [first, ..] => b"0abt\tnvfre \"'\\N_LPx\n\r".contains(first),
        [] => false,
    }
}

/// Whether a text begins with `name:`, which libyaml knows for a key without looking further.
fn starts_key(rest: &str) -> bool {
    let name = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    (1..200).contains(&name) && rest[name..].strip_prefix(':').is_some_and(starts_blank)
}

pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// Whether what follows a name lets libyaml end it there, and granit too.
pub(super) fn ends_name(rest: &str) -> bool {
    starts_blank(rest) || rest.starts_with([',', ']', '}'])
}

pub(super) fn starts_blank(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r'])
}
