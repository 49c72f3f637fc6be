//! Each report in each format, and the committed copies. `UPDATE=1 cargo test --test report` rewrites them.

use std::fs;
use std::path::Path;

use raygate::report::{Format, Report, Style};

use crate::{samples, styled, written};

#[test]
fn reports_are_written_as_committed() {
    let reports = [
        ("mixed", samples::mixed()),
        ("clean", samples::clean()),
        ("nothing", samples::nothing()),
        ("hostile", samples::hostile()),
    ];
    for (name, report) in &reports {
        for (format, extension) in [
            (Format::Text, "txt"),
            (Format::Json, "json"),
            (Format::Sarif, "sarif"),
            (Format::Junit, "xml"),
            (Format::Github, "github"),
        ] {
            hold(&format!("{name}.{extension}"), &without_version(&written(report, format)));
        }
    }
}

#[test]
fn colours_are_written_as_committed() {
    let coloured = |report: &Report| styled(report, Format::Text, Style { colour: true, width: Some(80) });
    hold("mixed.ansi", &coloured(&samples::mixed()));
}

#[test]
fn what_is_suppressed_is_dimmed_and_nothing_else() {
    let mut report = samples::mixed();
    let style = Style { colour: true, width: None };
    report.diagnostics.retain(|found| found.suppressed);
    report.failures.clear();
    let text = styled(&report, Format::Text, style);
    let note: Vec<_> = text.lines().take_while(|line| !line.is_empty()).collect();
    assert_eq!(note.len(), 3, "{text}");
    assert!(note.iter().all(|line| line.starts_with("\u{1b}[2m") && line.ends_with("\u{1b}[0m")), "{text}");
    report.diagnostics.iter_mut().for_each(|found| found.suppressed = false);
    assert!(!styled(&report, Format::Text, style).contains("\u{1b}[2m"));
}

/// A new version of Raygate changes no report but for its name in it.
fn without_version(text: &str) -> String {
    text.replace(&format!("ersion\": \"{}\"", env!("CARGO_PKG_VERSION")), "ersion\": \"0\"")
}

fn hold(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/report/golden").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, text).expect("golden files can be written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "{name} is not what is written: UPDATE=1 cargo test --test report rewrites it\n{text}"
    );
}
