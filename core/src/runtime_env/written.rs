//! What stands in the text at the place of a value: rules ask it when YAML read something else than was meant.
//!
//! The answers name a form, never the characters themselves.

use crate::yaml::{Node, Position, Value};

/// The plain scalar that begins at a place; `None` for quotes, aliases, tags and brackets.
pub fn plain_scalar(text: &str, position: Position) -> Option<&str> {
    // YAML 1.1 counts lines at more characters than these: then no place is certain.
    if text.contains(['\u{85}', '\u{2028}', '\u{2029}']) {
        return None;
    }
    let line = text.lines().nth(position.line.checked_sub(1)? as usize)?;
    let (begin, first) = line.char_indices().nth(position.column.checked_sub(1)? as usize)?;
    let is_plain = first.is_alphanumeric() || matches!(first, '.' | '-' | '+' | '~' | '_' | '/');
    let rest = line.get(begin..).filter(|_| is_plain)?;
    let ends = [": ", " #", ", ", "]", "}"].into_iter().filter_map(|end| rest.find(end));
    let end = ends.min().unwrap_or(rest.len());
    let scalar = rest.get(..end)?.trim_end();
    Some(scalar.strip_suffix([':', ',']).unwrap_or(scalar))
}

/// What a value is that should be text, and by which of YAML 1.1's rules.
pub fn form_of(text: &str, node: &Node<'_>) -> &'static str {
    let written = plain_scalar(text, node.position).unwrap_or_default();
    match node.value {
        Value::Bool(_) if written.eq_ignore_ascii_case("true") || written.eq_ignore_ascii_case("false") => {
            "a boolean"
        }
        Value::Bool(_) => "a boolean (YAML reads yes, no, on, off, y and n as true and false)",
        Value::Int(_) | Value::UInt(_) | Value::Float(_) => form_of_number(written),
        Value::Null => "empty",
        Value::String(_) | Value::Sequence(_) | Value::Mapping(_) => node.value.kind(),
    }
}

fn form_of_number(written: &str) -> &'static str {
    let digits = written.trim_start_matches(['+', '-']);
    let second = digits.as_bytes().get(1);
    let begins_with_zero = digits.starts_with('0');
    match second {
        Some(b'x' | b'X') if begins_with_zero => "a number (YAML reads 0x as hexadecimal)",
        Some(b'b' | b'B') if begins_with_zero => "a number (YAML reads 0b as binary)",
        Some(b'0'..=b'9' | b'o' | b'_') if begins_with_zero => {
            "a number (YAML reads a leading 0 as octal, so that another value arrives)"
        }
        _ if digits.contains('_') => "a number (YAML leaves out the underscores)",
        _ if digits.contains(['e', 'E']) => "a number (YAML reads e as a power of ten)",
        _ if digits.contains('.') => "a number with a decimal point, which may lose its last zeros",
        _ => "a number",
    }
}

#[cfg(test)]
mod tests {
    use super::{form_of, plain_scalar};
    use crate::runtime_env::{RuntimeEnvironment, read};
    use crate::yaml::Position;

    #[test]
    fn a_form_says_by_which_rule_a_text_became_another_value() {
        for (written, form) in [
            ("yes", "(YAML reads yes"),
            ("Off", "(YAML reads yes"),
            ("TRUE", "a boolean"),
            ("0123", "octal"),
            ("089", "octal"),
            ("0x1F", "hexadecimal"),
            ("0b1", "binary"),
            ("1_000", "underscores"),
            ("1e3", "power of ten"),
            ("1.10", "decimal point"),
            ("8080", "a number"),
            ("", "empty"),
            ("~", "empty"),
            ("[a]", "a list"),
            ("{a: b}", "a mapping"),
        ] {
            let text = format!("A: {written} # of its own\n");
            let RuntimeEnvironment::Mapping(entries) = read(&text) else { panic!("{text}") };
            let found = form_of(&text, &entries[0].value);
            assert!(found.contains(form), "{written}: {found}");
        }
    }

    #[test]
    fn only_a_plain_scalar_is_given_back() {
        for (text, column, scalar) in [
            ("a: yes", 4, Some("yes")),
            ("a: yes # b", 4, Some("yes")),
            ("{a: yes, b: c}", 5, Some("yes")),
            ("{a: yes}", 5, Some("yes")),
            ("on: a", 1, Some("on")),
            ("on:", 1, Some("on")),
            ("a: 'yes'", 4, None),
            ("a: !!str yes", 4, None),
            ("a: *b", 4, None),
            ("ä: on", 4, Some("on")),
            ("a: on", 9, None),
            ("a: on\u{85}", 4, None),
        ] {
            assert_eq!(plain_scalar(text, Position { line: 1, column }), scalar, "{text}");
        }
    }
}
