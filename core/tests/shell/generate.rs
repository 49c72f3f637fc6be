//! Entrypoints by accident: pieces of shell put together, and good ones with a piece lost or added.

use crate::cases::{GOOD, TRICKY};
use crate::random::{Random, Seed, setting};

/// Pieces whose commands are stubs. Nothing here loops, and no path leaves the case's folder.
const PIECES: &[&str] = &[
    "python",
    "a.py",
    "alpha",
    "beta",
    "--x",
    "1",
    "'a b'",
    "\"a b\"",
    "\"a;b\"",
    "'it'",
    "''",
    "$DATA",
    "${DATA}",
    "\"$DATA\"",
    "$(date)",
    "`date`",
    "A=1",
    "A='a b'",
    ";",
    "&&",
    "||",
    "|",
    "&",
    "\n",
    "\n",
    "#",
    "# note",
    "\\",
    "\\\n",
    ">",
    "> out.txt",
    "2>&1",
    "< in.txt",
    "<<EOF",
    "EOF",
    "(",
    ")",
    "{",
    "}",
    "if true",
    "then",
    "else",
    "elif",
    "fi",
    "while false",
    "until true",
    "do",
    "done",
    "!",
    "for i in 1",
    "case a in",
    "esac",
    "'",
    "\"",
    "`",
    "$(",
    "${",
    "$((1))",
    "a=(",
    ";;",
    "time",
    "[[",
    "]]",
    "é",
    "\t",
    "~",
    "{a,b}",
    "-x",
];

/// How many entrypoints to make.
pub(crate) fn count() -> usize {
    setting("RAYGATE_SHELL_CASES").map_or(120, |count| usize::try_from(count).expect("a number"))
}

/// The same in every run, unless the environment says otherwise.
pub(crate) fn seed() -> Seed {
    let name = "RAYGATE_SHELL_SEED";
    if setting(name).is_some() { Seed::choose(name) } else { Seed(20_261_124) }
}

/// So many entrypoints.
pub(crate) fn entrypoints(seed: Seed) -> Vec<String> {
    let mut random = Random::from_seed(seed);
    (0..count()).map(|_| entrypoint(&mut random)).collect()
}

fn entrypoint(random: &mut Random) -> String {
    match random.below(3) {
        0 => pieces(random),
        1 => accident(random, GOOD),
        _ => accident(random, TRICKY),
    }
}

fn pieces(random: &mut Random) -> String {
    let mut text = if random.percent(80) { "python a.py".to_owned() } else { String::new() };
    for _ in 0..=random.below(8) {
        if random.percent(85) {
            text.push(' ');
        }
        text.push_str(random.pick(PIECES));
    }
    text
}

fn accident(random: &mut Random, texts: &[&str]) -> String {
    let text = random.pick(texts);
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let at = places[random.below(places.len())];
    let (before, after) = text.split_at(at);
    if random.percent(40) {
        let mut rest = after.chars();
        rest.next();
        return [before, rest.as_str()].concat();
    }
    [before, random.pick(PIECES), after].concat()
}
