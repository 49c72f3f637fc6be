//! Sums and products of quantities, for totals, and how people read them.

use std::fmt;

use super::{Digits, Quantity};

/// The first number with more digits than are small.
const MORE_THAN_SMALL: u128 = 10_u128.pow(38);

const BILLION: u128 = 1_000_000_000;

impl Quantity {
    /// The exact sum, unless one of the three is beyond what [`Self::nanos`] counts.
    #[must_use]
    pub fn checked_add(&self, other: &Self) -> Option<Self> {
        Self::from_nanos(self.nanos()?.checked_add(other.nanos()?)?)
    }

    /// Exactly so many times the quantity, unless one of the two is beyond what [`Self::nanos`] counts.
    #[must_use]
    pub fn checked_mul(&self, factor: u64) -> Option<Self> {
        Self::from_nanos(self.nanos()?.checked_mul(factor.into())?)
    }

    /// So many billionths, while the digits are few enough to be [`Digits::Small`] however they are come by.
    fn from_nanos(nanos: i128) -> Option<Self> {
        let magnitude = nanos.unsigned_abs();
        (magnitude < MORE_THAN_SMALL).then(|| Self::normalised(nanos < 0, magnitude, -9))
    }
}

/// The units of bytes, the largest first.
const UNITS: [(&str, u128); 10] = [
    ("Ei", 1 << 60),
    ("Pi", 1 << 50),
    ("Ti", 1 << 40),
    ("T", 1_000_000_000_000),
    ("Gi", 1 << 30),
    ("G", 1_000_000_000),
    ("Mi", 1 << 20),
    ("M", 1_000_000),
    ("Ki", 1 << 10),
    ("k", 1000),
];

impl Quantity {
    /// The exact value with the largest unit of which it is a whole number, as people write amounts of bytes: `32Gi`.
    #[must_use]
    pub fn in_bytes(&self) -> String {
        let nanos = self.nanos().filter(|nanos| *nanos > 0).map(i128::unsigned_abs);
        let whole = nanos.filter(|nanos| nanos.is_multiple_of(BILLION)).map(|nanos| nanos / BILLION);
        let unit = |bytes: u128| {
            UNITS.into_iter().find(|(_, size)| bytes.is_multiple_of(*size)).map(|unit| (bytes, unit))
        };
        match whole.and_then(unit) {
            Some((bytes, (unit, size))) => format!("{}{unit}", bytes / size),
            None => self.to_string(),
        }
    }
}

impl fmt::Display for Quantity {
    /// The exact value without a unit: `8`, `0.5`, `34359738368`, and with an exponent where that is beyond counting.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.is_negative() { "-" } else { "" })?;
        let Some(nanos) = self.nanos().map(i128::unsigned_abs) else {
            return match &self.digits {
                Digits::Small(digits) => write!(formatter, "{digits}e{}", self.exponent),
                Digits::Large(digits) => {
                    write!(formatter, "{}e{}", String::from_utf8_lossy(digits), self.exponent)
                }
            };
        };
        let (whole, part) = (nanos / BILLION, nanos % BILLION);
        if part == 0 {
            return write!(formatter, "{whole}");
        }
        let part = format!("{part:09}");
        write!(formatter, "{whole}.{}", part.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Quantity {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn sums_and_products_are_exact_or_absent() {
        for (left, right, sum) in [
            ("500m", "500m", "1"),
            ("1Gi", "1G", "2073741824"),
            ("0.1", "0.2", "0.3"),
            ("1n", "1e19", "10000000000000000000000000001n"),
            ("-1", "1", "0"),
            ("9Ei", "1", "9223372036854775808"),
        ] {
            assert_eq!(quantity(left).checked_add(&quantity(right)), Some(quantity(sum)), "{left} + {right}");
            assert_eq!(quantity(right).checked_add(&quantity(left)), Some(quantity(sum)), "{right} + {left}");
        }
        for (left, factor, product) in [
            ("100m", 3, "0.3"),
            ("8Gi", 0, "0"),
            ("-1Ki", 2, "-2Ki"),
            ("1", u64::MAX, "18446744073709551615"),
        ] {
            assert_eq!(quantity(left).checked_mul(factor), Some(quantity(product)), "{left} * {factor}");
        }
        assert_eq!(quantity("1e28").checked_mul(100), None);
        assert_eq!(quantity("9e28").checked_add(&quantity("1e28")), None);
        assert_eq!(quantity("1e30").checked_add(&quantity("1")), None);
    }

    #[test]
    fn people_read_the_value_without_a_unit() {
        for (text, read) in [
            ("8", "8"),
            ("500m", "0.5"),
            ("-1500m", "-1.5"),
            ("32Gi", "34359738368"),
            ("1n", "0.000000001"),
            ("1e40", "1e40"),
        ] {
            assert_eq!(quantity(text).to_string(), read);
        }
    }

    #[test]
    fn people_read_bytes_with_the_unit_that_fits() {
        for (text, read) in [
            ("2Ti", "2Ti"),
            ("34359738368", "32Gi"),
            ("1.5Gi", "1536Mi"),
            ("16Gi", "16Gi"),
            ("500G", "500G"),
            ("1500M", "1500M"),
            ("1001", "1001"),
            ("0", "0"),
            ("500m", "0.5"),
            ("1e40", "1e40"),
        ] {
            assert_eq!(quantity(text).in_bytes(), read);
        }
    }
}
