//! The bytes of every node, where granit-parser's differ from what a person would mark.
//!
//! `document` keeps granit's; `source` asks for these once for a whole text.

use std::ops::Range;

use super::super::Style;
use super::super::document::{Kind, RawNode};

/// The bytes of each node: block texts with their header, lists and mappings up to the end of their last value.
pub(super) fn settle(text: &str, nodes: &[RawNode<'_>]) -> Vec<Range<usize>> {
    let mut spans = Vec::with_capacity(nodes.len());
    let mut behind = 0;
    for node in nodes {
        let span = match node.style {
            Style::Literal | Style::Folded => block_text(text, behind, &node.bytes),
            Style::Nothing => nothing(text, node.bytes.start),
            _ => node.bytes.clone(),
        };
        // The children of a list or mapping are still to come.
        behind = if matches!(node.style, Style::Block | Style::Flow) { span.start } else { span.end };
        spans.push(span);
    }
    for (index, node) in nodes.iter().enumerate().rev() {
        if let (Style::Block, Kind::Sequence(children) | Kind::Mapping(children)) = (node.style, &node.kind)
            && let Some(last) = children.last()
        {
            spans[index].end = spans[*last].end;
        }
    }
    spans
}

/// From `|` or `>` to the end of the last line that is not blank; granit knows only that the lines begin here.
fn block_text(text: &str, behind: usize, lines: &Range<usize>) -> Range<usize> {
    let start = header(text, behind..lines.start).unwrap_or(lines.start);
    let indicators = |byte: &u8| matches!(byte, b'|' | b'>' | b'+' | b'-' | b'1'..=b'9');
    let first = start + text.as_bytes()[start..].iter().take_while(|byte| indicators(byte)).count();
    let written = text.get(first..lines.end).unwrap_or_default();
    // What stands on the header's line is a comment, if anything.
    let Some(header_end) = written.find(['\n', '\r']) else { return start..first };
    let mut end = header_end;
    let mut offset = header_end;
    for line in written[header_end..].split_inclusive(['\n', '\r']) {
        let content = line.trim_end_matches(['\n', '\r']);
        if !content.trim_matches([' ', '\t']).is_empty() {
            end = offset + content.len();
        }
        offset += line.len();
    }
    start..first + if end == header_end { 0 } else { end }
}

/// The first `|` or `>` that stands in no comment.
fn header(text: &str, gap: Range<usize>) -> Option<usize> {
    let mut at = gap.start;
    while at < gap.end {
        match text.as_bytes()[at] {
            b'|' | b'>' => return Some(at),
            b'#' if text[..at].ends_with([' ', '\t', '\n', '\r']) => {
                at += text[at..].find(['\n', '\r']).unwrap_or(text.len() - at);
            }
            _ => at += 1,
        }
    }
    None
}

/// Nothing stands behind the colon of its key, or behind its dash.
fn nothing(text: &str, offset: usize) -> Range<usize> {
    let rest = text.get(offset..).unwrap_or_default();
    let colon = rest.trim_start_matches([' ', '\t']);
    let at = offset + if colon.starts_with(':') { rest.len() - colon.len() + 1 } else { 0 };
    at..at
}
