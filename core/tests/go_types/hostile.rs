//! Values that decoders stumble over, as JSON.

use crate::random::Random;

/// Values at the edges of each Go type, and such as belong to another.
#[rustfmt::skip]
pub(crate) const KNOWN: &[&str] = &[
    // JSON's own types, empty and not.
    "null", "true", "false", "[]", "[null]", "[1]", r#"["a"]"#, "[{}]", "[[]]", "{}", r#"{"a":null}"#,
    r#"{"a":1}"#, r#"{"a":"b"}"#, r#"{"a":{}}"#, r#"{"a":[]}"#, r#"{"name":1}"#, r#"{"Name":1}"#,
    // Integers around 32, 53 and 64 bits, as integers and as floats.
    "0", "-0", "1", "-1", "2147483647", "2147483648", "-2147483648", "-2147483649", "2147483647.0",
    "2147483648.0", "4294967296", "99999999999", "9007199254740993", "9223372036854775807",
    "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "9223372036854775807.0",
    "18446744073709551615", "18446744073709551616", "1e18", "1e19", "1e20", "1e21", "-1e21", "1e22",
    // Numbers with fractions and exponents, and around the largest float32.
    "1.0", "-1.0", "1.5", "0.1", "1e-7", "1e-50", "5e-324", "1e3", "1E3", "1.5e3", "1e39", "-1e39",
    "1e308", "3e38", "3.4028234663852886e38", "3.4028235677973362e38", "3.4028235677973366e38",
    "3.4028235677973367e38", "3.4028235677973369e38", "-3.4028235677973367e38", "3.5e38",
    // Texts: quantities, nearly.
    r#""""#, r#""a""#, r#""1""#, r#""-1""#, r#""1.5""#, r#""1e1.5""#, r#""1e3""#, r#""1E3""#, r#""1e-3""#,
    r#""1e+3""#, r#""500m""#, r#""4Gi""#, r#""1gi""#, r#""1 Gi""#, r#"" 1""#, r#""1\n""#, r#""\t1""#,
    r#""1\u00a0""#, r#""\u00a01""#, r#""\u0085 1""#, r#""1e""#, r#""1e+""#, r#""0x10""#, r#""\u0661""#,
    r#""1e99999999999999999999""#, r#""1e-99999999999999999999""#, r#"".""#, r#""+""#, r#""-""#, r#""+.""#,
    r#""k""#, r#""Ki""#, r#"".Ki""#, r#""Ei""#, r#""1ki""#, r#""1e200""#, r#""0.0000000001""#,
    r#""1_000""#, r#""1,5""#, r#""1..5""#, r#""1e1e1""#, r#""1i""#, r#""NaN""#, r#""Inf""#, r#""1<""#,
    r#""\u0001""#, r#""1\u2028""#, r#""\ud800""#,
    // Texts: numbers, ports, booleans.
    r#""2147483648""#, r#""99999999999""#, r#""80%""#, r#""http""#, r#""true""#, r#""null""#, r#""1.0""#,
    // Texts: times, nearly.
    r#""2026-01-31T08:00:00Z""#, r#""2026-01-31""#, r#""2026-01-31T8:00:00Z""#,
    r#""2026-01-31T08:00:00,5Z""#, r#""2026-01-31T08:00:00.123456789012Z""#, r#""2026-01-31T08:00:00.Z""#,
    r#""2026-13-01T00:00:00Z""#, r#""2026-02-29T00:00:00Z""#, r#""2024-02-29T23:59:59Z""#,
    r#""2026-01-31T24:00:00Z""#, r#""2026-01-31T08:00:60Z""#, r#""2026-01-31T08:60:00Z""#,
    r#""2026-01-31t08:00:00z""#, r#""2026-01-31 08:00:00Z""#, r#""2026-01-31T08:00:00""#,
    r#""2026-01-31T08:00:00+01:00""#, r#""2026-01-31T08:00:00+24:60""#, r#""2026-01-31T08:00:00+25:00""#,
    r#""2026-01-31T08:00:00-01:61""#, r#""2026-01-31T08:00:00+0100""#, r#""2026-01-31T08:00:00Z ""#,
    r#""0000-01-01T00:00:00Z""#, r#""9999-12-31T23:59:59Z""#, r#""2026-1-31T08:00:00Z""#,
    r#""2026-01-00T08:00:00Z""#,
];

/// One more, made up.
pub(crate) fn value(random: &mut Random) -> String {
    match random.below(5) {
        0 => integer(random),
        1 => format!(
            "{}.{}e{}",
            random.below(10),
            random.below(1_000_000),
            random.pick(&[-50, -7, -1, 0, 1, 9, 18, 20, 37, 38, 39, 200])
        ),
        2 => quote(&quantity(random)),
        3 => quote(&changed(random, "2026-01-31T08:00:00.5+01:00")),
        _ => {
            let known = random.pick(KNOWN);
            random.pick(&[format!("[{known}]"), format!("{{\"a\":{known}}}"), format!("[{known},{known}]")])
        }
    }
}

fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Around a power of two.
fn integer(random: &mut Random) -> String {
    let power = random.pick(&[7, 15, 16, 31, 32, 53, 63, 64, 70]);
    let magnitude = (1_i128 << power) + i128::try_from(random.below(5)).expect("a small number") - 2;
    let sign = if random.percent(50) { "-" } else { "" };
    format!("{sign}{magnitude}{}", random.pick(&["", "", ".0", ".5"]))
}

fn quantity(random: &mut Random) -> String {
    let unit = random
        .pick(&["", "m", "k", "Ki", "Gi", "Ei", "n", "e3", "E-3", "e1.5", "gi", " Gi", "i", "e+", "mm"]);
    let number = format!("{}{}", random.pick(&["", "", "-", "+"]), random.below(100_000));
    let fraction = random.pick(&["", "", ".5", ".", ".."]);
    changed(random, &format!("{number}{fraction}{unit}"))
}

/// The text, sometimes with one character lost, doubled or exchanged; never with more digits behind an `e`.
fn changed(random: &mut Random, text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    if characters.is_empty() || random.percent(50) {
        return text.to_owned();
    }
    let at = random.below(characters.len());
    match random.below(3) {
        0 => drop(characters.remove(at)),
        1 => characters.insert(at, random.pick(&[' ', '.', ':', '-', '+', ',', 'T', 'Z', 'i', '\u{a0}'])),
        _ => characters[at] = random.pick(&['9', '0', '.', ':', 'Z', 'i', 'm']),
    }
    characters.into_iter().collect()
}
