//! Any text: `raygate check` ends with a report, whose formats are what they should be.

#![no_main]

use libfuzzer_sys::fuzz_target;
use raygate::commands::check::report_on;
use raygate::report::{Format, Style, write};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let report = report_on(text);
    // A `\r` ends a line too, as YAML has it.
    let lines = u32::try_from(text.split(['\n', '\r']).count()).unwrap_or(u32::MAX);
    for found in &report.diagnostics {
        assert!(found.start < found.end && found.start.line <= lines, "{:?}", found.start);
    }
    for format in [Format::Text, Format::Json, Format::Sarif, Format::Junit, Format::Github] {
        let mut out = Vec::new();
        write(&report, format, Style::default(), &mut out).expect("a vector takes all");
        let out = String::from_utf8(out).expect("UTF-8");
        if matches!(format, Format::Json | Format::Sarif) {
            serde_json::from_str::<serde_json::Value>(&out).expect("JSON");
        }
    }
});
