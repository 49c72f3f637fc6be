//! Kubernetes quantities: `500m`, `2`, `4Gi`, `1e3`.
//!
//! A text is accepted or refused, and means the number, exactly as Go's `resource.ParseQuantity` has it: nothing is
//! finer than a billionth (rounded away from zero), and a binary unit ends at 2^63-1. `document::same_values`
//! compares by it, rules about resources count by it.

mod parse;
mod sums;

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A quantity's exact value. Two that spell the same value are equal: `1024Mi` and `1Gi`, `0.5` and `500m`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quantity {
    // Equality is derived, so each value has one form: digits without zeros at either end, and zero is +0 * 10^0.
    negative: bool,
    digits: Digits,
    exponent: i64,
}

/// The most decimal digits that always fit into an `u128`.
const SMALL: usize = 38;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Digits {
    Small(u128),
    /// More than [`SMALL`] digits, as ASCII. Go keeps as many as there are, so somebody may write them.
    Large(Box<[u8]>),
}

/// Why Kubernetes does not take a text for a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// There is something that belongs into no quantity.
    #[error("is no quantity: write a number and a unit without a blank between, such as 500m, 2 or 4Gi")]
    Form,
    /// There is a unit without a number.
    #[error("has no digits: write a number and a unit, such as 500m, 2 or 4Gi")]
    Number,
    /// The number is followed by no known unit.
    #[error(
        "has an unknown unit: known are n, u, m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei, and whole exponents such as e3"
    )]
    Unit,
    /// Kubernetes would accept it, and compute with a number of millions of digits.
    #[error(
        "has an exponent that nothing can compute with: write the number with a unit, such as 500m, 2 or 4Gi"
    )]
    Exponent,
}

impl Quantity {
    /// Nothing: what an absent quantity means.
    pub const ZERO: Self = Self { negative: false, digits: Digits::Small(0), exponent: 0 };

    /// Reads the content of a JSON string, which Kubernetes relieves of blanks at both ends first.
    ///
    /// # Errors
    ///
    /// See [`QuantityError`].
    pub fn from_json_text(text: &str) -> Result<Self, QuantityError> {
        // These stand escaped in the JSON that Go writes, and Kubernetes looks at the escaped text.
        let is_escaped = |blank: char| blank.is_ascii_control() || matches!(blank, '\u{2028}' | '\u{2029}');
        text.trim_matches(|blank: char| blank.is_whitespace() && !is_escaped(blank)).parse()
    }

    /// A JSON number with a fraction or an exponent.
    ///
    /// # Errors
    ///
    /// [`QuantityError::Form`] if the number is not finite.
    pub fn from_json_number(number: f64) -> Result<Self, QuantityError> {
        let mut text = NumberText::EMPTY;
        fmt::write(&mut text, format_args!("{number:e}")).map_err(|_| QuantityError::Form)?;
        std::str::from_utf8(text.as_bytes()).map_err(|_| QuantityError::Form)?.parse()
    }

    /// The value in billionths, unless it is beyond an `i128`.
    pub fn nanos(&self) -> Option<i128> {
        let Digits::Small(digits) = self.digits else { return None };
        let power = u32::try_from(self.exponent.checked_add(9)?).ok()?;
        let magnitude = i128::try_from(digits.checked_mul(10_u128.checked_pow(power)?)?).ok()?;
        Some(if self.negative { -magnitude } else { magnitude })
    }

    /// Whether it is 0, however written.
    pub fn is_zero(&self) -> bool {
        self.digits == Digits::Small(0)
    }

    /// Whether it is below 0.
    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// The one form of `digits * 10^exponent`.
    fn normalised(negative: bool, mut digits: u128, mut exponent: i64) -> Self {
        if digits == 0 {
            return Self::ZERO;
        }
        // Few have more digits than a machine word holds, and those cost a call for each division.
        if let Ok(mut few) = u64::try_from(digits) {
            while few.is_multiple_of(10) {
                few /= 10;
                exponent += 1;
            }
            return Self { negative, digits: Digits::Small(few.into()), exponent };
        }
        while digits.is_multiple_of(10) {
            digits /= 10;
            exponent += 1;
        }
        Self { negative, digits: Digits::Small(digits), exponent }
    }

    /// -1, 0 or 1.
    fn sign(&self) -> i8 {
        match (self.is_zero(), self.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }

    fn compare_magnitude(&self, other: &Self) -> Ordering {
        if let Some([left, right]) = self.aligned(other) {
            return left.cmp(&right);
        }
        let (mut left, mut right) = (NumberText::EMPTY, NumberText::EMPTY);
        let (left, right) = (self.digits.write(&mut left), other.digits.write(&mut right));
        let order = |digits: &[u8], exponent| i64::try_from(digits.len()).unwrap_or(i64::MAX) + exponent;
        // Without zeros at the end, digits of equal weight compare like text.
        order(left, self.exponent).cmp(&order(right, other.exponent)).then_with(|| left.cmp(right))
    }

    /// Both digits at one exponent, if that takes no more than 128 bits.
    fn aligned(&self, other: &Self) -> Option<[u128; 2]> {
        let (Digits::Small(left), Digits::Small(right)) = (&self.digits, &other.digits) else { return None };
        let (left, right) = (u64::try_from(*left).ok()?, u64::try_from(*right).ok()?);
        let difference = self.exponent.checked_sub(other.exponent)?;
        let factor = 10_u64.checked_pow(u32::try_from(difference.unsigned_abs()).ok()?)?;
        let [left_factor, right_factor] = if difference > 0 { [factor, 1] } else { [1, factor] };
        Some([u128::from(left) * u128::from(left_factor), u128::from(right) * u128::from(right_factor)])
    }
}

impl Digits {
    fn write<'a>(&'a self, buffer: &'a mut NumberText) -> &'a [u8] {
        match self {
            Self::Large(digits) => digits,
            Self::Small(digits) => {
                // An u128 has at most 39 digits.
                let _ = fmt::write(buffer, format_args!("{digits}"));
                buffer.as_bytes()
            }
        }
    }
}

impl From<i64> for Quantity {
    fn from(whole: i64) -> Self {
        Self::normalised(whole < 0, whole.unsigned_abs().into(), 0)
    }
}

impl From<u64> for Quantity {
    fn from(whole: u64) -> Self {
        Self::normalised(false, whole.into(), 0)
    }
}

impl FromStr for Quantity {
    type Err = QuantityError;

    /// Reads a quantity as Go's `resource.ParseQuantity` does; a blank is refused.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse::quantity(text)
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sign().cmp(&other.sign()).then_with(|| {
            let magnitude = self.compare_magnitude(other);
            if self.negative { magnitude.reverse() } else { magnitude }
        })
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A number's text without an allocation: a shortest `f64` has at most 24 characters, an `u128` 39.
struct NumberText {
    bytes: [u8; 40],
    length: usize,
}

impl NumberText {
    const EMPTY: Self = Self { bytes: [0; 40], length: 0 };

    fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl fmt::Write for NumberText {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Quantity {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn one_value_has_many_spellings() {
        for (left, right) in [
            ("1024Mi", "1Gi"),
            ("0.5", "500m"),
            ("1", "1000m"),
            ("1e3", "1k"),
            ("1E3", "1000"),
            ("1E", "1000P"),
            ("+1", "01"),
            (".5", "0.50"),
            ("5.", "5"),
            ("0.5Ki", "512"),
            ("-0", "0Ki"),
            ("1e4294967296", "1"),
            ("0.1n", "1n"),
            ("-0.1n", "-1n"),
            ("9Ei", "9223372036854775807"),
        ] {
            assert_eq!(quantity(left), quantity(right), "{left} and {right}");
            assert_eq!(quantity(left).cmp(&quantity(right)), Ordering::Equal, "{left} and {right}");
        }
    }

    #[test]
    fn quantities_are_ordered_by_value() {
        let huge = format!("1{}", "0".repeat(60));
        let ascending = [
            "-1e30", "-1", "-999m", "-1n", "0", "1n", "1m", "999m", "1", "1001m", "1k", "1Ki", "10Ki", &huge,
            "1e61",
        ];
        for (at, left) in ascending.iter().enumerate() {
            for (other, right) in ascending.iter().enumerate() {
                assert_eq!(quantity(left).cmp(&quantity(right)), at.cmp(&other), "{left} and {right}");
            }
        }
    }

    #[test]
    fn a_text_that_is_no_quantity_says_why() {
        for (text, error) in [
            ("", QuantityError::Form),
            (" 1", QuantityError::Form),
            ("1 Gi", QuantityError::Form),
            ("1e1.5", QuantityError::Form),
            ("1,5", QuantityError::Form),
            ("1.5.", QuantityError::Form),
            ("1gi", QuantityError::Form),
            ("1e", QuantityError::Unit),
            ("1GB", QuantityError::Form),
            ("1kG", QuantityError::Unit),
            ("1e99999999999999999999", QuantityError::Unit),
            (".Ei", QuantityError::Number),
            ("1.5e-2000000000", QuantityError::Exponent),
            ("1e2000000000", QuantityError::Exponent),
        ] {
            assert_eq!(text.parse::<Quantity>(), Err(error), "{text}");
        }
    }

    #[test]
    fn json_texts_may_have_blanks_around_and_numbers_may_have_exponents() {
        assert_eq!(Quantity::from_json_text(" 1Gi\u{a0}"), Ok(quantity("1Gi")));
        assert_eq!(Quantity::from_json_text("1\n"), Err(QuantityError::Form));
        assert_eq!(Quantity::from_json_number(1.5), Ok(quantity("1500m")));
        assert_eq!(Quantity::from_json_number(1e39), Ok(quantity("1e39")));
        assert_eq!(Quantity::from_json_number(-f64::MIN_POSITIVE), Ok(quantity("-1n")));
        assert_eq!(Quantity::from_json_number(f64::NAN), Err(QuantityError::Form));
        assert_eq!(Quantity::from(i64::MIN).nanos(), Some(i128::from(i64::MIN) * 1_000_000_000));
        assert_eq!(Quantity::from(0_u64), Quantity::ZERO);
    }

    #[test]
    fn nanos_are_exact_or_absent() {
        assert_eq!(quantity("1500m").nanos(), Some(1_500_000_000));
        assert_eq!(quantity("-1Ki").nanos(), Some(-1_024_000_000_000));
        assert_eq!(quantity("1e29").nanos(), Some(10_i128.pow(38)));
        assert_eq!(quantity("1e30").nanos(), None);
        assert_eq!(quantity("0.0000000001").nanos(), Some(1));
    }
}
