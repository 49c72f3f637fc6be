//! The text of a quantity becomes its value, step by step as in Go's `ParseQuantity`, oddities included: `+`, `.` and
//! `k` are 0, and an exponent wraps around at 32 bits.

use super::{Digits, Quantity, QuantityError, SMALL};

/// Values have no digit below 10^-9.
const NANO: i64 = -9;

/// 2^63-1 in billionths: binary units count up to there.
const BINARY_MAXIMUM: u128 = i64::MAX as u128 * 1_000_000_000;

/// Beyond this exponent Go's arithmetic takes ever longer: `1.1e-1000000` is read in 30 ms, `1e10000000` added in a
/// second, and ten digits stop an operator. Nobody means such a number.
const COMPUTABLE: i64 = 10_000;

pub(super) fn quantity(text: &str) -> Result<Quantity, QuantityError> {
    if let Some(plain) = plain(text) {
        return Ok(plain);
    }
    let scanned = Scanned::from_text(text)?;
    match scanned.unit()? {
        Unit::Ten(exponent) => scanned.decimal(exponent),
        Unit::Two(bits) => scanned.binary(bits),
    }
}

/// The short way for what most quantities are: a few digits, and one of the usual units.
fn plain(text: &str) -> Option<Quantity> {
    let (digits, unit) = split_digits(text);
    let whole: u64 = Some(digits).filter(|digits| (1..=6).contains(&digits.len()))?.parse().ok()?;
    let (factor, exponent) = match unit {
        "" => (1, 0),
        "m" => (1, -3),
        "Ki" => (1 << 10, 0),
        "Mi" => (1 << 20, 0),
        "Gi" => (1 << 30, 0),
        "M" => (1, 6),
        "G" => (1, 9),
        _ => return None,
    };
    Some(Quantity::normalised(false, u128::from(whole * factor), exponent))
}

/// What the unit multiplies by.
enum Unit {
    /// 10 to this power.
    Ten(i32),
    /// 2 to this power.
    Two(u32),
}

/// The parts of a quantity's text.
struct Scanned<'a> {
    negative: bool,
    /// The digits before the point, without leading zeros.
    whole: &'a [u8],
    /// The digits behind the point.
    fraction: &'a [u8],
    has_digits: bool,
    unit: &'a str,
}

impl<'a> Scanned<'a> {
    fn from_text(text: &'a str) -> Result<Self, QuantityError> {
        if text.is_empty() {
            return Err(QuantityError::Form);
        }
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (digits, rest) = split_digits(unsigned);
        let (fraction, unit) = rest.strip_prefix('.').map_or(("", rest), split_digits);
        let letters = unit.trim_start_matches(['e', 'E', 'i', 'n', 'u', 'm', 'k', 'K', 'M', 'G', 'T', 'P']);
        let exponent = letters.strip_prefix(['+', '-']).unwrap_or(letters);
        if !exponent.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(QuantityError::Form);
        }
        Ok(Self {
            negative: text.starts_with('-'),
            whole: digits.trim_start_matches('0').as_bytes(),
            fraction: fraction.as_bytes(),
            has_digits: !digits.is_empty() || !fraction.is_empty(),
            unit,
        })
    }

    fn unit(&self) -> Result<Unit, QuantityError> {
        Ok(match self.unit {
            "" => Unit::Ten(0),
            "n" => Unit::Ten(-9),
            "u" => Unit::Ten(-6),
            "m" => Unit::Ten(-3),
            "k" => Unit::Ten(3),
            "M" => Unit::Ten(6),
            "G" => Unit::Ten(9),
            "T" => Unit::Ten(12),
            "P" => Unit::Ten(15),
            "E" => Unit::Ten(18),
            "Ki" => Unit::Two(10),
            "Mi" => Unit::Two(20),
            "Gi" => Unit::Two(30),
            "Ti" => Unit::Two(40),
            "Pi" => Unit::Two(50),
            "Ei" => Unit::Two(60),
            other => {
                let exponent = other.strip_prefix(['e', 'E']).ok_or(QuantityError::Unit)?;
                let exponent = exponent.parse::<i64>().map_err(|_| QuantityError::Unit)?;
                #[expect(clippy::cast_possible_truncation, reason = "Go cuts it to 32 bits, too")]
                Unit::Ten(exponent as i32)
            }
        })
    }

    /// The digits as Go counts them: at least one before the point.
    fn count(&self) -> usize {
        self.whole.len().max(1) + self.fraction.len()
    }

    fn decimal(&self, exponent: i32) -> Result<Quantity, QuantityError> {
        // A fraction longer than 2^31 digits fits into no request.
        let length = i32::try_from(self.fraction.len()).map_err(|_| QuantityError::Exponent)?;
        let exponent = i64::from(exponent.wrapping_sub(length));
        let quick = self.count() <= 18 && exponent >= NANO;
        if !quick && !self.has_digits {
            return Err(QuantityError::Number);
        }
        let significant = self.whole.iter().chain(self.fraction).skip_while(|digit| **digit == b'0');
        let length = significant.clone().count();
        if length == 0 {
            return Ok(Quantity::ZERO);
        }
        if exponent.abs() > COMPUTABLE {
            return Err(QuantityError::Exponent);
        }
        let dropped = usize::try_from(NANO.saturating_sub(exponent)).unwrap_or(0);
        let kept = length.saturating_sub(dropped);
        let rounds_up = significant.clone().skip(kept).any(|digit| *digit != b'0');
        let kept = significant.copied().take(kept);
        Ok(rounded(self.negative, kept, rounds_up, exponent.max(NANO)))
    }

    fn binary(&self, bits: u32) -> Result<Quantity, QuantityError> {
        // Go multiplies integers of few digits right away; only the other way insists on a digit.
        let quick = self.fraction.is_empty() && self.count() + (bits as usize) * 3 / 10 <= 14;
        if !quick && !self.has_digits {
            return Err(QuantityError::Number);
        }
        let factor = 1_000_000_000_u128 << bits;
        let whole = std::str::from_utf8(self.whole).unwrap_or_default();
        let whole = if whole.is_empty() { Some(0) } else { whole.parse::<u128>().ok() };
        // Horner's rule from the last digit: what a division by ten drops can only make the sum less whole.
        let (mut fraction, mut rounds_up) = (0, false);
        for digit in self.fraction.iter().rev() {
            let sum = fraction + u128::from(digit - b'0') * factor;
            rounds_up |= !sum.is_multiple_of(10);
            fraction = sum / 10;
        }
        let nanos = whole
            .and_then(|whole| whole.checked_mul(factor)?.checked_add(fraction + u128::from(rounds_up)))
            .map_or(BINARY_MAXIMUM, |nanos| nanos.min(BINARY_MAXIMUM));
        Ok(Quantity::normalised(self.negative, nanos, NANO))
    }
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

/// The value of these digits, one more in the last place if `rounds_up`, times 10 to the exponent.
fn rounded(
    negative: bool,
    digits: impl Iterator<Item = u8> + Clone,
    rounds_up: bool,
    exponent: i64,
) -> Quantity {
    if digits.clone().nth(SMALL).is_none() {
        let whole = digits.fold(0, |whole, digit| whole * 10 + u128::from(digit - b'0'));
        return Quantity::normalised(negative, whole + u128::from(rounds_up), exponent);
    }
    let mut digits = digits.collect::<Vec<_>>();
    let mut exponent = exponent;
    if rounds_up {
        while digits.pop_if(|digit| *digit == b'9').is_some() {
            exponent += 1;
        }
        match digits.last_mut() {
            Some(digit) => *digit += 1,
            None => digits.push(b'1'),
        }
    }
    while digits.pop_if(|digit| *digit == b'0').is_some() {
        exponent += 1;
    }
    if digits.len() <= SMALL {
        return rounded(negative, digits.into_iter(), false, exponent);
    }
    Quantity { negative, digits: Digits::Large(digits.into_boxed_slice()), exponent }
}
