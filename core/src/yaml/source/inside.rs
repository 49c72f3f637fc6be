//! A position in the text of a scalar becomes a place in the source: `line 2, column 5` of a `runtimeEnvYAML`.
//!
//! `source` asks here. What is written is laid beside what was read, character by character, as far as both agree.

use std::ops::Range;

use super::super::{Position, Style};

/// A character as it is written, and where.
struct Written {
    character: char,
    offset: usize,
    /// Whether it is a line break of the source, which folding may change.
    breaks: bool,
}

/// Where a position within a scalar's text stands in the source, in bytes.
pub(super) fn find(
    source: &str,
    bytes: Range<usize>,
    style: Style,
    text: &str,
    wanted: Position,
) -> Option<usize> {
    let end = bytes.end - usize::from(matches!(style, Style::SingleQuoted | Style::DoubleQuoted));
    let written = match style {
        Style::Literal | Style::Folded => block_text(source, bytes, text)?,
        Style::Plain => folded_text(source, bytes, style),
        Style::SingleQuoted | Style::DoubleQuoted => folded_text(source, bytes.start + 1..end, style),
        Style::Nothing => Vec::new(),
        Style::Alias | Style::Block | Style::Flow => return None,
    };
    let mut place = Position::START;
    let mut written = written.as_slice();
    let mut text = text;
    loop {
        if place == wanted {
            return match written.first() {
                Some(next) => Some(next.offset),
                // Escapes that were not followed end what is known, too.
                None => text.trim_end_matches('\n').is_empty().then_some(end),
            };
        }
        let read = text.chars().next()?;
        written = behind(written, text, style)?;
        text = &text[read.len_utf8()..];
        place = match read {
            '\r' if text.starts_with('\n') => place,
            '\n' | '\r' => Position { line: place.line + 1, column: 1 },
            _ => Position { column: place.column + 1, ..place },
        };
    }
}

/// What is written behind the next character of the text that was read; `None` when the two do not agree.
fn behind<'w>(written: &'w [Written], text: &str, style: Style) -> Option<&'w [Written]> {
    let read = text.chars().next()?;
    let breaks = written.iter().take_while(|next| next.breaks).count();
    match written.first() {
        // The line break that ends a block text is not part of what is written.
        None => (read == '\n').then_some(written),
        Some(next) if breaks == 0 => (next.character == read).then_some(&written[1..]),
        Some(_) if style == Style::Literal => (read == '\n').then_some(&written[1..]),
        Some(_) if breaks == 1 && read == ' ' => Some(&written[1..]),
        Some(_) => {
            let kept = text.chars().take_while(|character| *character == '\n').count();
            if style == Style::Folded && kept == breaks {
                Some(&written[1..])
            } else {
                // Folding takes one break away.
                (kept + 1 == breaks && kept > 0).then(|| &written[2..])
            }
        }
    }
}

/// The lines below the header, without their indentation.
fn block_text(source: &str, bytes: Range<usize>, text: &str) -> Option<Vec<Written>> {
    let is_blank = |line: &&str| line.trim_start_matches(' ').is_empty();
    let blanks = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let header = source.get(bytes.clone())?.find(['\n', '\r'])?;
    let lines: Vec<_> = lines(source, bytes.start + header..bytes.end).skip(1).collect();
    let first_written = lines.iter().map(|(_, line)| *line).find(|line| !is_blank(line))?;
    let first_read = text.split('\n').find(|line| !is_blank(line))?;
    let indentation = blanks(first_written).checked_sub(blanks(first_read))?;
    let mut written = Vec::with_capacity(text.len());
    for (number, (offset, line)) in lines.iter().enumerate() {
        if number > 0 {
            let (before, line) = lines[number - 1];
            written.push(Written { character: '\n', offset: before + line.len(), breaks: true });
        }
        let cut = blanks(line).min(indentation);
        let characters = line[cut..].char_indices();
        written.extend(characters.map(|(at, character)| Written {
            character,
            offset: offset + cut + at,
            breaks: false,
        }));
    }
    Some(written)
}

/// A plain or quoted text: blanks around its line breaks do not count. It ends at an escape that is not followed.
fn folded_text(source: &str, bytes: Range<usize>, style: Style) -> Vec<Written> {
    let mut written: Vec<Written> = Vec::new();
    let last = bytes.end;
    for (offset, line) in lines(source, bytes.clone()) {
        let mut content = line;
        if offset > bytes.start {
            let offset = written.last().map_or(bytes.start, |last| last.offset + last.character.len_utf8());
            written.push(Written { character: '\n', offset, breaks: true });
            content = content.trim_start_matches([' ', '\t']);
        }
        let begin = offset + line.len() - content.len();
        if offset + line.len() < last {
            content = content.trim_end_matches([' ', '\t']);
        }
        let mut rest = content;
        while let Some(character) = rest.chars().next() {
            let Some((character, length)) = unescape(rest, character, style) else { return written };
            let offset = begin + content.len() - rest.len();
            written.push(Written { character, offset, breaks: false });
            rest = &rest[length..];
        }
    }
    written
}

/// The character that is meant, and how many bytes it takes; `None` for the rarer escapes.
fn unescape(rest: &str, first: char, style: Style) -> Option<(char, usize)> {
    match (style, first) {
        (Style::SingleQuoted, '\'') => Some(('\'', 2)),
        (Style::DoubleQuoted, '\\') => match rest.as_bytes().get(1)? {
            b'n' => Some(('\n', 2)),
            b't' => Some(('\t', 2)),
            mark @ (b'"' | b'\\' | b'/') => Some((char::from(*mark), 2)),
            _ => None,
        },
        _ => Some((first, first.len_utf8())),
    }
}

/// The lines of a stretch, each with its offset and without its line break.
fn lines(source: &str, bytes: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
    let mut offset = bytes.start;
    let mut rest = source.get(bytes);
    std::iter::from_fn(move || {
        let text = rest?;
        let begin = offset;
        let Some(end) = text.find(['\n', '\r']) else {
            rest = None;
            return Some((begin, text));
        };
        let length = if text[end..].starts_with("\r\n") { 2 } else { 1 };
        offset += end + length;
        rest = Some(&text[end + length..]);
        Some((begin, &text[..end]))
    })
}
