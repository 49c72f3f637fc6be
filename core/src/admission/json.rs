//! The JSON of an answer, written as it goes: `response` says what stands where, and each text is escaped once.

use std::ops::Range;

/// A JSON text that is being written.
#[derive(Debug)]
pub(super) struct Json(String);

impl Json {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Adds what is JSON already, or a part of it.
    pub(super) fn raw(&mut self, json: &str) {
        self.0.push_str(json);
    }

    /// Adds a string; its escaped text stands at the place that is returned.
    pub(super) fn text(&mut self, text: &str) -> Range<usize> {
        self.0.push('"');
        let start = self.0.len();
        if is_plain(text) {
            self.0.push_str(text);
        } else {
            // A string can always be written.
            let escaped = serde_json::to_string(text).unwrap_or_default();
            self.0.push_str(escaped.get(1..escaped.len().saturating_sub(1)).unwrap_or_default());
        }
        let end = self.0.len();
        self.0.push('"');
        start..end
    }

    /// Adds a list of strings.
    pub(super) fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        self.0.push('[');
        for (index, text) in texts.into_iter().enumerate() {
            if index > 0 {
                self.0.push(',');
            }
            self.text(text);
        }
        self.0.push(']');
    }

    /// Adds escaped text at the end of the string that was written last.
    pub(super) fn prolong(&mut self, escaped: &str) {
        self.0.truncate(self.0.len().saturating_sub(1));
        self.0.push_str(escaped);
        self.0.push('"');
    }

    /// What stands at a place.
    pub(super) fn at(&self, place: Range<usize>) -> &str {
        self.0.get(place).unwrap_or_default()
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

/// Whether JSON writes the text as it is.
fn is_plain(text: &str) -> bool {
    let needs_escape = |byte: &u8| *byte < b' ' || *byte == b'"' || *byte == b'\\';
    // Without an early end the compiler looks at many bytes at once.
    let has_none = |some: &[u8]| !some.iter().map(needs_escape).fold(false, |found, here| found | here);
    text.as_bytes().chunks(64).all(has_none)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let texts = ["", "plain", "a \"quoted\" word", "back\\slash", "two\nlines", "ünïcode \u{7f}\u{1f}"];
        let mut json = Json::with_capacity(0);
        json.texts(texts);
        let read: Vec<String> = serde_json::from_slice(&json.into_bytes()).expect("JSON");
        assert_eq!(read, texts);
    }

    #[test]
    fn a_text_stands_escaped_where_it_was_put() {
        let mut json = Json::with_capacity(0);
        json.raw("[");
        let place = json.text("two\nlines");
        json.raw("]");
        assert_eq!(json.at(place), "two\\nlines");
        assert_eq!(json.into_bytes(), br#"["two\nlines"]"#);
    }

    #[test]
    fn a_string_goes_on_with_what_is_escaped_already() {
        let mut json = Json::with_capacity(0);
        json.text("one");
        json.prolong("\\ntwo");
        assert_eq!(json.into_bytes(), br#""one\ntwo""#);
    }
}
