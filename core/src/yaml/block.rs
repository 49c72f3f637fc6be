//! The short way for the most usual texts: `key: value` lines and `- item` lines with scalars on one line.
//!
//! `read_first` tries this first. Whatever is not plainly of that shape, correct or not, is left to `document`: this
//! reader never refuses. A test below holds every value and position against the long way.

use std::borrow::Cow;

use super::mapping::{Key, KeyKind, Mapping};
use super::scalar::{self, Scalar};
use super::{MAX_TEXT, Node, Position, Value};

/// How deep lists and mappings may nest here.
const DEPTH: usize = 32;
/// The longest key; libyaml's own limit is 1,024 characters.
const KEY: usize = 512;

/// Reads a text of the usual shape; `None` leaves it to the long way.
pub(super) fn read(text: &str) -> Option<Node<'_>> {
    if text.len() > MAX_TEXT || !text.bytes().fold(true, |usual, byte| usual & is_usual(byte)) {
        return None;
    }
    let mut reader = Reader { rest: text, number: 0, line: None };
    reader.advance();
    if reader.line?.indentation != 0 {
        return None;
    }
    let node = reader.node(DEPTH)?;
    reader.line.is_none().then_some(node)
}

/// No tab, carriage return or control character, and no first byte of the line breaks and marks beyond ASCII.
const fn is_usual(byte: u8) -> bool {
    matches!(byte, b'\n' | b' '..=b'~') || (byte >= 0x80 && !matches!(byte, 0xc2 | 0xe2 | 0xef))
}

/// A line with something on it, or what is left of it behind a dash.
#[derive(Clone, Copy)]
struct Line<'a> {
    number: u32,
    indentation: usize,
    content: &'a str,
}

impl Line<'_> {
    fn position(&self, offset: usize) -> Position {
        // Only ASCII stands before any position here.
        let column = u32::try_from(self.indentation + offset + 1).unwrap_or(u32::MAX);
        Position { line: self.number, column }
    }
}

struct Reader<'a> {
    rest: &'a str,
    number: u32,
    line: Option<Line<'a>>,
}

impl<'a> Reader<'a> {
    /// Goes to the next line that is neither blank nor a comment.
    fn advance(&mut self) {
        self.line = None;
        while self.line.is_none() && !self.rest.is_empty() {
            let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
            self.rest = rest;
            self.number += 1;
            let content = line.trim_start_matches(' ');
            if !content.is_empty() && !content.starts_with('#') {
                let indentation = line.len() - content.len();
                self.line = Some(Line { number: self.number, indentation, content });
            }
        }
    }

    fn node(&mut self, depth: usize) -> Option<Node<'a>> {
        let line = self.line?;
        let depth = depth.checked_sub(1)?;
        let value = if line.content.starts_with("- ") {
            self.sequence(line.indentation, depth)?
        } else {
            self.mapping(line.indentation, depth)?
        };
        Some(Node { value, position: line.position(0) })
    }

    fn mapping(&mut self, indentation: usize, depth: usize) -> Option<Value<'a>> {
        let mut mapping = Mapping::default();
        while let Some(line) = self.line.filter(|line| line.indentation >= indentation) {
            if line.indentation > indentation {
                return None;
            }
            let (key, rest) = split_key(line.content)?;
            let written = rest.trim_start_matches(' ');
            let value = if written.is_empty() || written.starts_with('#') {
                self.advance();
                self.below(indentation, depth)?
            } else {
                let position = line.position(line.content.len() - written.len());
                self.scalar(written, position, indentation)?
            };
            mapping
                .set(Key { text: Cow::Borrowed(key), kind: KeyKind::Text }, line.position(0), value)
                .ok()?;
        }
        Some(Value::Mapping(mapping.into_entries()))
    }

    /// The value of a key that stands alone on its line: further in, or a list right below.
    fn below(&mut self, indentation: usize, depth: usize) -> Option<Node<'a>> {
        let next = self.line?;
        if next.indentation > indentation {
            return self.node(depth);
        }
        if next.indentation == indentation && next.content.starts_with("- ") {
            return self.node(depth);
        }
        None
    }

    fn sequence(&mut self, indentation: usize, depth: usize) -> Option<Value<'a>> {
        let mut items = Vec::new();
        while let Some(line) = self.line.filter(|line| line.indentation >= indentation) {
            if line.indentation > indentation {
                return None;
            }
            let Some(item) = line.content.strip_prefix("- ") else { break };
            items.push(if item.starts_with("- ") || split_key(item).is_some() {
                self.line = Some(Line { indentation: indentation + 2, content: item, ..line });
                self.node(depth)?
            } else {
                self.scalar(item, line.position(2), indentation)?
            });
        }
        Some(Value::Sequence(items))
    }

    /// A scalar that ends on its line.
    fn scalar(&mut self, written: &'a str, position: Position, indentation: usize) -> Option<Node<'a>> {
        let value = match *written.as_bytes().first()? {
            quote @ (b'"' | b'\'') => {
                let (text, after) = written[1..].split_once(char::from(quote))?;
                let comment = after.trim_start_matches(' ');
                let ends = comment.is_empty() || comment.starts_with('#') && after.starts_with(' ');
                if !ends || quote == b'"' && text.contains('\\') {
                    return None;
                }
                Value::String(Cow::Borrowed(text))
            }
            _ => plain(written)?,
        };
        self.advance();
        // A line further in would go on with the scalar.
        let ended = self.line.is_none_or(|next| next.indentation <= indentation);
        ended.then_some(Node { value, position })
    }
}

fn plain(written: &str) -> Option<Value<'_>> {
    let begins = match written.as_bytes() {
        [b'-', next, ..] => *next != b' ',
        [first, ..] => first.is_ascii_alphanumeric() || *first >= 0x80 || b"/._~=<+$(\\^;".contains(first),
        [] => false,
    };
    let bytes = written.as_bytes();
    let mut end = bytes.len();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b':' if matches!(bytes.get(at + 1), None | Some(b' ')) => return None,
            b'#' if at > 0 && bytes[at - 1] == b' ' => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    let text = written[..end].trim_end_matches(' ');
    if !begins {
        return None;
    }
    match scalar::resolve(text) {
        Scalar::Null => Some(Value::Null),
        Scalar::Bool(flag) => Some(Value::Bool(flag)),
        Scalar::Int(whole) => Some(Value::Int(whole)),
        Scalar::UInt(whole) => Some(Value::UInt(whole)),
        Scalar::Float(float) => Value::from_float(float),
        Scalar::Text => Some(Value::String(Cow::Borrowed(text))),
    }
}

/// A key that is certainly text, and what follows its colon.
fn split_key(content: &str) -> Option<(&str, &str)> {
    let (key, rest) = match content.as_bytes().first()? {
        quote @ (b'"' | b'\'') => {
            let (key, rest) = content[1..].split_once(char::from(*quote))?;
            (key.is_ascii() && !key.contains('\\')).then_some((key, rest))?
        }
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
            let name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'/' | b'-');
            let (key, rest) = content.split_at(content.bytes().take_while(name).count());
            (scalar::resolve(key) == Scalar::Text).then_some((key, rest))?
        }
        _ => return None,
    };
    let rest = rest.strip_prefix(':').filter(|rest| rest.is_empty() || rest.starts_with(' '))?;
    (key.len() <= KEY).then_some((key, rest))
}

#[cfg(test)]
mod tests {
    use super::super::{Outcome, read_the_long_way};
    use super::*;

    const TEXTS: &[&str] = &[
        "# note\npip:\n  - a==1\n  - \"b c\"  # note\nenv_vars:\n  A: \"b\"\n  C: 'd'\n  E: f g # h\n  I: -1\nx: ~\n",
        "- a: 1\n  b: yes\n- - x\n  - y\n- c:\n  - z\n  - w: v\n    u: 1e3\n- last\n",
        "a:\n- b\n- c\n\nd:\n    e: 0755\n    f:\n        g: é # x\n    'h i': ü:j\n",
    ];

    fn agrees(text: &str) -> bool {
        let Some(node) = read(text) else { return false };
        assert_eq!(Outcome::Reads(node), read_the_long_way(text), "{text:?}");
        true
    }

    #[test]
    fn usual_texts_are_read_the_short_way() {
        for text in TEXTS {
            assert!(agrees(text), "{text:?}");
        }
    }

    #[test]
    fn after_any_small_accident_the_short_way_agrees_with_the_long_one() {
        let pieces = [
            " ", "  ", "\n", "\n ", "- ", "-", ":", ": ", "#", " #", "'", "\"", "\\", "[", "]", "{", "?",
            "? ", "&", "*", "!", "|", ">", "%", "@", "~", "<<", "---", "...", "é", ",",
        ];
        let mut agreed = 0;
        for text in TEXTS {
            for (at, character) in text.char_indices() {
                let after = &text[at + character.len_utf8()..];
                agreed += usize::from(agrees(&[&text[..at], after].concat()));
                agreed += usize::from(agrees(&text[..at]));
                for piece in pieces {
                    agreed += usize::from(agrees(&[&text[..at], piece, &text[at..]].concat()));
                    agreed += usize::from(agrees(&[&text[..at], piece, after].concat()));
                }
            }
        }
        assert!(agreed > 2_000, "the short way was hardly taken: {agreed}");
    }
}
