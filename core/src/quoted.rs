//! Values of a job inside messages: short, on one line, whatever they hold.

use std::fmt;

/// At most this many characters of a value are shown.
const SHOWN: usize = 64;

/// Shows a text in backticks, cut and with control characters escaped.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("`")?;
        for character in self.0.chars().take(SHOWN) {
            if is_printable(character) {
                fmt::Write::write_char(formatter, character)?;
            } else {
                write!(formatter, "{}", character.escape_default())?;
            }
        }
        formatter.write_str(if self.0.chars().nth(SHOWN).is_some() { "…`" } else { "`" })
    }
}

/// Shows the name of a variable; behind a `=` people write its value, which may be a secret.
pub(crate) struct QuotedName<'a>(pub(crate) &'a str);

impl fmt::Display for QuotedName<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_once('=') {
            Some((name, _)) => write!(formatter, "{} and a `=`", Quoted(name)),
            None => Quoted(self.0).fmt(formatter),
        }
    }
}

/// Whether a character can stand in a terminal's line: no control, no line or direction change.
pub(crate) fn is_printable(character: char) -> bool {
    !character.is_control()
        && !matches!(character, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{Quoted, QuotedName};

    #[test]
    fn a_value_stays_short_and_on_one_line() {
        assert_eq!(Quoted("a b").to_string(), "`a b`");
        assert_eq!(Quoted("a\n\u{1b}[31m\u{202e}").to_string(), "`a\\n\\u{1b}[31m\\u{202e}`");
        assert_eq!(Quoted(&"ä".repeat(65)).to_string(), format!("`{}…`", "ä".repeat(64)));
    }

    #[test]
    fn what_stands_behind_the_name_of_a_variable_is_not_shown() {
        assert_eq!(QuotedName("PASSWORD").to_string(), "`PASSWORD`");
        assert_eq!(QuotedName("PASSWORD=hunter2").to_string(), "`PASSWORD` and a `=`");
    }
}
