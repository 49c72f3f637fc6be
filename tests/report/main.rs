//! Reports in, files out: compared with the committed ones, read back by the formats' own parsers, held against their
//! schemas, and given what a hostile manifest could hold.

#![expect(clippy::panic, reason = "a test fails with what it found")]

#[path = "../../core/tests/go_command/mod.rs"]
mod go_command;

mod excerpts;
mod golden;
mod hostile;
mod machines;
mod rules;
mod samples;
mod schemas;
mod sentences;

use raygate::report::{Format, Report, Style, write};

/// The report in that format, without colours.
fn written(report: &Report, format: Format) -> String {
    styled(report, format, Style::default())
}

fn styled(report: &Report, format: Format, style: Style) -> String {
    let mut out = Vec::new();
    write(report, format, style, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("UTF-8")
}
