//! Tabs before the first character of a line, where libyaml is far stricter than granit-parser.
//!
//! `document` marks what it has read and asks here at the end, if the text has tabs at all.

use std::ops::Range;

use super::differences::{Inspected, advance};
use super::document::{self, Kind};
use super::scalar::Tag;
use super::{Doubt, Position, Problem, Stop};

/// A stretch of text in which tabs may be harmless.
#[derive(Debug)]
pub(super) struct Mark {
    pub(super) range: Range<usize>,
    pub(super) stretch: Stretch,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stretch {
    Quoted,
    /// `|` or `>`.
    BlockText,
    /// Between the outermost brackets; `root` if they hold the whole document.
    Flow {
        root: bool,
    },
}

/// Looks at every tab that indents; `Ok` if libyaml minds none of them.
pub(super) fn check(source: Inspected<'_>, marks: &[Mark]) -> Result<(), Stop> {
    match marked(source.text, marks)
        .find(|(offset, mark)| !mark.is_some_and(|mark| harmless(source.text, mark, *offset)))
    {
        Some((offset, _)) => Err(refusal(source, offset).unwrap_or(Doubt::Dialect.into())),
        None => Ok(()),
    }
}

/// The refusal for a text that granit-parser refuses as well, at the first indenting tab outside what it had read.
pub(super) fn first_refusal(source: Inspected<'_>, marks: &[Mark]) -> Option<Stop> {
    let (offset, _) = marked(source.text, marks).find(|(_, mark)| mark.is_none())?;
    refusal(source, offset)
}

/// Every indenting tab with the outermost stretch that holds it.
fn marked<'m>(text: &'m str, marks: &'m [Mark]) -> impl Iterator<Item = (usize, Option<&'m Mark>)> {
    let mut marks = marks.iter().peekable();
    indenting(text).map(move |offset| {
        while marks.next_if(|mark| mark.range.end <= offset).is_some() {}
        (offset, marks.peek().copied().filter(|mark| mark.range.contains(&offset)))
    })
}

/// The first tab of each line that only blanks and indicators precede.
fn indenting(text: &str) -> impl Iterator<Item = usize> {
    let mut start = 0;
    text.split_inclusive(['\n', '\r']).filter_map(move |line| {
        let offset = start + line.find(|c| !matches!(c, ' ' | '-' | '?' | ':')).unwrap_or(line.len());
        start += line.len();
        (text.as_bytes().get(offset) == Some(&b'\t')).then_some(offset)
    })
}

fn harmless(text: &str, mark: &Mark, offset: usize) -> bool {
    match mark.stretch {
        Stretch::Quoted | Stretch::Flow { root: true } => true,
        // A plain text may go on over the line break, and then the tab "violates indentation".
        Stretch::Flow { root: false } => {
            text[..offset].trim_end().ends_with([',', '[', ']', '{', '}', '"', '\''])
        }
        Stretch::BlockText => {
            let first = text[..mark.range.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
            let content = text[first..mark.range.end]
                .split(['\n', '\r'])
                .find(|line| !line.trim_matches(' ').is_empty());
            let indentation =
                content.map_or(usize::MAX, |line| line.len() - line.trim_start_matches(' ').len());
            let column = offset - text[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
            let tab_first = content.is_some_and(|line| line[indentation..].starts_with('\t'));
            column >= indentation && !tab_first
        }
    }
}

/// The refusal, if it is certain that the tab stands where libyaml looks for a key, an entry or a block text's line.
fn refusal(source: Inspected<'_>, offset: usize) -> Option<Stop> {
    let line = source.text[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let before = &source.text[..line];
    let blanks = source.text[line..offset].bytes().all(|byte| byte == b' ');
    let refusal = Problem::Tab.at(advance(Position::START, &source.text[..offset]));
    let ended = ["\n---", "\n...", "\r---", "\r..."].iter().any(|marker| before.contains(marker));
    if !blanks || ended {
        return None;
    }
    // What stands above must be complete: then neither a quote nor a bracket is open at the tab.
    let document = document::parse_quietly(Inspected { text: before, tabs: false }).ok()?;
    let Some(root) = document.nodes.first() else { return Some(refusal) };
    let certain = match (&root.kind, document.nodes.last().map(|node| &node.kind)) {
        (Kind::Scalar { .. } | Kind::Alias(_), _) => false,
        // Go takes a document for complete where a line stands left of its root.
        _ if root.position.column != 1 => false,
        _ if matches!(before.trim_start().bytes().next(), Some(b'[' | b'{' | b'&' | b'!')) => false,
        // Nothing can stand left of column 1, not even what continues a text.
        _ if line == offset => true,
        (_, Some(Kind::Scalar { text, tag: Tag::Plain, .. })) => text.is_empty(),
        _ => false,
    };
    certain.then_some(refusal)
}
