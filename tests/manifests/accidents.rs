//! Texts put together by accident from the pieces that cuts turn on.

#[rustfmt::skip]
const PIECES: &[&str] = &[
    "a: 1\n", "b:\n- c\n", "k: v", "---\n", "---\n", "---", "--- # c\n", "---\r\n", "--- \t\n", "---\u{a0}\n",
    "--- x\n", "----\n", "---#c\n", " ---\n", "# c\n", "# c\r", "# c\u{85}", "#", "\n", "  \n", "\t\n", "\t# c\n",
    " ", "\r", "\r\n", "\u{feff}", "\u{a0}", "\u{85}", "\u{2028}", "\u{fffd}", "...\n", "... # c\n", "%YAML 1.1\n",
    "null\n", "~\n", "null", "- a\n", "[1]\n", "1", "01", "1.", "-", "true", "tru", "\"s\"", "\"", ",",
    "{\"a\": 1}", "{\"b\": [1, \"}\"]}\n", "{\"a\": {\"b\": null}}\n", "{c: 1}\n", "{\"a\": 1,}", "{}", "{", "}", "{{ .x }}\n",
    "d: |\n  x\n  ---\n", "d: |\n  x", "e: \"f\n---\ng\"\n", "f: >\r\n  g\r\n  h\r\n", "# Source: a/templates/b.yaml\n",
];
/// What a text that begins as JSON begins with.
const JSON: &[&str] =
    &["{\"a\": 1}", "{\"a\": 1}\n", "{", " \n{\"b\": []}", "\u{a0}{\"b\": 1}", "\u{feff}{}", "{a: 1}\n"];

pub(crate) fn texts(seed: u64, count: u64) -> Vec<String> {
    let mut random = Random(seed | 1);
    // Of `\r\r\n`, kubectl makes one end of a line and YAML two: the cuts are the same, the documents are not.
    (0..count).map(|_| text(&mut random)).filter(|text| !text.contains("\r\r\n")).collect()
}

fn text(random: &mut Random) -> String {
    let mut text = String::new();
    if random.below(2) == 0 {
        text.push_str(random.one_of(JSON));
    }
    for _ in 0..=random.below(7) {
        text.push_str(random.one_of(PIECES));
    }
    text
}

/// Marsaglia's xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    fn one_of<'a>(&mut self, pieces: &[&'a str]) -> &'a str {
        pieces[self.below(pieces.len())]
    }
}
