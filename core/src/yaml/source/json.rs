//! JSON to nodes: `serde_json` decides what is JSON, and one more pass notes where everything stands.
//!
//! `source` decodes the nodes as it does those of YAML: a number, `true` and `null` mean the same there, and strings
//! are text.

use std::borrow::Cow;
use std::ops::Range;

use super::super::differences::advance;
use super::super::document::{Document, Index, Kind, RawNode};
use super::super::scalar::Tag;
use super::super::{Doubt, MAX_NODES, MAX_TEXT, Position, Stop, Style};
use super::lines::Lines;
use super::{SourceError, SourceErrorKind};

/// Reads one JSON value to nodes and their bytes.
pub(super) fn parse<'a>(lines: &Lines<'a>) -> Result<(Document<'a>, Vec<Range<usize>>), SourceError> {
    let text = lines.text();
    if text.len() > MAX_TEXT {
        return Err(SourceError::new(Doubt::TooLarge.into(), Position::START));
    }
    serde_json::from_str::<serde_json::Value>(text).map_err(|error| refusal(lines, &error))?;
    let known = (0, Position::START);
    let mut scanner = Scanner { text, at: 0, known, document: Document::default() };
    match scanner.value() {
        Ok(_) => {
            let spans = scanner.document.nodes.iter().map(|node| node.bytes.clone()).collect();
            Ok((scanner.document, spans))
        }
        Err(stop) => Err(SourceError::new(stop, lines.position(scanner.at))),
    }
}

/// serde_json's error; it counts lines by line feeds alone and columns in bytes.
fn refusal(lines: &Lines<'_>, error: &serde_json::Error) -> SourceError {
    let text = lines.text();
    let before = error.line().saturating_sub(1);
    let start = text.match_indices('\n').take(before).last().map_or(0, |(at, _)| at + 1);
    let offset = (start + error.column().saturating_sub(1)).min(text.len());
    let message = error.to_string();
    let reason = message.rsplit_once(" at line ").map_or(&*message, |(reason, _)| reason);
    SourceError { position: lines.position(offset), kind: SourceErrorKind::Json(reason.to_owned()) }
}

/// A pass over what is known to be JSON.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// Where the last value begins, and its position.
    known: (usize, Position),
    document: Document<'a>,
}

impl<'a> Scanner<'a> {
    /// Reads a value. serde_json's own limit bounds the depth.
    fn value(&mut self) -> Result<Index, Stop> {
        self.skip(|byte| byte.is_ascii_whitespace());
        let start = self.at;
        match self.text.as_bytes().get(start) {
            Some(b'{') => self.collection(b'}', Kind::Mapping(Vec::new())),
            Some(b'[') => self.collection(b']', Kind::Sequence(Vec::new())),
            Some(b'"') => {
                let text = self.string()?;
                let kind = Kind::Scalar { text, tag: Tag::Text, merges: false };
                self.add(kind, Style::DoubleQuoted, start)
            }
            _ => {
                self.skip(|byte| !matches!(byte, b',' | b']' | b'}') && !byte.is_ascii_whitespace());
                let text = Cow::Borrowed(&self.text[start..self.at]);
                self.add(Kind::Scalar { text, tag: Tag::Plain, merges: false }, Style::Plain, start)
            }
        }
    }

    /// Reads what stands between brackets: commas and colons separate, whichever they are.
    fn collection(&mut self, close: u8, kind: Kind<'a>) -> Result<Index, Stop> {
        let start = self.at;
        let index = self.add(kind, Style::Flow, start)?;
        self.at += 1;
        loop {
            self.skip(|byte| byte.is_ascii_whitespace() || matches!(byte, b',' | b':'));
            match self.text.as_bytes().get(self.at) {
                None => return Err(Doubt::Dialect.into()),
                Some(byte) if *byte == close => break,
                Some(_) => {
                    let child = self.value()?;
                    if let Kind::Sequence(children) | Kind::Mapping(children) =
                        &mut self.document.nodes[index].kind
                    {
                        children.push(child);
                    }
                }
            }
        }
        self.at += 1;
        self.document.nodes[index].bytes.end = self.at;
        Ok(index)
    }

    fn string(&mut self) -> Result<Cow<'a, str>, Stop> {
        let start = self.at;
        let mut escaped = false;
        self.at += 1;
        loop {
            match self.text.as_bytes().get(self.at) {
                None => return Err(Doubt::Dialect.into()),
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.at += 2;
                }
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        let written = &self.text[start..self.at];
        if escaped {
            serde_json::from_str(written).map(Cow::Owned).map_err(|_| Doubt::Dialect.into())
        } else {
            Ok(Cow::Borrowed(&written[1..written.len() - 1]))
        }
    }

    fn skip(&mut self, skipped: impl Fn(u8) -> bool) {
        self.at += self.text.as_bytes()[self.at..].iter().take_while(|byte| skipped(**byte)).count();
    }

    fn add(&mut self, kind: Kind<'a>, style: Style, start: usize) -> Result<Index, Stop> {
        let index = self.document.nodes.len();
        if index >= MAX_NODES {
            return Err(Doubt::TooLarge.into());
        }
        let (before, position) = self.known;
        let position = advance(position, &self.text[before..start]);
        self.known = (start, position);
        self.document.nodes.push(RawNode { kind, position, style, bytes: start..self.at });
        Ok(index)
    }
}
