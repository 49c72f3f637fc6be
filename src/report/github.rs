//! The report as workflow commands, which GitHub Actions shows as annotations at the lines of a pull request; then the
//! sentence about all of it, for the log.

use std::io::{self, Write};

use raygate_core::finding::Level;

use super::excerpt::last_line;
use super::plain::plain;
use super::sentence::Sentence;
use super::{Diagnostic, Failure, Report};

/// Writes it.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for found in report.sorted().into_iter().filter(|found| !found.suppressed) {
        write_found(found, out)?;
    }
    report.failures.iter().try_for_each(|failure| write_failed(failure, out))?;
    writeln!(out, "{}", Sentence(report))
}

fn write_found(found: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
    let command = match found.level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Off => "notice",
    };
    let (first, last) = (found.start.line, last_line(found));
    write!(out, "::{command} file={},line={first},endLine={last}", property(&found.object.file))?;
    // GitHub takes columns only of a finding on one line.
    if first == found.end.line {
        write!(out, ",col={},endColumn={}", found.start.column, found.end.column)?;
    }
    let title = property(&[found.rule.code, " ", found.rule.slug].concat());
    writeln!(out, ",title={title}::{}", data(&found.advice()))
}

fn write_failed(failure: &Failure, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "::error file={}", property(&failure.file))?;
    if let Some(at) = failure.position {
        write!(out, ",line={},col={}", at.line, at.column)?;
    }
    writeln!(out, ",title=not checked::{}", data(&failure.message))
}

/// A text behind `::`. It is on one line, so that no line break is left for GitHub to escape.
fn data(text: &str) -> String {
    plain(text).replace('%', "%25")
}

/// A text behind `=`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
