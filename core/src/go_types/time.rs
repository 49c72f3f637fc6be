//! The text of a Go `metav1.Time` becomes an instant, so that `2026-01-01T00:00:00Z` and `2026-01-01T01:00:00+01:00`
//! are one. A text is accepted or refused as Go's `time.Parse` has it, oddities included: an hour of one digit, a comma
//! before the fraction, zones of 24 hours.

/// Seconds since 1970 in UTC, and the nanoseconds behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Instant {
    seconds: i64,
    nanoseconds: u32,
}

impl Instant {
    /// Go's zero time, `0001-01-01T00:00:00Z`.
    pub(crate) const ZERO: Self = Self { seconds: -62_135_596_800, nanoseconds: 0 };

    /// Whole seconds since 1970 in UTC.
    pub(crate) const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Reads RFC 3339; of the fraction nine digits count.
    pub(crate) fn from_rfc3339(text: &str) -> Option<Self> {
        let mut rest = Rest(text);
        let year = rest.digits(4)?;
        let month = rest.after('-')?.digits(2)?;
        let day = rest.after('-')?.digits(2)?;
        let hour = rest.after('T')?.one_or_two_digits()?;
        let minute = rest.after(':')?.digits(2)?;
        let second = rest.after(':')?.digits(2)?;
        let nanoseconds = rest.fraction()?;
        let offset = rest.zone()?;
        let valid = (1..=12).contains(&month)
            && (1..=days_in(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60;
        let seconds = days_since_1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
        valid.then_some(Self { seconds: seconds - offset, nanoseconds })
    }
}

/// What is still to be read.
struct Rest<'a>(&'a str);

impl Rest<'_> {
    fn after(&mut self, separator: char) -> Option<&mut Self> {
        self.0 = self.0.strip_prefix(separator)?;
        Some(self)
    }

    fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
    }

    fn one_or_two_digits(&mut self) -> Option<i64> {
        let has_two = self.0.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        self.digits(if has_two { 2 } else { 1 })
    }

    /// The nanoseconds behind a point or comma, if there is one with a digit behind it.
    fn fraction(&mut self) -> Option<u32> {
        let Some(behind) = self.0.strip_prefix(['.', ',']) else { return Some(0) };
        let end = behind.find(|it: char| !it.is_ascii_digit()).unwrap_or(behind.len());
        let (digits, rest) = behind.split_at(end);
        self.0 = rest;
        let counted = digits.get(..9).unwrap_or(digits);
        let missing = u32::try_from(9 - counted.len()).ok()?;
        Some(counted.parse::<u32>().ok()? * 10_u32.pow(missing))
    }

    /// The seconds that the zone at the end is ahead of UTC.
    fn zone(&mut self) -> Option<i64> {
        if self.0 == "Z" {
            return Some(0);
        }
        let sign = if self.0.starts_with('-') { -1 } else { 1 };
        self.0 = self.0.strip_prefix(['+', '-'])?;
        let (hours, minutes) = (self.digits(2)?, self.after(':')?.digits(2)?);
        (hours <= 24 && minutes <= 60 && self.0.is_empty()).then_some(sign * (hours * 3_600 + minutes * 60))
    }
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Counted in years that begin in March, so that the leap day comes last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_has_many_spellings() {
        let instant = Instant::from_rfc3339("2026-03-01T00:30:00Z");
        assert_eq!(instant, Some(Instant { seconds: 1_772_325_000, nanoseconds: 0 }));
        for text in ["2026-02-28T23:30:00-01:00", "2026-03-01T06:00:00+05:30", "2026-03-01T0:30:00,000Z"] {
            assert_eq!(Instant::from_rfc3339(text), instant, "{text}");
        }
        assert_ne!(Instant::from_rfc3339("2026-03-01T00:30:00.000000001Z"), instant);
        assert_eq!(Instant::from_rfc3339("0001-01-01T00:00:00Z"), Some(Instant::ZERO));
        assert!(Instant::from_rfc3339("2024-02-29T00:00:00Z").is_some());
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "2026-03-01",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-03-01T24:00:00Z",
            "2026-03-01T00:00:60Z",
            "2026-03-01T00:00:00",
            "2026-03-01T00:00:00.Z",
            "2026-03-01T00:00:00z",
            "2026-03-01T00:00:00,Z",
            "2026-03-01T00:00:00+25:00",
            "2026-03-01T00:00:00+01:61",
            "2026-03-01T00:00:00+01",
            "2026-03-01T00:00:00Z ",
        ] {
            assert_eq!(Instant::from_rfc3339(text), None, "{text}");
        }
    }
}
