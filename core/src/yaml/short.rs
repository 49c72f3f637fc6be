//! The short ways through a text, and what they share: which texts they take, plain scalars, distinct keys.
//!
//! `read_first` tries this first. `flow` and `block` read only what is plainly of their shape and never refuse: anything
//! else, correct or not, is left to `document`. The tests here hold every value and position against the long way.

use std::borrow::Cow;

use super::scalar;
use super::{Entry, MAX_DEPTH, MAX_NODES, MAX_TEXT, Node, Value, block, flow};

/// How deep lists and mappings may nest in each of the two styles.
pub(super) const DEPTH: usize = 32;
/// The longest key with its colon, in bytes; libyaml's own limit is 1,024 characters.
pub(super) const KEY: usize = 512;

const _: () = assert!(2 * DEPTH < MAX_DEPTH, "brackets may stand in the innermost block");

/// Reads a text of a usual shape; `None` leaves it to the long way.
pub(super) fn read(text: &str) -> Option<Node<'_>> {
    if !text.bytes().fold(true, |usual, byte| usual & is_usual(byte)) || may_be_large(text) {
        return None;
    }
    match text.trim_start_matches([' ', '\n']).as_bytes().first()? {
        b'{' | b'[' => flow::read(text),
        _ => block::read(text),
    }
}

/// Whether the text is too long, or may hold too many values; the long way counts them. A
/// value takes a byte at least, and stands behind a sign of its own unless it is the first, or a mapping's first key.
fn may_be_large(text: &str) -> bool {
    let values = |byte: u8| match byte {
        b',' | b'-' | b'[' | b'{' => 1,
        b':' => 2,
        _ => 0,
    };
    text.len() > MAX_NODES
        && (text.len() > MAX_TEXT || text.bytes().fold(1, |sum, byte| sum + values(byte)) > MAX_NODES / 2)
}

/// No carriage return or control character, and no first byte of the line breaks and marks beyond ASCII.
const fn is_usual(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\t' | b' '..=b'~') || (byte >= 0x80 && !matches!(byte, 0xc2 | 0xe2 | 0xef))
}

/// The value of a plain scalar that begins in a way which both parsers know for one.
pub(super) fn plain(text: &str) -> Option<Value<'_>> {
    let begins = match text.as_bytes() {
        [b'-', next, ..] => *next != b' ',
        [first, ..] => first.is_ascii_alphanumeric() || *first >= 0x80 || b"/._~=<+$(\\^;".contains(first),
        [] => false,
    };
    if !begins || text.starts_with("---") || text.starts_with("...") {
        return None;
    }
    Value::from_scalar(scalar::resolve(text), || Cow::Borrowed(text))
}

/// The entries of a mapping if no two keys are equal, or look so.
pub(super) fn distinct(entries: Vec<Entry<'_>>) -> Option<Value<'_>> {
    /// Up to here it is cheaper to compare every key with every other one.
    const FEW: usize = 8;
    let distinct = if entries.len() <= FEW {
        let earlier = |at: usize, key: &str| entries[..at].iter().any(|entry| entry.key == key);
        !entries.iter().enumerate().any(|(at, entry)| earlier(at, &entry.key))
    } else {
        let mut sums: Vec<u64> = entries.iter().map(|entry| checksum(entry.key.as_bytes())).collect();
        sums.sort_unstable();
        sums.array_windows().all(|[one, next]| one != next)
    };
    distinct.then_some(Value::Mapping(entries))
}

/// Different sums tell that texts differ; equal ones tell nothing, so whoever forges them only gets the long way.
fn checksum(text: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let (words, rest) = text.as_chunks::<8>();
    let mix = |sum: u64, word: u64| (sum.rotate_left(23) ^ word).wrapping_mul(FACTOR);
    let sum = words.iter().fold(text.len() as u64, |sum, word| mix(sum, u64::from_le_bytes(*word)));
    rest.iter().fold(sum, |sum, byte| mix(sum, u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::super::{Outcome, read_the_long_way};
    use super::*;

    const BLOCK: &[&str] = &[
        "# note\npip:\n  - a==1\n  - \"b c\"  # note\nenv_vars:\n  A: \"b\"\n  C: 'd'\n  E: f g # h\n  I: -1\nx: ~\n",
        "- a: 1\n  b: yes\n- - x\n  - y\n- c:\n  - z\n  - w: v\n    u: 1e3\n- last\n",
        "a:\n- b\n- c\n\nd:\n    e: 0755\n    f:\n        g: é # x\n    'h i': ü:j\n",
        "a: [b, \"c\", 'é', {d: e}] # f\ng:\n  - [h, [1, -1]]\n  - {i: [], 'j': {}}\n  - k\n\"l\": {\"m\":1,\"n\":\"\\n\"}\n",
    ];

    const FLOW: &[&str] = &[
        r#"{"pip": ["a==1", "b c"], "env_vars": {"A": "b", "É": "ü", "C": "\"\\\n\t\u00e9\b"}, "x": null}"#,
        r#"{"a":[1,-0,0.5,1e3,true,{"b":"c"},[]],"d":{},"e":{"f":{"g":[[null,"é"],"日本","😀"]}}}"#,
        "\n {\n  \"a\": [\n    \"b\",\n    {\n      \"é\": 017\n    }\n  ],\n\t\"c\":\t{ }\n}\n\n",
        "[a, b c, 'd e', http://f:1/g#h, \"i\" , {j: k, 'l': m-n, \"o\" : p}, ==1.0, ~ , yes ]",
    ];

    /// Whether a text is read the short way, and then certainly as the long way reads it.
    fn agrees(text: &str) -> bool {
        let Some(node) = read(text) else { return false };
        assert_eq!(Outcome::Reads(node), read_the_long_way(text), "{text:?}");
        true
    }

    #[test]
    fn usual_texts_are_read_the_short_way() {
        for text in [BLOCK, FLOW].concat() {
            assert!(agrees(text), "{text:?}");
        }
    }

    #[test]
    fn equal_keys_are_left_to_the_long_way() {
        for count in [1, 2, 7, 8, 9, 100] {
            let lines = |line: fn(usize) -> String| (0..count).map(line).collect::<Vec<_>>().concat();
            let json = lines(|number| format!("\"key number {number}\": 0, "));
            let block = lines(|number| format!("key_number_{number}: 0\n"));
            assert!(agrees(&format!("{{{json}\"another\": 1}}")), "{json}");
            assert!(agrees(&format!("{block}another: 1\n")), "{block}");
            for number in [0, count - 1] {
                assert!(!agrees(&format!("{{{json}\"key number {number}\": 1}}")), "{json}");
                assert!(!agrees(&format!("{block}key_number_{number}: 1\n")), "{block}");
            }
        }
    }

    #[test]
    fn a_large_text_is_read_the_short_way_and_one_of_too_many_values_is_not() {
        for line in ["- some-package==1.2.3\n", "- {a: b}\n"] {
            assert!(agrees(&line.repeat(MAX_NODES / line.len() + 1)), "{line}");
        }
        assert!(read(&"- a\n".repeat(MAX_NODES)).is_none(), "the long way says whether it is too large");
    }

    #[test]
    fn what_go_may_refuse_in_json_is_left_to_the_long_way() {
        let long = "k".repeat(1_100);
        let texts = [
            r#"{"a": "\/"}"#.to_owned(),
            r#"{"a": "\ud83d\ude00"}"#.to_owned(),
            format!("{{\"{long}\": 1}}"),
            format!("{{\"a\"{}: 1}}", " ".repeat(1_100)),
            "{\"a\"\n: 1}".to_owned(),
            "\t{\"a\": 1}".to_owned(),
            "{\"a\": b?c}".to_owned(),
            "{\"a\": \"\u{7f}\"}".to_owned(),
            "[".repeat(DEPTH + 1) + &"]".repeat(DEPTH + 1),
        ];
        for text in texts {
            assert!(!agrees(&text), "{text:?}");
        }
    }

    /// How many texts are read the short way when a piece is put into every place of a text, or over a character.
    fn agreed_after_accidents(texts: &[&str]) -> usize {
        let pieces = [
            " ", "  ", "\n", "\n ", "\t", "- ", "-", "--- ", "...", ":", ": ", "#", " #", "'", "\"", "\\",
            "\\/", "\\u00", "\\ud83d", "\\x41", "[", "]", "{", "}", "[]", "{}", "?", "? ", "&", "*", "!",
            "|", ">", "%", "@", "~", "<<", "1", ".", "a", "é", "\u{a0}", "\u{7f}", ",", ", ", "\r\n",
        ];
        let mut agreed = 0;
        for text in texts {
            for (at, character) in text.char_indices() {
                let (before, after) = (&text[..at], &text[at + character.len_utf8()..]);
                agreed += usize::from(agrees(&[before, after].concat())) + usize::from(agrees(before));
                for piece in pieces {
                    agreed += usize::from(agrees(&[before, piece, &text[at..]].concat()));
                    agreed += usize::from(agrees(&[before, piece, after].concat()));
                }
            }
        }
        agreed
    }

    #[test]
    fn after_any_accident_to_block_style_the_short_way_agrees_with_the_long_one() {
        let agreed = agreed_after_accidents(BLOCK);
        assert!(agreed > 5_000, "the short way was hardly taken: {agreed}");
    }

    #[test]
    fn after_any_accident_to_json_the_short_way_agrees_with_the_long_one() {
        let agreed = agreed_after_accidents(FLOW);
        assert!(agreed > 5_000, "the short way was hardly taken: {agreed}");
    }
}
