//! What can be said of a text before it is parsed: its size, its characters, its directives.
//!
//! The long way begins here; `document` gets the text without its byte-order mark.

use super::differences::{Inspected, advance, starts_blank};
use super::{Doubt, MAX_TEXT, Position, Problem, Stop};

/// go-yaml reads this many bytes before it looks at the first character.
const FIRST_READ: usize = 512;

/// Line breaks and byte-order marks that only one of the parsers knows for such.
pub(super) const INVISIBLE: &[char] = &['\u{85}', '\u{2028}', '\u{2029}', '\u{feff}'];

/// Looks at a text before it is parsed.
pub(super) fn inspect(text: &str) -> Result<Inspected<'_>, Stop> {
    if text.len() > MAX_TEXT {
        return Err(Doubt::TooLarge.into());
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        characters(text)?;
    }
    directives(text)?;
    Ok(Inspected { text, tabs: text.contains('\t') })
}

/// Refuses control characters; doubts line breaks and byte-order marks that only one of the parsers knows.
fn characters(text: &str) -> Result<(), Stop> {
    let mut doubtful = false;
    for (offset, character) in text.char_indices() {
        match character {
            '\t' | '\n' | '\r' => {}
            _ if INVISIBLE.contains(&character) => doubtful = true,
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {
                // Further on, Go may be done with the first document before it meets the character.
                return Err(if offset < FIRST_READ - 4 || !text[..offset].contains(['\n', '\r', ']', '}']) {
                    Problem::ControlCharacter.at(advance(Position::START, &text[..offset]))
                } else {
                    Doubt::Dialect.into()
                });
            }
            _ => {}
        }
    }
    if doubtful { Err(Doubt::Invisible.into()) } else { Ok(()) }
}

/// Judges what stands before the first document: libyaml knows `%YAML 1.1` and `%TAG`, and no `...`.
fn directives(text: &str) -> Result<(), Stop> {
    let mut offset = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let content = line.trim_end_matches(['\n', '\r']);
        let position = || advance(Position::START, &text[..offset]);
        if content.starts_with("...") && starts_blank(&content[3..]) {
            return Err(Problem::MissingValue.at(position()));
        }
        match content.strip_prefix('%') {
            Some(directive) => judge_directive(directive)
                .map_err(|doubt| doubt.unwrap_or_else(|| Problem::Directive.at(position())))?,
            None if content.trim_start_matches(' ').is_empty()
                || content.trim_start_matches(' ').starts_with('#') => {}
            None => return Ok(()),
        }
        offset += line.len();
    }
    Ok(())
}

/// `Err(None)` when Go refuses the directive.
fn judge_directive(directive: &str) -> Result<(), Option<Stop>> {
    let mut words = directive.split([' ', '\t']).filter(|word| !word.is_empty());
    match (words.next(), words.next()) {
        (Some("YAML"), Some("1.1")) if words.next().is_none_or(|word| word.starts_with('#')) => Ok(()),
        (Some("YAML"), Some("1.0" | "1.2" | "1.3" | "2.0")) => Err(None),
        (Some("YAML" | "TAG"), _) => Err(Some(Doubt::Dialect.into())),
        _ => Err(None),
    }
}
