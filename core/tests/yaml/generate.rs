//! Texts made from others: realistic ones with a few YAML-specific accidents.

/// A small generator (splitmix64): the same seed gives the same texts everywhere.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A seed for another generator.
    pub(crate) fn seed(&mut self) -> u64 {
        self.next()
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).expect("below a usize")
    }

    pub(crate) fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }
}

/// What people and programs slip into YAML.
const TOKENS: &[&str] = &[
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\n  ",
    "\n    ",
    "\n- ",
    "\n  - ",
    "- ",
    "-",
    ": ",
    ":",
    "? ",
    "?",
    ", ",
    ",",
    "[",
    "]",
    "{",
    "}",
    "[]",
    "{}",
    "#",
    " # note",
    "&a ",
    "*a",
    "&b ",
    "*b",
    "!",
    "!!str ",
    "!!int ",
    "!!float ",
    "!!bool ",
    "!!null ",
    "!!binary ",
    "!local ",
    "!e!x ",
    "|",
    "|\n",
    ">\n",
    "|-\n",
    ">+\n",
    "|2\n",
    "'",
    "\"",
    "''",
    "\\",
    "\\n",
    "\\/",
    "\\u0041",
    "\\x41",
    "\\ud83d\\ude00",
    "%",
    "@",
    "`",
    "---\n",
    "\n---\n",
    "...\n",
    "\n...\n",
    "--- ",
    "%YAML 1.1\n---\n",
    "%YAML 1.2\n---\n",
    "%TAG !e! tag:e,2000:\n---\n",
    "<<: *a\n",
    "<<: ",
    "<<",
    "a: ",
    "a: b",
    "\na: b\n",
    "yes",
    "no",
    "on",
    "~",
    "null",
    "017",
    "0x1F",
    "1_000",
    "1e3",
    ".inf",
    ".nan",
    "1.0",
    "2001-01-01",
    "12:30:45",
    "=",
    "~: ",
    "1: ",
    "'a': ",
    "\"a\": ",
    "\"a\":",
    "é",
    "日本",
    "😀",
    "\u{feff}",
    "\u{85}",
    "\u{2028}",
    "\u{a0}",
    "\0",
    "\u{1}",
    "\u{7f}",
    "key",
    "value",
    "http://h/p?q=1#f",
    "{{x}}",
    "${X}",
    "$(x)",
];

/// One text with one to four accidents.
pub(crate) fn mutate(random: &mut Random, texts: &[String]) -> String {
    let mut text: Vec<char> = random.pick(texts).chars().collect();
    for _ in 0..=random.below(4) {
        let at = random.below(text.len() + 1);
        let end = (at + 1 + random.below(6)).min(text.len());
        match random.below(7) {
            0..=2 => drop(text.splice(at..at, random.pick(TOKENS).chars())),
            3 => drop(text.drain(at..end)),
            4 => drop(text.splice(at..end, random.pick(TOKENS).chars())),
            5 => move_line(random, &mut text),
            _ => text = splice(random, &text, texts),
        }
    }
    text.into_iter().collect()
}

/// Copies, removes or indents a line.
fn move_line(random: &mut Random, text: &mut Vec<char>) {
    let mut lines: Vec<String> = text.iter().collect::<String>().split('\n').map(str::to_owned).collect();
    let from = random.below(lines.len());
    match random.below(4) {
        0 => drop(lines.remove(from)),
        1 => lines.insert(random.below(lines.len()), lines[from].clone()),
        2 => {
            let indent = random.pick::<&str>(&[" ", "  ", "\t"]);
            lines[from].insert_str(0, indent);
        }
        _ => lines[from] = lines[from].trim_start().into(),
    }
    *text = lines.join("\n").chars().collect();
}

/// The beginning of one text and the end of another.
fn splice(random: &mut Random, text: &[char], texts: &[String]) -> Vec<char> {
    let other: Vec<char> = random.pick(texts).chars().collect();
    let (cut, other_cut) = (random.below(text.len() + 1), random.below(other.len() + 1));
    text[..cut].iter().chain(&other[other_cut..]).copied().collect()
}
