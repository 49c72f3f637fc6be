//! Keys and values as they are written into a manifest: plain where nobody can read them otherwise, in quotes elsewhere.

use std::fmt::Write as _;

use raygate_core::yaml::Style;
use serde_json::{Map, Value};

/// The quotes of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quotes {
    /// `'` where the text allows it, instead of `"`.
    single: bool,
    /// Around every text and key, not only where some are needed.
    always: bool,
}

impl Quotes {
    /// `"` where quotes are needed.
    pub(super) const DOUBLE: Self = Self { single: false, always: false };
    /// `'` where quotes are needed.
    pub(super) const SINGLE: Self = Self { single: true, always: false };
    /// `"` everywhere.
    pub(super) const JSON: Self = Self { single: false, always: true };

    /// Those of the text that stands there, if it has some.
    pub(super) const fn or_those_of(self, style: Style) -> Self {
        match style {
            Style::SingleQuoted => Self { single: true, always: true },
            Style::DoubleQuoted => Self::JSON,
            _ => self,
        }
    }
}

/// Words that YAML 1.1 takes for something else than text.
const WORDS: [&str; 10] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan"];

/// A text, as a key or a value.
pub(super) fn text(text: &str, quotes: Quotes) -> String {
    if !quotes.always && is_plain(text) {
        text.to_owned()
    } else if quotes.single && text.chars().all(|character| matches!(character, ' '..='~')) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        quoted(text)
    }
}

/// Whether every reader of YAML takes this for text without quotes.
fn is_plain(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
    text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && text.bytes().all(inner)
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

/// In double quotes, with escapes that JSON and YAML share.
fn quoted(text: &str) -> String {
    let json = Value::from(text).to_string();
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                // Writing into a String cannot fail.
                let _ = write!(escaped, "\\u{:04x}", u32::from(character));
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// A value on one line.
pub(super) fn value_in_flow(value: &Value, quotes: Quotes) -> String {
    Layout { quotes, compact: false, lines: None }.value(value)
}

/// A key and its value on one line.
pub(super) fn entry_in_flow(key: &str, value: &Value, quotes: Quotes) -> String {
    Layout { quotes, compact: false, lines: None }.entry(key, value)
}

/// A key and its value as lines of a block mapping.
pub(super) fn lines_in_block(
    key: &str,
    value: &Value,
    indentation: usize,
    step: usize,
    quotes: Quotes,
) -> Vec<String> {
    let head = format!("{}{}:", " ".repeat(indentation), text(key, quotes));
    match value.as_object().filter(|entries| !entries.is_empty()) {
        Some(entries) => {
            let below = entries
                .iter()
                .flat_map(|(key, value)| lines_in_block(key, value, indentation + step, step, quotes));
            std::iter::once(head).chain(below).collect()
        }
        None => vec![format!("{head} {}", value_in_flow(value, quotes))],
    }
}

/// How values between brackets are laid out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout<'t> {
    pub(super) quotes: Quotes,
    /// Without blanks.
    pub(super) compact: bool,
    /// Each entry of a mapping on a line of its own.
    pub(super) lines: Option<Lines<'t>>,
}

/// How lines between brackets begin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines<'t> {
    pub(super) line_break: &'t str,
    /// The blanks before what the value stands on.
    pub(super) indentation: &'t str,
    /// What is added for each bracket.
    pub(super) unit: &'t str,
}

impl Layout<'_> {
    /// A key and its value.
    pub(super) fn entry(&self, key: &str, value: &Value) -> String {
        let colon = if self.compact { ":" } else { ": " };
        format!("{}{colon}{}", text(key, self.quotes), self.value(value))
    }

    /// A value.
    pub(super) fn value(&self, value: &Value) -> String {
        match value {
            Value::String(string) => text(string, self.quotes),
            Value::Array(items) => {
                let flat = Self { lines: None, ..*self };
                let items: Vec<_> = items.iter().map(|item| flat.value(item)).collect();
                format!("[{}]", items.join(self.comma()))
            }
            Value::Object(entries) => match self.lines {
                Some(lines) if !entries.is_empty() => self.mapping_in_lines(entries, lines),
                _ => {
                    let entries: Vec<_> = entries.iter().map(|(key, value)| self.entry(key, value)).collect();
                    format!("{{{}}}", entries.join(self.comma()))
                }
            },
            other => other.to_string(),
        }
    }

    fn mapping_in_lines(&self, entries: &Map<String, Value>, lines: Lines<'_>) -> String {
        let Lines { line_break, indentation, unit } = lines;
        let inner = format!("{indentation}{unit}");
        let lines = Some(Lines { line_break, indentation: &inner, unit });
        let deeper = Layout { quotes: self.quotes, compact: self.compact, lines };
        let entries: Vec<_> = entries
            .iter()
            .map(|(key, value)| format!("{line_break}{inner}{}", deeper.entry(key, value)))
            .collect();
        format!("{{{}{line_break}{indentation}}}", entries.join(","))
    }

    /// What separates two values on one line.
    pub(super) const fn comma(&self) -> &'static str {
        if self.compact { "," } else { ", " }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_is_certainly_text_goes_without_quotes() {
        for plain in ["train-1a2b3c4d", "dashboard-host", "a_b/c.d", "nowhere"] {
            assert_eq!(text(plain, Quotes::DOUBLE), plain);
        }
        for other in
            ["0.0.0.0", "yes", "Null", "", "-a", "a: b", "a#b", "1e3", "~", ".nan", "é", "2026-01-01"]
        {
            assert!(text(other, Quotes::DOUBLE).starts_with('"'), "{other}");
            assert_eq!(
                serde_json::from_str::<String>(&text(other, Quotes::DOUBLE)).ok().as_deref(),
                Some(other)
            );
        }
        assert_eq!(text("it's 1", Quotes::SINGLE), "'it''s 1'");
        assert_eq!(text("a\nb", Quotes::SINGLE), "\"a\\nb\"");
        assert_eq!(text("a\u{85}\u{feff}", Quotes::DOUBLE), "\"a\\u0085\\ufeff\"");
    }

    #[test]
    fn mappings_are_laid_out_as_asked() {
        let value = json!({"a": {"b": "0"}, "c": [1, "d"]});
        assert_eq!(value_in_flow(&value, Quotes::DOUBLE), "{a: {b: \"0\"}, c: [1, d]}");
        let compact = Layout { quotes: Quotes::JSON, compact: true, lines: None };
        assert_eq!(compact.value(&value), r#"{"a":{"b":"0"},"c":[1,"d"]}"#);
        let lines = Some(Lines { line_break: "\n", indentation: " ", unit: "\t" });
        let pretty = Layout { quotes: Quotes::JSON, compact: false, lines };
        assert_eq!(
            pretty.value(&value),
            "{\n \t\"a\": {\n \t\t\"b\": \"0\"\n \t},\n \t\"c\": [1, \"d\"]\n }"
        );
        assert_eq!(
            lines_in_block("k", &value, 1, 3, Quotes::SINGLE),
            [" k:", "    a:", "       b: '0'", "    c: [1, d]"]
        );
    }
}
