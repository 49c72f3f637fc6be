//! Texts of others on their way into a format: on one line, without what steers a terminal or breaks a parser.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

/// Whether a character is only itself: no control, no line or direction change, nothing that XML forbids.
pub(super) fn is_plain(character: char) -> bool {
    !character.is_control()
        && !matches!(
            character,
            '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

/// The text on one line: characters that are not plain are written as Rust would escape them.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_plain(character) {
            plain.push(character);
        } else {
            plain.extend(character.escape_default());
        }
    }
    Cow::Owned(plain)
}

/// Writes JSON that a terminal can show: what is not plain is escaped, so that the values stay the same.
///
/// It is indented because people read it in build logs and in diffs, and no program minds.
pub(super) fn write_json(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(document)?;
    let mut rest = text.as_str();
    // Between its texts JSON has but ASCII and these line breaks; within them line breaks are escaped already.
    let steers = |character: char| character != '\n' && !is_plain(character);
    while let Some((at, character)) = rest.char_indices().find(|(_, character)| steers(*character)) {
        out.write_all(&rest.as_bytes()[..at])?;
        for unit in character.encode_utf16(&mut [0; 2]) {
            write!(out, "\\u{unit:04x}")?;
        }
        rest = &rest[at + character.len_utf8()..];
    }
    writeln!(out, "{rest}")
}
