//! The first document of a text as nodes: granit-parser's events, with every alias bound to its node.
//!
//! `inspect` has looked at the text before, `differences` judges each event and `judge`
//! an error; `decode` turns the nodes into a value.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle};

use super::differences::{self, Context, Inspected};
use super::judge::{Progress, Root, judge};
use super::scalar::Tag;
use super::tabs::{self, Mark, Stretch};
use super::{Doubt, MAX_NODES, Position, Stop, Style};

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
    pub(super) style: Style,
    /// Its bytes as the parser gives them: a block text lacks its header and has too much behind it, and a list or
    /// mapping in block style has no end. `source` mends this.
    pub(super) bytes: Range<usize>,
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
pub(super) fn parse(source: Inspected<'_>) -> Result<Document<'_>, Stop> {
    parse_until(source).map_err(|stopped| stopped.stop)
}

/// Why and where reading stopped.
#[derive(Debug)]
pub(super) struct Stopped {
    pub(super) stop: Stop,
    /// Where it was met, in bytes.
    pub(super) offset: usize,
    /// Where the brackets begin that are open there, in bytes, from the outermost to the innermost.
    pub(super) brackets: Vec<usize>,
}

/// Reads the first document, and tells more of what stops it.
pub(super) fn parse_until(source: Inspected<'_>) -> Result<Document<'_>, Stopped> {
    let mut builder = Builder::new(source);
    let result = builder.read_with_tabs();
    if let Err(stop) = result {
        let flows = builder.open.iter().filter(|(_, flow)| *flow);
        let spans = flows.map(|(index, _)| builder.document.nodes[*index].bytes.clone());
        // The mapping of `[a: b]` has no brackets of its own.
        let brackets = spans
            .filter(|span| matches!(source.text.get(span.clone()), Some("[" | "{")))
            .map(|span| span.start)
            .collect();
        return Err(Stopped { stop, offset: builder.begun, brackets });
    }
    Ok(builder.document)
}

/// Reads the first document without a look at its tabs.
pub(super) fn parse_quietly(source: Inspected<'_>) -> Result<Document<'_>, Stop> {
    let mut builder = Builder::new(source);
    builder.read().map(|()| builder.document)
}

struct Builder<'a> {
    source: Inspected<'a>,
    document: Document<'a>,
    /// The collections that have begun and not ended, and whether each is in flow style.
    open: Vec<(Index, bool)>,
    /// granit gives every anchor a number of its own, also where a name occurs twice.
    anchors: HashMap<usize, Index>,
    /// Where tabs may be harmless; only kept for a text with tabs.
    marks: Vec<Mark>,
    /// Where the last event began, or the parser's error stands, in bytes.
    begun: usize,
    /// Where the last event ended, in bytes.
    offset: usize,
}

impl<'a> Builder<'a> {
    fn new(source: Inspected<'a>) -> Self {
        Self {
            source,
            document: Document::default(),
            open: Vec::new(),
            anchors: HashMap::new(),
            marks: Vec::new(),
            begun: 0,
            offset: 0,
        }
    }

    fn read_with_tabs(&mut self) -> Result<(), Stop> {
        let result = self.read();
        if self.source.tabs {
            match &result {
                Ok(()) => tabs::check(self.source, &self.marks)?,
                Err(_) => {
                    if let Some(refusal) = tabs::first_refusal(self.source, &self.marks) {
                        return Err(refusal);
                    }
                }
            }
        }
        result
    }

    fn read(&mut self) -> Result<(), Stop> {
        for event in Parser::new_from_str_with_options(self.source.text, differences::options()) {
            match event {
                Ok((event, span)) => {
                    if self.take(event, &span)? {
                        break;
                    }
                }
                Err(error) => {
                    self.begun = error.marker().byte_offset().unwrap_or(self.offset);
                    let progress = self.progress();
                    // What follows a complete list or mapping is not read, if Go can tell its first token.
                    let ended = matches!(progress.root, Root::Complete)
                        && !matches!(self.document.nodes[0].kind, Kind::Scalar { .. } | Kind::Alias(_))
                        && self.source.ends(self.offset).is_ok();
                    return if ended { Ok(()) } else { Err(judge(self.source, &error, progress)) };
                }
            }
        }
        Ok(())
    }

    /// Takes one event; `true` when the document is over.
    fn take(&mut self, event: Event<'a>, span: &Span) -> Result<bool, Stop> {
        self.begun = span.start.byte_offset().unwrap_or(self.begun);
        self.offset = span.end.byte_offset().unwrap_or(self.offset);
        match event {
            Event::DocumentEnd => {
                self.source.ends(span.start.byte_offset().unwrap_or_default())?;
                return Ok(true);
            }
            Event::Alias(id) => {
                self.source.name(span)?;
                let target = *self.anchors.get(&id).ok_or(Doubt::Dialect)?;
                if self.context() == Context::Flow {
                    self.source.colon_after(span)?;
                }
                self.add(Kind::Alias(target), Style::Alias, 0, span)?;
            }
            Event::Anchor(..) => {
                self.source.name(span)?;
                // An anchor on the line above may begin a key that libyaml then does not know for one.
                let line = self.document.nodes.last().map(|node| node.position.line);
                if self.open.iter().any(|(_, flow)| *flow)
                    && line != Some(differences::position(span.start).line)
                {
                    return Err(Doubt::Dialect.into());
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                self.source.scalar(&text, style, span, self.context())?;
                match style {
                    ScalarStyle::Plain => {}
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => self.mark(span, Stretch::Quoted),
                    ScalarStyle::Literal | ScalarStyle::Folded => self.mark(span, Stretch::BlockText),
                }
                let (tag, merges) = match tag {
                    None if plain => (Tag::Plain, true),
                    None => (Tag::Text, false),
                    Some(tag) => self.source.tag(&tag, span)?,
                };
                let merges = merges && text == "<<";
                self.add(Kind::Scalar { text, tag, merges }, style_of(style, span), anchor, span)?;
            }
            Event::SequenceStart(style, anchor, tag) => {
                tag.map(|tag| self.source.tag(&tag, span)).transpose()?;
                let dash = self.dash_of_the_key(span);
                let index = self.add(Kind::Sequence(Vec::new()), style.into(), anchor, span)?;
                if let Some((column, offset)) = dash {
                    let node = &mut self.document.nodes[index];
                    node.position.column = column;
                    node.bytes = offset..offset;
                }
                self.begin(index, style, span)?;
            }
            Event::MappingStart(style, anchor, tag) => {
                tag.map(|tag| self.source.tag(&tag, span)).transpose()?;
                let index = self.add(Kind::Mapping(Vec::new()), style.into(), anchor, span)?;
                self.begin(index, style, span)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            _ => {}
        }
        Ok(false)
    }

    /// How far reading has come.
    fn progress(&self) -> Progress {
        let root = match self.open.first() {
            Some((_, true)) => Root::Flow,
            Some((root, false)) => Root::Block(self.document.nodes[*root].position),
            None if self.document.nodes.is_empty() => Root::Nothing,
            None => Root::Complete,
        };
        Progress { root, open: self.open.len(), offset: self.offset }
    }

    /// Remembers a stretch of text, if there are tabs to be judged.
    fn mark(&mut self, span: &Span, stretch: Stretch) {
        if self.source.tabs
            && let Some(range) = span.byte_range()
        {
            self.marks.push(Mark { range, stretch });
        }
    }

    fn begin(&mut self, index: Index, style: StructureStyle, span: &Span) -> Result<(), Stop> {
        let flow = style == StructureStyle::Flow;
        // libyaml loses sight of brackets that are the first key of the document.
        if flow
            && index == 1
            && matches!(self.document.nodes[0].kind, Kind::Mapping(_))
            && self.context() == Context::Block
        {
            return Err(Doubt::Dialect.into());
        }
        if flow && self.context() != Context::Flow {
            let root = self.open.is_empty();
            self.mark(span, Stretch::Flow { root });
        }
        self.open.push((index, flow));
        Ok(())
    }

    fn end(&mut self, span: &Span) {
        let flow = match self.open.pop() {
            Some((index, true)) => {
                let bytes = &mut self.document.nodes[index].bytes;
                bytes.end = span.end.byte_offset().unwrap_or(bytes.end);
                true
            }
            _ => false,
        };
        if flow && self.context() != Context::Flow && self.source.tabs {
            let outermost =
                self.marks.iter_mut().rev().find(|mark| matches!(mark.stretch, Stretch::Flow { .. }));
            if let (Some(mark), Some(end)) = (outermost, span.end.byte_offset()) {
                mark.range.end = end;
            }
        }
    }

    fn context(&self) -> Context {
        match self.open.last() {
            Some((_, true)) => Context::Flow,
            Some((_, false)) => Context::Block,
            None => Context::Root,
        }
    }

    /// A list's first dash, by column and offset, if it stands right below its key: granit then points behind the dash.
    fn dash_of_the_key(&self, span: &Span) -> Option<(u32, usize)> {
        let (parent, flow) = self.open.last()?;
        let parent = &self.document.nodes[*parent];
        if *flow || !matches!(parent.kind, Kind::Mapping(_)) {
            return None;
        }
        let before = self.source.text.get(..span.start.byte_offset()?)?;
        let line = &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
        let column = parent.position.column;
        let dash = line.trim_start_matches(' ');
        let offset = before.len() - dash.len();
        (dash.starts_with('-') && line.len() - dash.len() + 1 == column as usize).then_some((column, offset))
    }

    fn add(&mut self, kind: Kind<'a>, style: Style, anchor: usize, span: &Span) -> Result<Index, Stop> {
        let index = self.document.nodes.len();
        if index >= MAX_NODES {
            return Err(Doubt::TooLarge.into());
        }
        let position = differences::position(span.start);
        let bytes = span.byte_range().unwrap_or_default();
        self.document.nodes.push(RawNode { kind, position, style, bytes });
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

fn style_of(style: ScalarStyle, span: &Span) -> Style {
    match style {
        ScalarStyle::Plain if span.is_empty() => Style::Nothing,
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}

impl From<StructureStyle> for Style {
    fn from(style: StructureStyle) -> Self {
        match style {
            StructureStyle::Flow => Self::Flow,
            StructureStyle::Block => Self::Block,
        }
    }
}
