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
    pub(super) first: u32,
    /// The number of the last one.
    pub(super) last: u32,
    /// The bytes that are pointed at.
    pub(super) span: Range<usize>,
    /// The columns of the terminal that the last line takes up to the span's end.
    pub(super) width: usize,
}

impl Excerpt {
    /// The lines of the finding, none wider than `width`; `None` when its text has no such line.
    pub(super) fn of(found: &Diagnostic, width: usize) -> Option<Self> {
        let (first, last) = (found.start.line, last_line(found));
        let mut excerpt = Self { text: String::new(), first, last: 0, span: 0..0, width: 0 };
        let text = &*found.object.text;
        // A byte order mark is no column.
        let lines = Lines(text.strip_prefix('\u{feff}').or(Some(text)));
        for (number, text) in (1..).zip(lines).take(last as usize) {
            if number < first {
                continue;
            }
            let line = Line::of(text, number, found);
            let from = if number == first { line.before(found.start.column) } else { 0 };
            let to = if number == found.end.line { line.up_to(found.end.column) } else { line.cells.len() };
            let pointed = from..to.max(from);
            // A line without the beginning of what is meant is shown from its own.
            let anchor = if number == first { pointed.clone() } else { 0..0 };
            excerpt.push(&line, &pointed, line.window(&anchor, width), number == first);
            excerpt.last = number;
        }
        (excerpt.last > 0).then_some(excerpt)
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
            begin + ellipsis + line.cells[kept].iter().map(|cell| cell.shown.len_utf8()).sum::<usize>()
        };
        if is_first {
            self.span.start = bytes_before(pointed.start);
        }
        self.span.end = bytes_before(pointed.end);
        self.width = line.columns(&(window.start..pointed.end.clamp(window.start, window.end)))
            + usize::from(window.start > 0);
        self.text.extend(line.cells[window.clone()].iter().map(|cell| cell.shown));
        if window.end < line.cells.len() {
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
    /// The columns of the source that it stands for.
    stands_for: Range<u32>,
}

/// A line as it is drawn, whatever its length.
struct Line {
    cells: Vec<Cell>,
    /// The columns of a terminal before each cell, and those of all.
    columns: Vec<usize>,
}

impl Line {
    fn of(text: &str, number: u32, found: &Diagnostic) -> Self {
        let on_line = |(from, to): &&(Position, Position)| (from.line..=to.line).contains(&number);
        let masks: Vec<_> = found.masked.iter().filter(on_line).collect();
        let mut cells: Vec<Cell> = Vec::with_capacity(text.len());
        let mut was_masked = false;
        for (column, character) in (1..).zip(text.chars()) {
            let here = Position { line: number, column };
            let stands_for = column..column + 1;
            let masked = masks.iter().any(|(from, to)| (*from..*to).contains(&here));
            match cells.last_mut() {
                Some(ellipsis) if masked && was_masked => ellipsis.stands_for.end = column + 1,
                _ if masked => cells.push(Cell { shown: ELLIPSIS, stands_for }),
                _ if character == '\t' => {
                    cells.extend([' '; 4].map(|shown| Cell { shown, stands_for: stands_for.clone() }));
                }
                // These change how wide their neighbours are in some terminals and not in others.
                _ if matches!(character, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}') => {}
                _ => cells.push(Cell { shown: drawn(character), stands_for }),
            }
            was_masked = masked;
        }
        let mut columns = vec![0];
        columns.extend(cells.iter().scan(0, |sum, cell| {
            *sum += cell.shown.width().unwrap_or(1);
            Some(*sum)
        }));
        Self { cells, columns }
    }

    /// How many cells stand wholly before that column of the source.
    fn before(&self, column: u32) -> usize {
        self.cells.partition_point(|cell| cell.stands_for.end <= column)
    }

    /// How many cells begin before that column of the source.
    fn up_to(&self, column: u32) -> usize {
        self.cells.partition_point(|cell| cell.stands_for.start < column)
    }

    fn columns(&self, cells: &Range<usize>) -> usize {
        self.columns[cells.end] - self.columns[cells.start]
    }

    /// The cells to be shown, so that they and the ellipses around fit, with what is pointed at among them.
    fn window(&self, anchor: &Range<usize>, width: usize) -> Range<usize> {
        let all = 0..self.cells.len();
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
