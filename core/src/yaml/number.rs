//! Numbers as Go's `strconv` reads and writes them.
//!
//! `scalar` asks for the number in a plain scalar and for the text of a number that is used as a key.

use std::borrow::Cow;

use super::scalar::Scalar;

/// Reads a whole or fractional number that begins with a digit or a sign.
pub(super) fn parse(text: &str) -> Option<Scalar> {
    let plain: Cow<'_, str> =
        if text.contains('_') { text.replace('_', "").into() } else { Cow::Borrowed(text) };
    parse_whole(&plain).or_else(|| parse_decimal(&plain)).or_else(|| parse_signed_binary(&plain))
}

/// Go's `ParseInt(text, 0, 64)`, then `ParseUint(text, 0, 64)`.
fn parse_whole(text: &str) -> Option<Scalar> {
    let (negative, signed, unsigned) = match text.as_bytes().first()? {
        b'-' => (true, true, &text[1..]),
        b'+' => (false, true, &text[1..]),
        _ => (false, false, text),
    };
    let (radix, digits) = match unsigned.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &unsigned[2..]),
        [b'0', b'o' | b'O', ..] => (8, &unsigned[2..]),
        [b'0', b'b' | b'B', ..] => (2, &unsigned[2..]),
        [b'0', _, ..] => (8, &unsigned[1..]),
        _ => (10, unsigned),
    };
    // Rust's parser takes a sign of its own, Go's does not take a second one.
    if !digits.bytes().next()?.is_ascii_alphanumeric() {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    if negative {
        return 0_i64.checked_sub_unsigned(magnitude).map(Scalar::Int);
    }
    match i64::try_from(magnitude) {
        Ok(whole) => Some(Scalar::Int(whole)),
        Err(_) if signed => None,
        Err(_) => Some(Scalar::UInt(magnitude)),
    }
}

/// What go-yaml's `^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$` lets through to `ParseFloat`.
fn parse_decimal(text: &str) -> Option<Scalar> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if unsigned.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')) {
        parse_float(text)
    } else {
        None
    }
}

/// Go's `ParseFloat`, for texts that name neither infinity nor not-a-number.
pub(super) fn parse_float(text: &str) -> Option<Scalar> {
    let plain: Cow<'_, str> = match text.contains('_') {
        // Every underscore must stand between two digits.
        true if separates_digits(text.as_bytes()) => text.replace('_', "").into(),
        true => return None,
        false => Cow::Borrowed(text),
    };
    // A number too large is an error in Go, and the scalar then stays text.
    plain.parse::<f64>().ok().filter(|float| float.is_finite()).map(Scalar::Float)
}

fn separates_digits(text: &[u8]) -> bool {
    let digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_digit);
    (0..text.len()).filter(|at| text[*at] == b'_').all(|at| digit(at.checked_sub(1)) && digit(Some(at + 1)))
}

/// go-yaml's leftover: `0b-1` is -1, because the digits after `0b` are read as a signed number.
fn parse_signed_binary(text: &str) -> Option<Scalar> {
    let digits = text.strip_prefix("0b")?;
    if !digits.starts_with(['-', '+']) {
        return None;
    }
    i64::from_str_radix(digits, 2).ok().map(Scalar::Int)
}

/// Go's `FormatFloat(number, 'g', -1, 32)` with YAML's names for what is no number.
pub(super) fn format_key(number: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "sigs.k8s.io/yaml narrows to float32")]
    let number = number as f32;
    if number.is_nan() {
        return ".nan".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let shortest = format!("{number:e}");
    let digits = shortest.bytes().take_while(|byte| *byte != b'e').filter(u8::is_ascii_digit).count();
    // Between two equally short forms Go takes the even one, and so does Rust when told how many digits to write.
    let scientific = format!("{:.*e}", digits - 1, f64::from(number));
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    match exponent.parse::<i32>().unwrap_or(0) {
        // Go's shortest form turns to an exponent below 1e-4 and from a million on.
        small @ ..-4 => format!("{mantissa}e-{:02}", -small),
        large @ 6.. => format!("{mantissa}e+{large:02}"),
        place => format!("{:.*}", decimals(digits, place), f64::from(number)),
    }
}

/// How many digits stand behind the point.
fn decimals(digits: usize, exponent: i32) -> usize {
    let whole = usize::try_from(exponent + 1).unwrap_or(0);
    let zeros = usize::try_from(-exponent - 1).unwrap_or(0);
    (digits + zeros).saturating_sub(whole)
}
