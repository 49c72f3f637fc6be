//! The lines of a finding as `text` draws them: secrets masked, each character with a width that terminals agree on,
//! long lines cut around what is pointed at. The span moves with all of it, so that the carets stand right.

use std::ops::Range;

use raygate_core::yaml::Position;
use unicode_width::UnicodeWidthChar;

use super::Diagnostic;
use super::lines::Lines;
use super::plain::is_plain;

/// How many characters before and behind what is pointed at are looked at.
const NEAR: u32 = 4_000;

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
    pub(super) fn of(found: &Diagnostic, lines: &Lines, width: usize) -> Option<Self> {
        let (first, last) = (found.start.line, last_line(found));
        let mut excerpt = Self { text: String::new(), first, last: 0, span: 0..0, width: 0 };
        for number in first..=last {
            let near = near(number, found);
            let Some(text) = lines.get_from(number, near.start) else { break };
            let line = Line::of(text, number, &near, found);
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

/// The columns of a line that are looked at: JSON may be one line of some MiB.
fn near(number: u32, found: &Diagnostic) -> Range<u32> {
    let from = if number == found.start.line { found.start.column } else { 1 };
    let to = if number == found.end.line { found.end.column.max(from) } else { from };
    from.saturating_sub(NEAR).max(1)..to.saturating_add(NEAR)
}

/// The last line with something of the finding on it: an end before a line's first character is the end of the line before.
pub(super) fn last_line(found: &Diagnostic) -> u32 {
    let Position { line, column } = found.end;
    if column <= 1 && line > found.start.line { line - 1 } else { line.max(found.start.line) }
}

/// One drawn character.
struct Cell {
    shown: char,
    /// The columns of the source that it stands for.
    stands_for: Range<u32>,
}

/// A line as it is drawn; of what is far from what is pointed at, an ellipsis.
struct Line {
    cells: Vec<Cell>,
    /// The columns of a terminal before each cell, and those of all.
    columns: Vec<usize>,
}

impl Line {
    /// The text is that of the line from the first column on that is near.
    fn of(text: &str, number: u32, near: &Range<u32>, found: &Diagnostic) -> Self {
        // In order: each begins behind the one before it.
        let masks = &found.masked[found.masked.partition_point(|(_, to)| to.line < number)..];
        let mut masks = masks.iter().take_while(|(from, _)| from.line <= number).peekable();
        let mut cells: Vec<Cell> = Vec::new();
        let mut was_masked = near.start > 1;
        if was_masked {
            cells.push(Cell { shown: ELLIPSIS, stands_for: 1..near.start });
        }
        let characters = (near.start..).zip(text.chars());
        for (column, character) in characters {
            if column >= near.end {
                cells.push(Cell { shown: ELLIPSIS, stands_for: column..u32::MAX });
                break;
            }
            let here = Position { line: number, column };
            let stands_for = column..column + 1;
            while masks.next_if(|(_, to)| *to <= here).is_some() {}
            let masked = masks.peek().is_some_and(|(from, _)| *from <= here);
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
