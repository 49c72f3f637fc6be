//! What is added to an input, as a unified diff that `patch` and `git apply -p0` take.

use std::io::{self, Write};

use similar::TextDiff;

use super::complete::Completed;

const BOLD: &str = "\u{1b}[1m";
const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const CYAN: &str = "\u{1b}[36m";
const PLAIN: &str = "\u{1b}[0m";

/// Writes the difference.
pub(super) fn write(completed: &Completed, colour: bool, out: &mut dyn Write) -> io::Result<()> {
    let diff = TextDiff::from_lines(&*completed.before, completed.after.as_str());
    let text = diff.unified_diff().header(&completed.name, &completed.name).to_string();
    if !colour {
        return out.write_all(text.as_bytes());
    }
    for line in text.split_inclusive('\n') {
        let begin = match line.as_bytes() {
            [b'-', b'-', b'-', ..] | [b'+', b'+', b'+', ..] => BOLD,
            [b'@', ..] => CYAN,
            [b'-', ..] => RED,
            [b'+', ..] => GREEN,
            _ => "",
        };
        let content = line.trim_end_matches(['\n', '\r']);
        let end = if begin.is_empty() { "" } else { PLAIN };
        write!(out, "{begin}{content}{end}{}", &line[content.len()..])?;
    }
    Ok(())
}
