//! The short way for block style: `key: value` lines and `- item` lines with scalars, or brackets, on one line.
//!
//! `short` calls this for a text that begins with no bracket; values in brackets are read by `flow`.

use std::borrow::Cow;

use super::scalar::{self, Scalar};
use super::short::{self, DEPTH, KEY};
use super::{Entry, Node, Position, Value, flow};

/// Reads a text of the usual lines.
pub(super) fn read(text: &str) -> Option<Node<'_>> {
    // Go knows no tab in indentation, and a tab before a comment or a colon is not worth its code here.
    if text.contains('\t') {
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
        let mut entries = Vec::new();
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
            entries.push(Entry { key: Cow::Borrowed(key), key_position: line.position(0), value });
        }
        short::distinct(entries)
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

    /// A scalar, or brackets, that end on their line.
    fn scalar(&mut self, written: &'a str, position: Position, indentation: usize) -> Option<Node<'a>> {
        let value = match *written.as_bytes().first()? {
            quote @ (b'"' | b'\'') => {
                let (text, after) = written[1..].split_once(char::from(quote))?;
                if !ends(after) || quote == b'"' && text.contains('\\') {
                    return None;
                }
                Value::String(Cow::Borrowed(text))
            }
            b'[' | b'{' => {
                let (node, after) = flow::read_value(written, position)?;
                ends(after).then_some(node.value)?
            }
            _ => plain(written)?,
        };
        self.advance();
        // A line further in would go on with the scalar.
        let ended = self.line.is_none_or(|next| next.indentation <= indentation);
        ended.then_some(Node { value, position })
    }
}

/// Whether only blanks and a comment follow a value on its line.
fn ends(after: &str) -> bool {
    let comment = after.trim_start_matches(' ');
    comment.is_empty() || comment.starts_with('#') && after.starts_with(' ')
}

/// A plain scalar up to the end of its line or to a comment.
fn plain(written: &str) -> Option<Value<'_>> {
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
    short::plain(written[..end].trim_end_matches(' '))
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
