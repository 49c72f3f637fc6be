//! JSON and flow-style texts of every layout, as programs and people write them, before any accident.

use crate::generate::Random;

/// How a text is laid out.
struct Layout {
    /// What stands behind a comma, a colon and, on each level, a line break; "" for a text on one line.
    comma: &'static str,
    colon: &'static str,
    indentation: &'static str,
    /// Whether texts may stand without quotes or in single ones.
    flow: bool,
}

const LAYOUTS: &[Layout] = &[
    Layout { comma: ", ", colon: ": ", indentation: "", flow: false },
    Layout { comma: ",", colon: ":", indentation: "", flow: false },
    Layout { comma: ",", colon: ": ", indentation: "  ", flow: false },
    Layout { comma: ",", colon: ": ", indentation: "    ", flow: false },
    Layout { comma: ",", colon: ": ", indentation: "\t", flow: false },
    Layout { comma: " , ", colon: " : ", indentation: "", flow: false },
    Layout { comma: ", ", colon: ": ", indentation: "", flow: true },
    Layout { comma: ",", colon: ":  ", indentation: "  ", flow: true },
    Layout { comma: ",\t", colon: "\t:\t", indentation: "", flow: true },
];

/// What a JSON string may be made of.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "a", "pip", "env_vars", "torch==2.1.0", "s3://bucket/app.zip", " ", "  ", ": ", ", ", "#", " #", "{", "]",
    "?", "'", "-", "--- ", "é", "日本", "😀", "\\n", "\\t", "\\\"", "\\\\", "\\u00e9", "\\u20ac", "\\b", "\\f",
    "\\r", "\\u0000", "\\u2028", "\\ufeff", "\u{20ac}", "\u{a0}",
];

/// What Go refuses in a string, or what no JSON has.
const TRAPS: &[&str] =
    &["\\/", "\\ud83d\\ude00", "\\ud83d", "\\u12", "\\q", "\\x41", "\n", "\t", "\u{7f}", "\u{85}"];

/// Scalars without quotes.
#[rustfmt::skip]
const SCALARS: &[&str] = &[
    "null", "true", "false", "0", "1", "-1", "-0", "1.0", "-0.0", "0.5", "1e3", "1E400", "1e-7", "017",
    "0x1F", "1_000", "123456789012345678901234567890", "18446744073709551615", "9007199254740993", "NaN",
    "Infinity", "-Infinity",
];

/// Plain texts that need no quotes between brackets, or nearly.
#[rustfmt::skip]
const PLAIN: &[&str] = &[
    "a", "b c", "yes", "~", "numpy>=1.2", "==1.0", "http://h:1/p", "http://h/p?q=1", "a#b", "-r x",
    "--no-cache", "<<", "$X", "a:b", ".nan", "é", "1.2.3", "", "*", "'", "@a", "---",
];

/// A text that is one list or mapping between brackets.
pub(crate) fn text(random: &mut Random) -> String {
    let layout = random.pick(LAYOUTS);
    let mut text = String::new();
    match random.below(8) {
        0 => text.push_str("\n  "),
        1 => text.push_str("env: "),
        2 => text.push_str("a: b\nlist:\n- "),
        _ => {}
    }
    Writer { random, layout, text: &mut text }.collection(0);
    text.push_str(random.pick::<&str>(&["", "", "\n", "\n\n", " ", "\n---\n", " # note", "\nz: y\n"]));
    text
}

struct Writer<'w> {
    random: &'w mut Random,
    layout: &'w Layout,
    text: &'w mut String,
}

impl Writer<'_> {
    fn collection(&mut self, depth: usize) {
        let mapping = depth == 0 && self.random.below(4) > 0 || self.random.below(2) == 0;
        let (open, close) = if mapping { ('{', '}') } else { ('[', ']') };
        self.text.push(open);
        let most = if self.random.below(10) == 0 { 20 } else { 5 };
        let count = self.random.below(most);
        for number in 0..count {
            if number > 0 {
                self.text.push_str(self.layout.comma);
            }
            self.begin_line(depth + 1);
            if mapping {
                self.key();
                self.text.push_str(self.layout.colon);
            }
            match self.random.below(6) {
                0 if depth < 4 => self.collection(depth + 1),
                0 | 1 => self.text.push_str(self.random.pick::<&str>(SCALARS)),
                _ => self.string(),
            }
        }
        if count > 0 {
            self.begin_line(depth);
        }
        self.text.push(close);
    }

    fn begin_line(&mut self, depth: usize) {
        if !self.layout.indentation.is_empty() {
            self.text.push('\n');
            self.text.push_str(&self.layout.indentation.repeat(depth));
        }
    }

    fn key(&mut self) {
        if self.random.below(40) == 0 {
            let length = 500 + self.random.below(600);
            self.text.extend(["\"", &"k".repeat(length), "\""]);
        } else {
            self.string();
        }
    }

    fn string(&mut self) {
        if self.layout.flow && self.random.below(2) == 0 {
            self.text.push_str(self.random.pick::<&str>(PLAIN));
            return;
        }
        let quote = if self.layout.flow && self.random.below(3) == 0 { '\'' } else { '"' };
        self.text.push(quote);
        for _ in 0..self.random.below(4) {
            let pieces = if self.random.below(60) == 0 { TRAPS } else { PIECES };
            self.text.push_str(self.random.pick::<&str>(pieces));
        }
        self.text.push(quote);
    }
}
