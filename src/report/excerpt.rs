//! The lines of a finding as `text` draws them: secrets masked, each character with a width that terminals agree on,
//! long lines cut around what is pointed at. The span moves with all of it, so that the carets stand right.

use std::ops::Range;

use raygate_core::yaml::Position;
use unicode_width::UnicodeWidthChar;

use super::Diagnostic;
use super::plain::is_plain;

/// Stands for what is not shown.
const ELLIPSIS: char = '…';

/// Lines to be drawn, and the bytes of them to be pointed at.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The lines.
    pub(super) text: String,
    /// The number of the first one.
    pub(super) line: u32,
    /// The bytes that are pointed at.
    pub(super) span: Range<usize>,
    /// The columns of the terminal that the last line takes up to the span's end.
    pub(super) width: usize,
}

impl Excerpt {
    /// The lines of the finding, none wider than `width`; `None` when its text has no such line.
    pub(super) fn of(found: &Diagnostic, width: usize) -> Option<Self> {
        let first = found.start.line;
        let last = last_line(found);
        let mut excerpt = Self { text: String::new(), line: first, span: 0..0, width: 0 };
        let mut drawn = 0;
        for (number, line) in (1..).zip(Lines(Some(&found.object.text))).take(last as usize) {
            if number < first {
                continue;
            }
            let from = if number == first { found.start.column } else { 1 };
            let to = if number == found.end.line { found.end.column } else { u32::MAX };
            let line = Line::of(line, number, found);
            let pointed = line.cells(from)..line.cells(to).max(line.cells(from));
            // Of lines between the first and the last, and of the last, the beginning is shown.
            let anchor = if number == first { pointed.clone() } else { 0..0 };
            excerpt.push(&line, &pointed, line.window(&anchor, width), number == first);
            drawn += 1;
        }
        (drawn > 0).then_some(excerpt)
    }

    /// Appends what is in the window of a line, and moves the span.
    fn push(&mut self, line: &Line, pointed: &Range<usize>, window: Range<usize>, is_first: bool) {
        if !is_first {
            self.text.push('\n');
        }
        let begin = self.text.len();
        if window.start > 0 {
            self.text.push(ELLIPSIS);
        }
        let bytes_before = |cell: usize| {
            let kept = window.start..cell.clamp(window.start, window.end);
            let ellipsis = if window.start > 0 { ELLIPSIS.len_utf8() } else { 0 };
            begin + ellipsis + line.0[kept].iter().map(|cell| cell.shown.len_utf8()).sum::<usize>()
        };
        if is_first {
            self.span.start = bytes_before(pointed.start);
        }
        self.span.end = bytes_before(pointed.end);
        self.width = line.columns(&(window.start..pointed.end.clamp(window.start, window.end)))
            + usize::from(window.start > 0);
        self.text.extend(line.0[window.clone()].iter().map(|cell| cell.shown));
        if window.end < line.0.len() {
            self.text.push(ELLIPSIS);
        }
    }
}

/// The last line with something of the finding on it: an end before a line's first character is the end of the line before.
pub(super) fn last_line(found: &Diagnostic) -> u32 {
    let Position { line, column } = found.end;
    if column <= 1 && line > found.start.line { line - 1 } else { line.max(found.start.line) }
}

/// Lines as YAML breaks them: at `\n`, `\r\n` and `\r`.
struct Lines<'t>(Option<&'t str>);

impl<'t> Iterator for Lines<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let text = self.0?;
        let Some(end) = text.find(['\n', '\r']) else {
            return self.0.take();
        };
        let broken = if text[end..].starts_with("\r\n") { end + 2 } else { end + 1 };
        self.0 = Some(&text[broken..]);
        Some(&text[..end])
    }
}

/// One drawn character.
struct Cell {
    shown: char,
    /// The column of the source that it stands for.
    column: u32,
}

/// A line as it is drawn, whatever its length.
struct Line(Vec<Cell>);

impl Line {
    fn of(text: &str, number: u32, found: &Diagnostic) -> Self {
        let mut cells = Vec::with_capacity(text.len());
        let mut was_masked = false;
        for (column, character) in (1..).zip(text.chars()) {
            let here = Position { line: number, column };
            let masked = found.masked.iter().any(|(from, to)| (*from..*to).contains(&here));
            match character {
                _ if masked && was_masked => {}
                _ if masked => cells.push(Cell { shown: ELLIPSIS, column }),
                '\t' => cells.extend([' '; 4].map(|shown| Cell { shown, column })),
                // These change how wide their neighbours are in some terminals and not in others.
                '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' => {}
                _ => cells.push(Cell { shown: drawn(character), column }),
            }
            was_masked = masked;
        }
        Self(cells)
    }

    /// How many cells stand before that column of the source.
    fn cells(&self, column: u32) -> usize {
        // Within a mask the one cell that stands for all of it belongs to each of its columns.
        self.0.partition_point(|cell| cell.column < column)
    }

    fn columns(&self, cells: &Range<usize>) -> usize {
        self.0[cells.clone()].iter().map(|cell| cell.shown.width().unwrap_or(1)).sum()
    }

    /// The cells to be shown, so that they and the ellipses around fit, with what is pointed at among them.
    fn window(&self, anchor: &Range<usize>, width: usize) -> Range<usize> {
        let all = 0..self.0.len();
        if self.columns(&all) <= width {
            return all;
        }
        let room = width.saturating_sub(2).max(1);
        let mut window = anchor.start..anchor.start;
        let fits = |window: &Range<usize>| self.columns(window) <= room;
        if fits(&(0..anchor.end)) {
            window.start = 0;
        } else {
            // What is pointed at, and as much before it as behind.
            let before = room.saturating_sub(self.columns(anchor)) / 2;
            while window.start > 0 && self.columns(&(window.start - 1..anchor.start)) <= before {
                window.start -= 1;
            }
        }
        while window.end < all.end && fits(&(window.start..window.end + 1)) {
            window.end += 1;
        }
        while window.start > 0 && window.end == all.end && fits(&(window.start - 1..window.end)) {
            window.start -= 1;
        }
        window
    }
}

/// The character, or a picture of it where a terminal would obey instead of showing it.
fn drawn(character: char) -> char {
    match character {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '␡',
        _ if is_plain(character) && character.width().is_some() => character,
        _ => '\u{fffd}',
    }
}
