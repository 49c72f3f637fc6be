//! A manifest's text, read as kubectl reads it, with the place of everything in it.
//!
//! ```text
//! YAML ─► inspect ─► document ─► spans ─┐
//! JSON ─► json ─────────────────────────┴─► duplicates ─► decode ─► Source ─► place, scalars, inside
//! ```
//!
//! Unlike `read_first` it leaves nothing open: what Go may read otherwise is an error here.

mod brackets;
mod duplicates;
mod error;
mod inside;
mod json;
mod lines;
mod scalars;
mod spans;

use std::fmt;
use std::ops::Range;

use super::decode;
use super::document::{self, Document, Index, Kind};
use super::inspect::{INVISIBLE, inspect};
use super::{Node, Place, Position, Span, Style};
use crate::field_path::Step;
pub use error::{SourceError, SourceErrorKind};
use lines::Lines;

/// How a text is to be read. kubectl tries JSON when the first character that is no blank is `{`, and then YAML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// One YAML document.
    Yaml,
    /// One JSON value.
    Json,
}

/// A manifest's text, read as kubectl reads it, with the place of everything in it.
pub struct Source<'a> {
    lines: Lines<'a>,
    document: Document<'a>,
    /// The bytes of each of the document's nodes.
    spans: Vec<Range<usize>>,
    root: Node<'a>,
}

impl fmt::Debug for Source<'_> {
    // The text may hold secrets.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Source({} values)", self.document.nodes.len())
    }
}

impl<'a> Source<'a> {
    /// Reads a text that holds one document.
    ///
    /// # Errors
    ///
    /// When kubectl refuses the text or may read it otherwise, and when a key stands twice in one mapping.
    pub fn read(text: &'a str, syntax: Syntax) -> Result<Self, SourceError> {
        let lines = Lines::new(text);
        let (document, spans) = match syntax {
            Syntax::Yaml => parse(&lines)?,
            Syntax::Json => json::parse(&lines)?,
        };
        if let Some(duplicate) = duplicates::first(&document) {
            return Err(duplicate.error(&lines, &spans));
        }
        let root = decode::decode(&document).map_err(|stop| SourceError::new(stop, Position::START))?;
        Ok(Self { lines, document, spans, root })
    }

    /// The value of the whole text; null when it holds nothing.
    pub fn root(&self) -> &Node<'a> {
        &self.root
    }

    /// The deepest place on this way that is there, and how many steps lead to it.
    pub fn place(&self, steps: &[Step<'_>]) -> (Place, usize) {
        let mut here = Here { key: None, node: 0, shared: false };
        for (taken, step) in steps.iter().enumerate() {
            match self.child(here, step) {
                Some(child) => here = child,
                None => return (self.shown(here), taken),
            }
        }
        (self.shown(here), steps.len())
    }

    /// The places of all scalars to which such a way leads, in the order of the text; each place once.
    pub fn scalars(&self, is_wanted: impl Fn(&[Step<'_>]) -> bool) -> Vec<Place> {
        let mut found = Vec::new();
        let visit = |way: &[Step<'_>], node| {
            if is_wanted(way) {
                found.push(node);
            }
        };
        scalars::Walk { document: &self.document, visit, way: Vec::new() }.value(0);
        found.sort_unstable_by_key(|node| self.spans[*node].start);
        found.dedup();
        found.into_iter().map(|node| self.shown(Here { key: None, node, shared: false })).collect()
    }

    /// A line by its number, which counts from 1 as positions do, without its line break.
    pub fn line(&self, number: u32) -> &'a str {
        self.lines.line(number)
    }

    /// Where a position within the text of a scalar stands in this source; `None` when it cannot be told.
    ///
    /// Escapes and folded lines are followed as far as they are certain; a text behind an alias is not followed.
    pub fn inside(&self, place: &Place, inner: Position) -> Option<Position> {
        let is_there = |(node, span): &(&document::RawNode<'a>, &Range<usize>)| {
            **span == place.value.bytes && matches!(node.kind, Kind::Scalar { .. })
        };
        let (node, span) = self.document.nodes.iter().zip(&self.spans).find(is_there)?;
        let Kind::Scalar { text, .. } = &node.kind else { return None };
        let offset = inside::find(self.lines.text(), span.clone(), node.style, text, inner)?;
        Some(self.lines.position(offset))
    }

    fn child(&self, parent: Here, step: &Step<'_>) -> Option<Here> {
        let mut parent = parent;
        if let Kind::Alias(target) = self.document.nodes.get(parent.node)?.kind {
            parent = Here { node: target, shared: true, ..parent };
        }
        match (&self.document.nodes[parent.node].kind, step) {
            (Kind::Sequence(items), Step::Index(index)) => {
                items.get(*index).map(|item| Here { key: None, node: *item, ..parent })
            }
            (Kind::Mapping(children), Step::Key(key)) => self.entry(children, key, parent.shared),
            _ => None,
        }
    }

    /// The entry of that key that counts: later ones win over earlier ones, merged ones too, as `decode` has it.
    fn entry(&self, children: &[Index], wanted: &str, shared: bool) -> Option<Here> {
        children.chunks_exact(2).rev().find_map(|pair| {
            let &[key, value] = pair else { return None };
            if matches!(self.document.nodes[key].kind, Kind::Scalar { merges: true, .. }) {
                return self.merged(value, wanted);
            }
            let found = decode::key_text(&self.document, key).is_some_and(|text| text == wanted);
            found.then_some(Here { key: Some(key), node: value, shared })
        })
    }

    fn merged(&self, node: Index, wanted: &str) -> Option<Here> {
        match &self.document.nodes[node].kind {
            Kind::Alias(target) => self.merged(*target, wanted),
            Kind::Mapping(children) => self.entry(children, wanted, true),
            // Of merged mappings the first wins.
            Kind::Sequence(items) => items.iter().find_map(|item| self.merged(*item, wanted)),
            Kind::Scalar { .. } => None,
        }
    }

    fn shown(&self, here: Here) -> Place {
        let Some(node) = self.document.nodes.get(here.node) else {
            return Place { key: None, value: self.lines.span(0..0), style: Style::Nothing };
        };
        Place {
            key: here.key.map(|key| self.span(key)),
            value: self.span(here.node),
            style: if here.shared { Style::Alias } else { node.style },
        }
    }

    fn span(&self, node: Index) -> Span {
        self.lines.span(self.spans[node].clone())
    }
}

/// A node on the way, and whether an alias or a merge key led to it.
#[derive(Clone, Copy)]
struct Here {
    key: Option<Index>,
    node: Index,
    shared: bool,
}

/// Reads YAML to nodes and their bytes.
fn parse<'a>(lines: &Lines<'a>) -> Result<(Document<'a>, Vec<Range<usize>>), SourceError> {
    let text = lines.text();
    let inspected = inspect(text).map_err(|stop| {
        // A mark at the beginning is no doubt.
        let mark = usize::from(text.starts_with('\u{feff}')) * '\u{feff}'.len_utf8();
        let doubtful = text[mark..].find(INVISIBLE).map_or(0, |offset| offset + mark);
        SourceError::new(stop, lines.position(doubtful))
    })?;
    let before = text.len() - inspected.text.len();
    let document = document::parse_until(inspected).map_err(|stopped| {
        let position = |offset| lines.position(offset + before);
        brackets::error(inspected.text, &stopped, position)
            .unwrap_or_else(|| SourceError::new(stopped.stop, position(stopped.offset)))
    })?;
    let mut spans = spans::settle(inspected.text, &document.nodes);
    for span in &mut spans {
        *span = span.start + before..span.end + before;
    }
    Ok((document, spans))
}
