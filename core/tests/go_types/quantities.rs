//! Quantities: what Go accepts and how Go orders it, for texts that are nearly right.

use raygate_core::quantity::Quantity;
use serde::Deserialize;

use crate::go;
use crate::random::Random;
use crate::{cases, choose_seed};

#[derive(Deserialize)]
struct Answer {
    accepted: [bool; 2],
    order: i8,
    sum: Option<String>,
    triple: Option<String>,
}

#[test]
fn quantities_are_accepted_ordered_and_added_as_go_does() {
    let seed = choose_seed();
    let mut random = Random::from_seed(seed);
    let mut pairs = (0..cases()).map(|_| pair(&mut random)).collect::<Vec<_>>();
    pairs.extend(KNOWN.iter().flat_map(|left| KNOWN.map(|right| [(*left).to_owned(), right.to_owned()])));
    let questions =
        pairs.iter().map(|pair| serde_json::to_string(pair).expect("JSON") + "\n").collect::<String>();
    let answers = go::ask("quantities", seed, &questions);
    assert_eq!(answers.lines().count(), pairs.len());
    let (mut accepted, mut refused, mut equal, mut added) = (0, 0, 0, 0);
    for (pair, answer) in pairs.iter().zip(answers.lines()) {
        let answer: Answer = serde_json::from_str(answer).expect(answer);
        let read = pair.each_ref().map(|text| text.parse::<Quantity>());
        for (text, (read, go)) in pair.iter().zip(read.iter().zip(answer.accepted)) {
            assert_eq!(read.is_ok(), go, "{text:?}: {read:?}");
            *(if go { &mut accepted } else { &mut refused }) += 1;
        }
        if let [Ok(left), Ok(right)] = &read {
            assert_eq!(left.cmp(right) as i8, answer.order, "{pair:?}: {left:?}, {right:?}");
            assert_eq!(left == right, answer.order == 0, "{pair:?}");
            equal += usize::from(left == right && pair[0] != pair[1]);
            let go = |text: &Option<String>| text.as_deref().map(|text| text.parse().expect("a quantity"));
            if let (Some(sum), Some(triple)) = (left.checked_add(right), left.checked_mul(3)) {
                let both = go(&answer.sum).zip(go(&answer.triple));
                added += usize::from(both.is_some());
                assert!(both.is_none_or(|both| both == (sum, triple)), "{pair:?}: {:?}", answer.sum);
            }
        }
    }
    eprintln!(
        "{} pairs: {accepted} texts accepted, {refused} refused, {equal} pairs equal, {added} added",
        pairs.len()
    );
    assert!(accepted.min(refused).min(equal).min(added) > pairs.len() / 50, "the texts are too much alike");
}

/// Texts at the edges; all pairs of them are judged.
const KNOWN: [&str; 62] = [
    "",
    "0",
    "-0",
    "+",
    "-",
    ".",
    "+.",
    "k",
    ".k",
    ".Ki",
    ".Ei",
    "Ei",
    "+Ei",
    "0.Ei",
    "1",
    "+1",
    "-1",
    " 1",
    "1 ",
    "1 Gi",
    ".5",
    "5.",
    "1..2",
    "1.2.3",
    "1e",
    "1E",
    "1e3",
    "1E3",
    "1e+3",
    "1e-3",
    "1e1.5",
    "1e--3",
    "1ee3",
    "e3",
    "1e0003",
    "1n",
    "0.1n",
    "1.1n",
    "-0.1n",
    "0.0000000001",
    "1024Mi",
    "1Gi",
    "0.5",
    "500m",
    "0.5Ki",
    "0.3Ki",
    "0.0001Ei",
    "9Ei",
    "8Ei",
    "7.9999999999999999999Ei",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "100000000000000000000000000000000000000000001",
    "1e45",
    "1e100",
    "1e-100",
    "1e4294967296",
    "1e-4294967297",
    "1e99999999999999999999",
    "999999999999999999999999999999999999999.9999999999",
    "0000000000000000000000000000000000000000000000001",
];

fn pair(random: &mut Random) -> [String; 2] {
    let left = text(random);
    let right = if random.percent(40) { respelled(random, &left) } else { text(random) };
    [left, right]
}

fn digits(random: &mut Random) -> String {
    let length = match random.below(10) {
        0 => 0,
        1..=6 => 1 + random.below(4),
        7 => 9 + random.below(12),
        _ => 30 + random.below(20),
    };
    // Many zeros and nines, for what carries and what is cut off.
    (0..length).map(|_| random.pick(&['0', '0', '0', '9', '9', '1', '2', '5'])).collect()
}

fn text(random: &mut Random) -> String {
    let sign = random.pick(&["", "", "", "", "", "-", "+"]);
    let fraction = if random.percent(40) { format!(".{}", digits(random)) } else { String::new() };
    let unit = match random.below(12) {
        0..=2 => String::new(),
        3..=5 => random.pick(&["n", "u", "m", "k", "M", "G", "T", "P", "E"]).to_owned(),
        6..=8 => random.pick(&["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]).to_owned(),
        9 | 10 => format!(
            "{}{}{}",
            random.pick(&["e", "E"]),
            random.pick(&["", "", "-", "+"]),
            random.pick(&["0", "1", "2", "3", "6", "9", "10", "18", "30", "03", "200"])
        ),
        _ => random
            .pick(&["K", "ki", "mi", "Mb", "e1.5", "i", "e", "e-", "kk", "n1", " ", "%", "µ", "ee1"])
            .to_owned(),
    };
    let mut text = format!("{sign}{}{fraction}{unit}", digits(random));
    if random.percent(3) {
        let at = random.below(text.len() + 1);
        // No `e` among digits: Go computes for hours over an exponent of ten digits.
        if text.is_char_boundary(at) {
            text.insert(at, random.pick(&[' ', '.', '-', '+', 'i', 'k', '0', '_', ',']));
        }
    }
    text
}

/// Often the same value in another form.
fn respelled(random: &mut Random, text: &str) -> String {
    let end = text.find(|it: char| it.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let thousandfold = [
        ("n", "u"),
        ("u", "m"),
        ("m", ""),
        ("", "k"),
        ("k", "M"),
        ("M", "G"),
        ("G", "T"),
        ("T", "P"),
        ("P", "E"),
    ];
    match random.below(4) {
        0 => format!("+0{}{unit}", number.trim_start_matches(['+', '-'])),
        1 if number.contains('.') => format!("{number}0{unit}"),
        2 if !number.contains('.') => match thousandfold.iter().find(|(_, larger)| *larger == unit) {
            Some((smaller, _)) => format!("{number}000{smaller}"),
            None => format!("{number}.{unit}"),
        },
        _ => match (unit, unit.strip_prefix('e')) {
            ("Mi", _) => format!("{number}Ki"),
            (_, Some(exponent)) => format!("{number}E{exponent}"),
            _ => format!("{number}e0"),
        },
    }
}
