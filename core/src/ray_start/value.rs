//! How `ray start` reads the values of its options: as Python reads numbers, and click (8.1 to 8.3) words.
//!
//! Every function refuses only what Python certainly refuses.

/// A text that Python takes for no number, or click for no boolean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Python reads no such value in this text")]
pub struct Unreadable;

/// The whole number in a text; `None` when it is one that only Python can read, or one beyond an `i64`.
///
/// # Errors
///
/// When Python's `int()` refuses the text.
pub fn integer_of(text: &str) -> Result<Option<i64>, Unreadable> {
    if is_python_only(text) {
        return Ok(None);
    }
    let text = text.trim_matches(is_blank);
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let groups = || digits.split('_');
    if !groups().all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(Unreadable);
    }
    Ok(text.replace('_', "").parse().ok())
}

/// Whether Python's `float()` may take the text.
pub fn is_float(text: &str) -> bool {
    // Rust takes what Python takes, but for digits of other scripts and underscores between digits.
    is_python_only(text) || text.trim_matches(is_blank).replace('_', "").parse::<f64>().is_ok()
}

/// The boolean in a text; `None` for the empty text, which some versions of click take for false.
///
/// # Errors
///
/// When click refuses the text.
pub fn bool_of(text: &str) -> Result<Option<bool>, Unreadable> {
    if text.is_empty() || is_python_only(text) {
        return Ok(None);
    }
    match text.trim_matches(is_blank).to_ascii_lowercase().as_str() {
        "1" | "true" | "t" | "yes" | "y" | "on" => Ok(Some(true)),
        "0" | "false" | "f" | "no" | "n" | "off" => Ok(Some(false)),
        "" => Ok(None),
        _ => Err(Unreadable),
    }
}

/// Whether the text has characters of which Python knows more than is written here.
fn is_python_only(text: &str) -> bool {
    !text.is_ascii()
}

/// What Python's `str.strip` removes of ASCII.
fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t'..='\r' | '\x1c'..='\x1f')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Python 3.11 answered.
    #[test]
    fn numbers_are_read_as_python_reads_them() {
        for (text, number) in
            [("4", 4), ("+2", 2), ("-1", -1), ("010", 10), ("1_0", 10), (" 2 ", 2), ("2\x1f", 2)]
        {
            assert_eq!(integer_of(text), Ok(Some(number)), "{text:?}");
        }
        for text in [
            "", "0.5", "500m", "4Gi", "1e3", "four", "_1", "1_", "1__0", "+ 2", "--2", "0x10", "2 3", "1,000",
        ] {
            assert_eq!(integer_of(text), Err(Unreadable), "{text:?}");
        }
        for text in ["２", "99999999999999999999"] {
            assert_eq!(integer_of(text), Ok(None), "{text:?}");
        }
        for text in ["1", "1.5", ".5", "1.", "1e3", "inf", "NaN", "-Infinity", " 2 ", "1_0.5"] {
            assert!(is_float(text), "{text:?}");
        }
        for text in ["", "1,5", "500m", "one", "0x1p3"] {
            assert!(!is_float(text), "{text:?}");
        }
    }

    #[test]
    fn booleans_are_read_as_click_reads_them() {
        for (text, value) in [("yes", Some(true)), ("OFF", Some(false)), (" 1 ", Some(true)), ("", None)] {
            assert_eq!(bool_of(text), Ok(value), "{text:?}");
        }
        for text in ["maybe", "2", "tru", "'true'"] {
            assert_eq!(bool_of(text), Err(Unreadable), "{text:?}");
        }
    }
}
