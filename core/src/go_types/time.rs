//! The text of a Go `metav1.Time` becomes an instant, so that `2026-01-01T00:00:00Z` and `2026-01-01T01:00:00+01:00`
//! are one. Spellings that Go takes and nobody writes (`T1:00:00Z`, a comma before the fraction) are refused.

/// Seconds since 1970 in UTC, and the nanoseconds behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Instant {
    seconds: i64,
    nanoseconds: u32,
}

impl Instant {
    /// Go's zero time, `0001-01-01T00:00:00Z`.
    pub(crate) const ZERO: Self = Self { seconds: -62_135_596_800, nanoseconds: 0 };

    /// Reads RFC 3339 with up to nine digits of fraction.
    pub(crate) fn from_rfc3339(text: &str) -> Option<Self> {
        let (date, time) = text.split_once('T')?;
        let (year, month_and_day) = date.split_once('-')?;
        let (month, day) = month_and_day.split_once('-')?;
        let (year, month, day) = (digits(year, 4)?, digits(month, 2)?, digits(day, 2)?);
        let zone = time.find(['Z', '+', '-'])?;
        let (clock, zone) = time.split_at(zone);
        let (clock, fraction) = clock.split_once('.').map_or((clock, None), |(clock, it)| (clock, Some(it)));
        let (hour, minute_and_second) = clock.split_once(':')?;
        let (minute, second) = minute_and_second.split_once(':')?;
        let (hour, minute, second) = (digits(hour, 2)?, digits(minute, 2)?, digits(second, 2)?);
        let valid = (1..=12).contains(&month)
            && (1..=days_in(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60;
        let seconds = days_since_1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
        let nanoseconds = fraction.map_or(Some(0), nanoseconds)?;
        valid.then_some(Self { seconds: seconds - offset(zone)?, nanoseconds })
    }
}

fn digits(text: &str, count: usize) -> Option<i64> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn nanoseconds(fraction: &str) -> Option<u32> {
    let value = digits(fraction, fraction.len()).filter(|_| (1..=9).contains(&fraction.len()))?;
    let missing = u32::try_from(9 - fraction.len()).ok()?;
    Some(u32::try_from(value).ok()? * 10_u32.pow(missing))
}

/// The seconds that a zone is ahead of UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
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
        for text in ["2026-02-28T23:30:00-01:00", "2026-03-01T06:00:00+05:30", "2026-03-01T00:30:00.000Z"] {
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
            "2026-03-01T00:00:00+24:00",
            "2026-03-01T00:00:00+01",
            "2026-03-01T00:00:00Z ",
        ] {
            assert_eq!(Instant::from_rfc3339(text), None, "{text}");
        }
    }
}
