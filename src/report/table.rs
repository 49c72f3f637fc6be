//! The report as a table, for many objects: one line for each finding, the commands that repair what stops KubeRay's
//! operator, what could not be judged, and one sentence about all of it.

use std::borrow::Cow;
use std::io::{self, Write};

use raygate_core::finding::Level;

use super::plain::plain;
use super::sentence::Sentence;
use super::{Diagnostic, Report};

const HEAD: [&str; 6] = ["NAMESPACE", "OBJECT", "LEVEL", "CODE", "FIELD", "WHAT IS WRONG"];

/// Writes it.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let found: Vec<_> = report.sorted().into_iter().filter(|found| !found.suppressed).collect();
    if !found.is_empty() {
        let rows: Vec<_> =
            std::iter::once(HEAD.map(Cow::Borrowed)).chain(found.iter().map(|found| row(found))).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: [usize; HEAD.len()] = std::array::from_fn(width);
        for row in &rows {
            let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
            writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        writeln!(out)?;
    }
    for found in found.iter().filter(|found| found.rule.is_guard()) {
        writeln!(out, "{}, {}: {}\n", found.object.title(), plain(&found.field), plain(&found.help))?;
    }
    for failure in &report.failures {
        writeln!(out, "error: {}: {}\n", plain(&failure.file), plain(&failure.message))?;
    }
    writeln!(out, "{}", Sentence(report))
}

fn row(found: &Diagnostic) -> [Cow<'_, str>; HEAD.len()] {
    let object = &found.object;
    let level = match found.level {
        Level::Deny => "deny",
        Level::Warn => "warn",
        Level::Off => "off",
    };
    [
        plain(object.namespace.as_deref().unwrap_or("-")),
        format!("{}/{}", object.kind.to_lowercase(), object.name.as_deref().unwrap_or("-")).into(),
        level.into(),
        found.rule.code.into(),
        plain(&found.field),
        plain(&found.message),
    ]
}
