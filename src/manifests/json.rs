//! Where a JSON value ends, for Go's `json.Decoder`: values may stand one after another with nothing between them.

use serde::de::IgnoredAny;

/// The length of the value that a text begins with, in bytes; `None` when it is no JSON.
pub(super) fn length_of_value(text: &str) -> Option<usize> {
    match text.as_bytes().first()? {
        b'{' | b'[' | b'"' => {
            let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
            values.next()?.ok()?;
            Some(values.byte_offset())
        }
        b'-' | b'0'..=b'9' => length_of_number(text.as_bytes()),
        // serde_json wants a space behind these and behind numbers; Go does not.
        _ => ["true", "false", "null"].iter().find(|word| text.starts_with(**word)).map(|word| word.len()),
    }
}

fn length_of_number(text: &[u8]) -> Option<usize> {
    let digits = |from: usize| text[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let at_least_one = |from: usize| Some(digits(from)).filter(|count| *count > 0);
    let mut length = usize::from(text[0] == b'-');
    length += if text.get(length)? == &b'0' { 1 } else { at_least_one(length)? };
    if text.get(length) == Some(&b'.') {
        length += 1 + at_least_one(length + 1)?;
    }
    if let Some(b'e' | b'E') = text.get(length) {
        length += 1 + usize::from(matches!(text.get(length + 1), Some(b'+' | b'-')));
        length += at_least_one(length)?;
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::length_of_value;

    #[test]
    fn a_value_ends_where_go_ends_it() {
        for (text, length) in [
            ("{}{}", 2),
            ("[1, {\"a\": \"}\"}] 2", 15),
            ("\"\\ud800\"1", 8),
            ("truefalse", 4),
            ("nullx", 4),
            ("01", 1),
            ("-0.5e+3-1", 7),
            ("1-2", 1),
            ("12", 2),
        ] {
            assert_eq!(length_of_value(text), Some(length), "{text}");
        }
    }

    #[test]
    fn what_is_no_json_has_no_length() {
        for text in [
            "",
            "{",
            "{a: 1}",
            "{\"a\": 1,}",
            "[01]",
            "\"a\nb\"",
            "\"\\q\"",
            "-",
            "1.",
            "1e",
            "1e+",
            "tru",
            "#",
        ] {
            assert_eq!(length_of_value(text), None, "{text}");
        }
    }
}
