//! The short way for JSON, and for brackets as plain as JSON: `{"pip": ["a"], env_vars: {A: 'b'}}`.
//!
//! `short` calls this for a text that begins with a bracket, `block` for a value on one line that does.

use std::borrow::Cow;

use super::short::{self, DEPTH, KEY};
use super::{Entry, Node, Position, Value};

/// Reads a text that is one list or mapping between brackets; no tab stands before them, where Go minds it.
pub(super) fn read(text: &str) -> Option<Node<'_>> {
    let mut reader = Reader::new(text, Position::START);
    reader.skip_blanks();
    let node = reader.node(DEPTH)?;
    reader.rest().bytes().all(|byte| matches!(byte, b' ' | b'\n')).then_some(node)
}

/// Reads the list or mapping that a text begins with and that stands at a position; the text behind it is given back.
pub(super) fn read_value(text: &str, position: Position) -> Option<(Node<'_>, &str)> {
    let mut reader = Reader::new(text, position);
    let node = reader.node(DEPTH)?;
    Some((node, reader.rest()))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// A place behind which only ASCII stands up to `at`, and its position.
    known: (usize, Position),
}

impl<'a> Reader<'a> {
    const fn new(text: &'a str, position: Position) -> Self {
        Self { text, at: 0, known: (0, position) }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn position(&self) -> Position {
        let (offset, Position { line, column }) = self.known;
        Position { line, column: column + narrow(self.at - offset) }
    }

    fn skip_blanks(&mut self) {
        while let Some(byte) = self.next() {
            match byte {
                b' ' | b'\t' => self.at += 1,
                b'\n' => {
                    self.at += 1;
                    self.known = (self.at, Position { line: self.known.1.line + 1, column: 1 });
                }
                _ => return,
            }
        }
    }

    /// Goes behind a text on the same line.
    fn skip_text(&mut self, length: usize, ascii: bool) {
        if ascii {
            self.at += length;
            return;
        }
        let Position { line, column } = self.position();
        let characters = self.rest()[..length].chars().count();
        self.at += length;
        self.known = (self.at, Position { line, column: column + narrow(characters) });
    }

    fn node(&mut self, depth: usize) -> Option<Node<'a>> {
        let position = self.position();
        let value = match self.next()? {
            b'{' => self.mapping(depth.checked_sub(1)?)?,
            b'[' => self.sequence(depth.checked_sub(1)?)?,
            b'"' | b'\'' => Value::String(self.quoted()?),
            _ => short::plain(self.plain()?)?,
        };
        Some(Node { value, position })
    }

    fn sequence(&mut self, depth: usize) -> Option<Value<'a>> {
        let mut items = Vec::new();
        let mut more = self.begins(b']');
        while more {
            items.push(self.node(depth)?);
            more = self.continues(b']')?;
        }
        Some(Value::Sequence(items))
    }

    fn mapping(&mut self, depth: usize) -> Option<Value<'a>> {
        let mut entries = Vec::new();
        let mut more = self.begins(b'}');
        while more {
            let key_position = self.position();
            let key = self.key()?;
            self.skip_blanks();
            entries.push(Entry { key, key_position, value: self.node(depth)? });
            more = self.continues(b'}')?;
        }
        short::distinct(entries)
    }

    /// Goes behind an opening bracket, or both brackets if nothing stands between them.
    fn begins(&mut self, end: u8) -> bool {
        self.at += 1;
        self.skip_blanks();
        let empty = self.next() == Some(end);
        self.at += usize::from(empty);
        !empty
    }

    /// Goes behind the comma or the bracket that must follow an entry; `true` behind a comma.
    fn continues(&mut self, end: u8) -> Option<bool> {
        self.skip_blanks();
        let next = self.next()?;
        if next != b',' && next != end {
            return None;
        }
        self.at += 1;
        if next == b',' {
            self.skip_blanks();
        }
        Some(next == b',')
    }

    /// A key that is certainly text, and its colon on the same line.
    fn key(&mut self) -> Option<Cow<'a, str>> {
        let begin = self.at;
        let key = match self.next()? {
            b'"' | b'\'' => self.quoted()?,
            _ => {
                let text = self.plain().filter(|text| *text != "<<")?;
                matches!(short::plain(text)?, Value::String(_)).then_some(Cow::Borrowed(text))?
            }
        };
        while let Some(b' ' | b'\t') = self.next() {
            self.at += 1;
        }
        let ends = self.next() == Some(b':') && self.at - begin <= KEY;
        self.at += 1;
        ends.then_some(key)
    }

    /// A plain scalar on one line, up to the blanks behind it.
    fn plain(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let mut seen = 0;
        let mut end = bytes.len();
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b',' | b']' | b'}' | b'\n' => {
                    end = at;
                    break;
                }
                b':' => match bytes.get(at + 1)? {
                    b' ' | b'\n' => {
                        end = at;
                        break;
                    }
                    b',' | b'[' | b']' | b'{' | b'}' => return None,
                    _ => {}
                },
                // libyaml ends the text at a `?`, and YAML 1.2 does not.
                b'[' | b'{' | b'?' | b'\t' => return None,
                b'#' if at > 0 && bytes[at - 1] == b' ' => return None,
                _ => {}
            }
            seen |= byte;
        }
        let text = rest[..end].trim_end_matches(' ');
        self.skip_text(text.len(), seen.is_ascii());
        Some(text)
    }

    /// A quoted text on one line.
    fn quoted(&mut self) -> Option<Cow<'a, str>> {
        let quote = self.next()?;
        let rest = &self.rest()[1..];
        let mut seen = 0;
        let (mut escaped, mut verbatim) = (false, true);
        let end = rest.bytes().position(|byte| {
            seen |= byte;
            let ends = byte == b'\n' || byte == quote && !escaped;
            escaped = byte == b'\\' && !escaped && quote == b'"';
            verbatim &= !escaped;
            ends
        })?;
        let (text, behind) = rest.split_at(end);
        // A line break folds. `''` is one quote: no reader of what must follow lets the second one through.
        if behind.starts_with('\n') {
            return None;
        }
        self.skip_text(text.len() + 2, seen.is_ascii());
        if verbatim { Some(Cow::Borrowed(text)) } else { unescape(text).map(Cow::Owned) }
    }
}

/// The text behind JSON's escapes, except for `\/` and pairs of `\u`, which YAML 1.1 lacks.
fn unescape(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('\\') {
        plain.push_str(before);
        let (character, length) = match escape.as_bytes().first()? {
            b'"' => ('"', 1),
            b'\\' => ('\\', 1),
            b'n' => ('\n', 1),
            b't' => ('\t', 1),
            b'r' => ('\r', 1),
            b'b' => ('\u{8}', 1),
            b'f' => ('\u{c}', 1),
            b'u' => {
                let digits =
                    escape.get(1..5).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
                (char::from_u32(u32::from_str_radix(digits, 16).ok()?)?, 5)
            }
            _ => return None,
        };
        plain.push(character);
        rest = &escape[length..];
    }
    plain.push_str(rest);
    Some(plain)
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
