//! The report for people: each finding with its lines and what to write instead, then what could not be read, then one
//! sentence about all of it.

use std::io::{self, Write};

use annotate_snippets::renderer::{DEFAULT_LINE_NUM_STYLE, Style as Ansi};
use annotate_snippets::{AnnotationKind, Group, Level as Severity, Origin, Renderer, Snippet};
use raygate_core::finding::Level;

use super::excerpt::Excerpt;
use super::lines::Lines;
use super::plain::plain;
use super::sentence::Sentence;
use super::{Diagnostic, Failure, Report, Style};

/// The width of the lines that are drawn where no terminal says how wide it is.
const WIDTH: usize = 140;

/// Lines are never cut below this, whatever the terminal says.
const NARROWEST: usize = 20;

/// Writes it.
pub(super) fn write(report: &Report, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let pen = Pen::new(style);
    let mut lines: Option<Lines> = None;
    for found in report.sorted() {
        let text = &found.object.text;
        let lines = match &mut lines {
            Some(lines) if lines.are_of(text) => lines,
            other => other.insert(Lines::of(text)),
        };
        writeln!(
            out,
            "{}\n",
            if found.suppressed { pen.suppressed(found) } else { pen.found(found, lines) }
        )?;
    }
    for failure in &report.failures {
        writeln!(out, "{}\n", pen.failed(failure))?;
    }
    writeln!(out, "{}", Sentence(report))
}

/// What draws.
struct Pen {
    renderer: Renderer,
    arrow: Ansi,
    dim: Ansi,
    width: usize,
}

impl Pen {
    fn new(style: Style) -> Self {
        let (renderer, arrow, dim) = if style.colour {
            (Renderer::styled(), DEFAULT_LINE_NUM_STYLE, Ansi::new().dimmed())
        } else {
            (Renderer::plain(), Ansi::new(), Ansi::new())
        };
        // The excerpts come cut to the width: annotate-snippets would count the columns of what it is given.
        let renderer = renderer.term_width(usize::MAX / 2);
        Self { renderer, arrow, dim, width: style.width.unwrap_or(WIDTH) }
    }

    fn found(&self, found: &Diagnostic, lines: &Lines) -> String {
        let severity = match found.level {
            Level::Deny => Severity::ERROR,
            Level::Warn => Severity::WARNING,
            Level::Off => Severity::NOTE,
        };
        let gutter = found.end.line.to_string().len() + " | ".len();
        // A bracket stands before the lines, if they are several.
        let bracket = if found.end.line > found.start.line { "| ".len() } else { 0 };
        let room = self.width.saturating_sub(gutter + bracket).max(NARROWEST);
        let group = Group::with_title(severity.primary_title(title(found)));
        let Some(excerpt) = Excerpt::of(found, lines, room) else {
            return self.renderer.render(&[advise(group.element(origin(found)), found, false)]);
        };
        let field = plain(&found.field);
        let labelled = excerpt.width + 1 + field.chars().count() <= room;
        let span = AnnotationKind::Primary.span(excerpt.span).label(labelled.then_some(field));
        let lines = Snippet::source(excerpt.text).line_start(excerpt.first as usize).annotation(span);
        let drawn = self.renderer.render(&[advise(group.element(lines), found, labelled)]);
        self.with_place(&drawn, excerpt.last, found)
    }

    /// Puts the place below the title: annotate-snippets would count it in what is left of the lines.
    fn with_place(&self, drawn: &str, last_line: u32, found: &Diagnostic) -> String {
        let (title, lines) = drawn.split_once('\n').unwrap_or((drawn, ""));
        let (indent, arrow) = (last_line.to_string().len(), self.arrow);
        let (file, start) = (plain(&found.object.file), found.start);
        format!("{title}\n{:indent$}{arrow}-->{arrow:#} {file}:{}:{}\n{lines}", "", start.line, start.column)
    }

    fn suppressed(&self, found: &Diagnostic) -> String {
        let reason = Severity::NOTE.no_name().message("suppressed by raygate.dev/ignore");
        let note = Severity::NOTE.primary_title(title(found)).element(origin(found)).element(reason);
        let (text, dim) = (Renderer::plain().render(&[note]), self.dim);
        text.lines().map(|line| format!("{dim}{line}{dim:#}")).collect::<Vec<_>>().join("\n")
    }

    fn failed(&self, failure: &Failure) -> String {
        let origin = Origin::path(plain(&failure.file));
        let origin = match failure.position {
            Some(at) => origin.line(at.line as usize).char_column(at.column as usize),
            None => origin,
        };
        self.renderer.render(&[
            Group::with_title(Severity::ERROR.primary_title(plain(&failure.message))).element(origin)
        ])
    }
}

/// Adds what to write instead, and the field where the carets do not name it.
fn advise<'f>(mut group: Group<'f>, found: &'f Diagnostic, labelled: bool) -> Group<'f> {
    if !labelled && !found.field.is_empty() {
        group = group.element(Severity::NOTE.with_name("field").message(plain(&found.field)));
    }
    if !found.help.is_empty() {
        group = group.element(Severity::HELP.message(plain(&found.help)));
    }
    group
}

fn title(found: &Diagnostic) -> String {
    format!("{} {}: {}", found.rule.code, found.rule.slug, plain(&found.message))
}

fn origin(found: &Diagnostic) -> Origin<'_> {
    let (line, column) = (found.start.line as usize, found.start.column as usize);
    Origin::path(plain(&found.object.file)).line(line).char_column(column)
}
