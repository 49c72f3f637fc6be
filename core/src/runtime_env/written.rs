//! What stands in the text at the place of a value: rules ask it when YAML read something else than was meant.
//!
//! The answers name a form, never the characters themselves.

use crate::yaml::{Node, Position, Value};

/// The longest way into a line, in characters of several bytes, that is gone: a line may hold thousands of values.
const FAR: usize = 4_096;

/// A text by its lines, so that every place in it is found at once.
#[derive(Debug)]
pub struct Written<'t> {
    /// Each with whether all of it is ASCII; none when no place is certain.
    lines: Vec<(&'t str, bool)>,
}

impl<'t> Written<'t> {
    /// Cuts a text into its lines.
    pub fn of(text: &'t str) -> Self {
        // YAML 1.1 counts lines at more characters than these.
        let is_certain = text.is_ascii() || !text.contains(['\u{85}', '\u{2028}', '\u{2029}']);
        let lines = text.lines().filter(|_| is_certain).map(|line| (line, line.is_ascii()));
        Self { lines: lines.collect() }
    }

    /// The plain scalar that begins at a place, up to the first comma; `None` for quotes, aliases, tags and brackets.
    pub fn plain_scalar(&self, position: Position) -> Option<&'t str> {
        let (line, is_ascii) = *self.lines.get(position.line.checked_sub(1)? as usize)?;
        let column = position.column.checked_sub(1)? as usize;
        let offset = if is_ascii { column } else { offset_of(line, column)? };
        let rest = line.get(offset..)?;
        let is_plain =
            |first: char| first.is_alphanumeric() || matches!(first, '.' | '-' | '+' | '~' | '_' | '/');
        let scalar = rest.get(..end_of(rest)).filter(|_| rest.starts_with(is_plain))?.trim_end();
        Some(scalar.strip_suffix(':').unwrap_or(scalar))
    }

    /// What a value is that should be text, and by which of YAML 1.1's rules.
    pub fn form_of(&self, node: &Node<'_>) -> &'static str {
        let written = self.plain_scalar(node.position).unwrap_or_default();
        match node.value {
            Value::Bool(_)
                if written.eq_ignore_ascii_case("true") || written.eq_ignore_ascii_case("false") =>
            {
                "a boolean"
            }
            Value::Bool(_) => "a boolean (YAML reads yes, no, on, off, y and n as true and false)",
            Value::Int(_) | Value::UInt(_) | Value::Float(_) => form_of_number(written),
            Value::Null => "empty",
            Value::String(_) | Value::Sequence(_) | Value::Mapping(_) => node.value.kind(),
        }
    }
}

/// Where a line's character of that number begins; `None` if that is too far to look.
fn offset_of(line: &str, characters: usize) -> Option<usize> {
    line.char_indices().nth(Some(characters).filter(|far| *far <= FAR)?).map(|(offset, _)| offset)
}

/// Where a plain scalar ends that is no text, whether it stands in brackets or not: none of these has a comma.
fn end_of(rest: &str) -> usize {
    let ends = |pair: &[u8]| matches!(pair, [b':', b' '] | [b' ', b'#'] | [b',' | b']' | b'}', ..]);
    let bytes = rest.as_bytes();
    (0..bytes.len()).find(|&at| ends(&bytes[at..bytes.len().min(at + 2)])).unwrap_or(bytes.len())
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
    use super::Written;
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
            for text in
                [format!("A: {written} # of its own\n"), format!("{{\"A\": {written},\"B\":\"0xe.\"}}")]
            {
                let RuntimeEnvironment::Mapping(entries) = read(&text) else { panic!("{text}") };
                let found = Written::of(&text).form_of(&entries[0].value);
                assert!(found.contains(form), "{text}: {found}");
            }
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
            ("{\"a\":1,\"b\":e}", 6, Some("1")),
            ("a: on\u{85}", 4, None),
        ] {
            let found = Written::of(text).plain_scalar(Position { line: 1, column });
            assert_eq!(found, scalar, "{text}");
        }
    }
}
