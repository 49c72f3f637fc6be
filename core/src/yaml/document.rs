//! The first document of a text as nodes: granit-parser's events, with every alias bound to its node.
//!
//! `differences` has looked at the text before and judges each event; `decode` turns the nodes into a value.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle};

use super::differences::{self, Source};
use super::scalar::Tag;
use super::{Doubt, MAX_NODES, Position, Problem, Stop};

/// Where a node stands in [`Document::nodes`].
pub(super) type Index = usize;

/// The nodes of one document.
#[derive(Debug, Default)]
pub(super) struct Document<'a> {
    pub(super) nodes: Vec<RawNode<'a>>,
}

/// A node as written.
#[derive(Debug)]
pub(super) struct RawNode<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) position: Position,
}

#[derive(Debug)]
pub(super) enum Kind<'a> {
    Scalar {
        text: Cow<'a, str>,
        tag: Tag,
        /// Whether it is the merge key `<<` when it stands as a key.
        merges: bool,
    },
    Sequence(Vec<Index>),
    /// Keys and values in turn.
    Mapping(Vec<Index>),
    Alias(Index),
}

/// Reads events up to the end of the first document. An empty stream has no nodes.
pub(super) fn parse(source: Source<'_>) -> Result<Document<'_>, Stop> {
    let mut builder = Builder { source, document: Document::default(), open: Vec::new(), anchors: HashMap::new() };
    for event in Parser::new_from_str_with_options(source.text, differences::options()) {
        match event {
            Ok((event, span)) => {
                if builder.take(event, &span)? {
                    break;
                }
            }
            Err(error) => return Err(differences::judge(source, &error)),
        }
    }
    Ok(builder.document)
}

struct Builder<'a> {
    source: Source<'a>,
    document: Document<'a>,
    /// The collections that have begun and not ended, and whether each is in flow style.
    open: Vec<(Index, bool)>,
    /// granit gives every anchor a number of its own, also where a name occurs twice.
    anchors: HashMap<usize, Index>,
}

impl<'a> Builder<'a> {
    /// Takes one event; `true` when the document is over.
    fn take(&mut self, event: Event<'a>, span: &Span) -> Result<bool, Stop> {
        match event {
            Event::DocumentEnd => return Ok(true),
            Event::Alias(id) => {
                self.source.name(span)?;
                let target = *self.anchors.get(&id).ok_or(Doubt::Dialect)?;
                self.add(Kind::Alias(target), 0, span)?;
            }
            Event::Anchor(..) => self.source.name(span)?,
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                self.source.scalar(&text, style, span, self.in_flow())?;
                let (tag, merges) = match tag {
                    None if plain => (Tag::Plain, true),
                    None => (Tag::Text, false),
                    Some(tag) => self.source.tag(&tag)?,
                };
                let merges = merges && text == "<<";
                self.add(Kind::Scalar { text, tag, merges }, anchor, span)?;
            }
            Event::SequenceStart(style, anchor, tag) => {
                tag.map(|tag| self.source.tag(&tag)).transpose()?;
                let index = self.add(Kind::Sequence(Vec::new()), anchor, span)?;
                self.open.push((index, style == StructureStyle::Flow));
            }
            Event::MappingStart(style, anchor, tag) => {
                tag.map(|tag| self.source.tag(&tag)).transpose()?;
                let index = self.add(Kind::Mapping(Vec::new()), anchor, span)?;
                self.open.push((index, style == StructureStyle::Flow));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.open.pop();
            }
            _ => {}
        }
        Ok(false)
    }

    fn in_flow(&self) -> bool {
        self.open.last().is_some_and(|(_, flow)| *flow)
    }

    fn add(&mut self, kind: Kind<'a>, anchor: usize, span: &Span) -> Result<Index, Stop> {
        let index = self.document.nodes.len();
        if index >= MAX_NODES {
            return Err(Doubt::TooLarge.into());
        }
        self.document.nodes.push(RawNode { kind, position: differences::position(span.start) });
        if anchor != 0 {
            self.anchors.insert(anchor, index);
        }
        if let Some((parent, _)) = self.open.last()
            && let Kind::Sequence(children) | Kind::Mapping(children) = &mut self.document.nodes[*parent].kind
        {
            children.push(index);
        }
        Ok(index)
    }
}

impl Problem {
    pub(super) const fn at(self, position: Position) -> Stop {
        Stop::refused(position, self)
    }
}
