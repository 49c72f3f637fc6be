//! What is wrong with policies, for people and for machines: each mistake with its line.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level as Severity, Origin, Renderer, Snippet};
use raygate_core::yaml::Position;
use serde::Serialize;

use super::json::Error;
use super::plain::{plain, write_json};
use super::{Failure, Format, Style};

/// Something that is wrong with a policy, in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyMistake {
    /// The file as it is shown.
    pub file: Arc<str>,
    /// Where it begins.
    pub start: Position,
    /// How many characters of that line it takes.
    pub width: u32,
    /// The path of the field.
    pub field: String,
    /// What is wrong, and what to write instead.
    pub message: String,
}

impl PolicyMistake {
    /// The field and what is wrong with it, in one line.
    pub fn line(&self) -> String {
        format!("{}: {}", self.field, self.message)
    }
}

/// What came of reading policies.
#[derive(Debug, Default)]
pub struct PolicyReport {
    /// Files that were read.
    pub files: usize,
    /// Policies without a mistake.
    pub sound: usize,
    /// What is wrong with the others.
    pub mistakes: Vec<PolicyMistake>,
    /// What could not be read.
    pub failures: Vec<Failure>,
    /// The text of each file, by name.
    pub texts: HashMap<Arc<str>, Arc<str>>,
}

/// Writes it: as text, or in any other format as JSON.
///
/// # Errors
///
/// What `out` says.
pub fn write_policies(
    report: &PolicyReport,
    format: Format,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Text => write_text(report, style, out),
        _ => write_json(&Document::from(report), out),
    }
}

fn write_text(report: &PolicyReport, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    for mistake in &report.mistakes {
        writeln!(out, "{}\n", drawn(mistake, report, &renderer))?;
    }
    for Failure { file, position, message } in &report.failures {
        let origin = Origin::path(plain(file));
        let origin = match position {
            Some(at) => origin.line(at.line as usize).char_column(at.column as usize),
            None => origin,
        };
        let group = Group::with_title(Severity::ERROR.primary_title(plain(message))).element(origin);
        writeln!(out, "{}\n", renderer.render(&[group]))?;
    }
    writeln!(out, "{}", sentence(report))
}

fn drawn(mistake: &PolicyMistake, report: &PolicyReport, renderer: &Renderer) -> String {
    let Position { line, column } = mistake.start;
    let (file, field) = (plain(&mistake.file), plain(&mistake.field));
    let title = Severity::ERROR.primary_title(plain(&mistake.message));
    let group = Group::with_title(title);
    let text = report.texts.get(&mistake.file);
    let Some(source) = text.and_then(|text| text.lines().nth(line as usize - 1)) else {
        let origin = Origin::path(file).line(line as usize).char_column(column as usize);
        return renderer.render(&[group.element(origin).element(Severity::NOTE.message(field))]);
    };
    let byte = |column: u32| {
        let column = column.saturating_sub(1) as usize;
        source.char_indices().nth(column).map_or(source.len(), |(at, _)| at)
    };
    let span = byte(column)..byte(column + mistake.width).max(byte(column));
    let annotation = AnnotationKind::Primary.span(span).label(field);
    let source = source.replace(|character: char| character.is_control(), " ");
    let snippet = Snippet::source(source).path(file).line_start(line as usize).annotation(annotation);
    renderer.render(&[group.element(snippet)])
}

fn sentence(report: &PolicyReport) -> String {
    let count = |number: usize, one: &str, many: &str| match number {
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    };
    let files = count(report.files, "file", "files");
    let sound = count(report.sound, "policy", "policies");
    if report.mistakes.is_empty() && report.failures.is_empty() {
        return format!("{sound} in {files}: nothing is wrong.");
    }
    let mistakes = count(report.mistakes.len(), "mistake", "mistakes");
    let unread = match report.failures.len() {
        0 => String::new(),
        number => format!(", {} could not be read", count(number, "thing", "things")),
    };
    format!("{mistakes} in {files}{unread}; {sound} without any.")
}

#[derive(Serialize)]
struct Document<'r> {
    version: u8,
    files: usize,
    sound: usize,
    mistakes: Vec<Mistake<'r>>,
    errors: Vec<Error<'r>>,
}

#[derive(Serialize)]
struct Mistake<'r> {
    file: &'r str,
    line: u32,
    column: u32,
    field: &'r str,
    message: &'r str,
}

impl<'r> From<&'r PolicyReport> for Document<'r> {
    fn from(report: &'r PolicyReport) -> Self {
        let mistake = |mistake: &'r PolicyMistake| Mistake {
            file: &mistake.file,
            line: mistake.start.line,
            column: mistake.start.column,
            field: &mistake.field,
            message: &mistake.message,
        };
        Self {
            version: 1,
            files: report.files,
            sound: report.sound,
            mistakes: report.mistakes.iter().map(mistake).collect(),
            errors: report.failures.iter().map(Error::from).collect(),
        }
    }
}
