//! Text as JSON holds it, escaped once: a denial writes each of its lines twice, as a cause and in the message.

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// A JSON string that is being written, quotes included.
#[derive(Debug)]
pub(super) struct JsonText(String);

impl JsonText {
    /// The text as a JSON string.
    pub(super) fn of(text: &str) -> Self {
        if is_plain(text) {
            return Self(["\"", text, "\""].concat());
        }
        // A string can always be written.
        Self(serde_json::to_string(text).unwrap_or_else(|_| "\"\"".to_owned()))
    }

    /// How many bytes the text has, escaped.
    pub(super) fn len(&self) -> usize {
        self.inside().len()
    }

    /// Adds another text at the end.
    pub(super) fn push(&mut self, text: &Self) {
        self.0.truncate(self.0.len() - 1);
        self.0.push_str(text.inside());
        self.0.push('"');
    }

    fn inside(&self) -> &str {
        self.0.get(1..self.0.len() - 1).unwrap_or_default()
    }
}

impl Serialize for JsonText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::from_str::<&RawValue>(&self.0).map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

/// Whether JSON writes the text as it is.
fn is_plain(text: &str) -> bool {
    let needs_escape = |byte: &u8| *byte < b' ' || *byte == b'"' || *byte == b'\\';
    // Without an early end the compiler looks at many bytes at once.
    !text
        .as_bytes()
        .chunks(64)
        .any(|some| some.iter().map(needs_escape).fold(false, |found, here| found | here))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let mut all = JsonText::of("");
        for text in ["", "plain", "a \"quoted\" word", "back\\slash", "two\nlines", "ünïcode \u{7f}\u{1f}"]
        {
            let json = serde_json::to_string(&JsonText::of(text)).expect("JSON");
            assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
            all.push(&JsonText::of(text));
        }
        let json = serde_json::to_string(&all).expect("JSON");
        let read: String = serde_json::from_str(&json).expect("JSON");
        assert_eq!(read, "plaina \"quoted\" wordback\\slashtwo\nlinesünïcode \u{7f}\u{1f}");
        assert_eq!(all.len(), json.len() - 2);
    }
}
