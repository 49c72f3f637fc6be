//! The version of Ray that a job names, read and compared as KubeRay does. Rules ask it for features of Ray.

use std::fmt;
use std::str::FromStr;

/// A version as Kubernetes' `version.ParseGeneric` reads it (apimachinery v0.32 to v0.36): numbers only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RayVersion {
    /// Without zeros at the end, since `2.52` is `2.52.0`.
    numbers: Vec<u64>,
}

/// A text that does not begin with two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a version begins with two numbers, for example 2.52.0")]
pub struct MalformedRayVersion;

/// Major and minor version of Ray, as features come and go with them.
pub type Release = [u64; 2];

impl RayVersion {
    /// Its major and minor version.
    pub fn release(&self) -> Release {
        let number = |at: usize| self.numbers.get(at).copied().unwrap_or(0);
        [number(0), number(1)]
    }

    /// Whether it is older than the first release of that major and minor version.
    pub fn is_before(&self, release: Release) -> bool {
        self.numbers.as_slice() < without_zeros_at_the_end(&release)
    }
}

impl FromStr for RayVersion {
    type Err = MalformedRayVersion;

    /// Reads blanks, perhaps a `v`, two or more numbers, and leaves whatever follows on the line unread.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // What Go's `\s` means: no vertical tab.
        let text = text.trim_start_matches(['\t', '\n', '\x0c', '\r', ' ']);
        let text = text.strip_prefix('v').unwrap_or(text);
        // Go's pattern ends in `.*$`, which passes no line feed.
        if text.contains('\n') {
            return Err(MalformedRayVersion);
        }
        let mut numbers = Vec::new();
        let mut rest = Some(text);
        while let Some(text) = rest {
            let end = text.find(|next: char| !next.is_ascii_digit()).unwrap_or(text.len());
            let (digits, behind) = text.split_at(end);
            if digits.is_empty() {
                break;
            }
            if numbers.is_empty() && digits.starts_with('0') && digits != "0" {
                return Err(MalformedRayVersion);
            }
            numbers.push(digits.parse().map_err(|_| MalformedRayVersion)?);
            rest = behind.strip_prefix('.');
        }
        if numbers.len() < 2 {
            return Err(MalformedRayVersion);
        }
        numbers.truncate(without_zeros_at_the_end(&numbers).len());
        Ok(Self { numbers })
    }
}

/// Versions between bounds, for example `>=2.46, <2.60`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RayVersionRange {
    conditions: Vec<(Comparison, RayVersion)>,
    written: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    AtLeast,
    AtMost,
    Above,
    Below,
    Exactly,
}

/// Longer signs first, so that `>=` is not read as `>`.
const COMPARISONS: [(&str, Comparison); 6] = [
    (">=", Comparison::AtLeast),
    ("<=", Comparison::AtMost),
    ("==", Comparison::Exactly),
    (">", Comparison::Above),
    ("<", Comparison::Below),
    ("=", Comparison::Exactly),
];

/// A text that is no range of versions.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no range of versions: write comparisons such as `>=2.46, <2.60`")]
pub struct MalformedRayVersionRange(String);

impl RayVersionRange {
    /// Whether the version is within all bounds.
    pub fn contains(&self, version: &RayVersion) -> bool {
        self.conditions.iter().all(|(comparison, bound)| match comparison {
            Comparison::AtLeast => version >= bound,
            Comparison::AtMost => version <= bound,
            Comparison::Above => version > bound,
            Comparison::Below => version < bound,
            Comparison::Exactly => version == bound,
        })
    }
}

impl FromStr for RayVersionRange {
    type Err = MalformedRayVersionRange;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let malformed = || MalformedRayVersionRange(text.to_owned());
        let condition = |part: &str| {
            let part = part.trim();
            let (comparison, version) = COMPARISONS
                .iter()
                .find_map(|(sign, comparison)| Some((*comparison, part.strip_prefix(sign)?)))?;
            // What follows the numbers would go unread.
            let is_plain = version.trim().bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            Some((comparison, version.trim().parse().ok().filter(|_| is_plain)?))
        };
        let conditions = text.split(',').map(condition).collect::<Option<_>>().ok_or_else(malformed)?;
        Ok(Self { conditions, written: text.to_owned() })
    }
}

impl fmt::Display for RayVersionRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.written)
    }
}

fn without_zeros_at_the_end(numbers: &[u64]) -> &[u64] {
    let end = numbers.iter().rposition(|number| *number != 0).map_or(0, |last| last + 1);
    numbers.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts, and whether `ParseGeneric` takes them for a version before 2.52.0; `None` where it refuses them.
    #[rustfmt::skip]
    const TABLE: [(&str, Option<bool>); 68] = [
        ("", None),
        ("2", None),
        ("2.", None),
        ("2.5", Some(true)),
        ("2.52", Some(false)),
        ("v2.52", Some(false)),
        ("V2.52", None),
        ("vv2.52", None),
        ("v 2.52", None),
        ("v", None),
        ("2.52.", Some(false)),
        ("2.52.0", Some(false)),
        ("2.52.0.0", Some(false)),
        ("2.52.0.1", Some(false)),
        ("2.52.1", Some(false)),
        ("2.052.0", Some(false)),
        ("02.52.0", None),
        ("00.1", None),
        ("0.0", Some(true)),
        ("0.0.0", Some(true)),
        ("0.52", Some(true)),
        ("2.00", Some(true)),
        ("2..52", None),
        (".2.52", None),
        ("2,52", None),
        ("2 .52", None),
        ("2. 52", None),
        (" 2.52", Some(false)),
        ("\t\n\x0c\x0d 2.52", Some(false)),
        ("\x0b2.52", None),
        ("\u{a0}2.52", None),
        ("2.52\n", None),
        ("2.52\n.1", None),
        ("2.52 ", Some(false)),
        ("2.52\x0d", Some(false)),
        ("2.52\t", Some(false)),
        ("2.52rc1", Some(false)),
        ("2.52.0rc1", Some(false)),
        ("2.52.0-py310", Some(false)),
        ("2.52.0-py310-gpu", Some(false)),
        ("2.52é", Some(false)),
        ("3.0.0.dev0", Some(false)),
        ("2.52.x", Some(false)),
        ("2.x", None),
        ("nightly", None),
        ("latest", None),
        ("nightly-py310", None),
        ("ray-2.52", None),
        ("-2.52", None),
        ("+2.52", None),
        ("2.-52", None),
        ("2.+52", None),
        ("2.5_2", Some(true)),
        ("2.18446744073709551615", Some(false)),
        ("2.18446744073709551616", None),
        ("18446744073709551615.1", Some(false)),
        ("18446744073709551616.1", None),
        ("2.52.99999999999999999999", None),
        ("٢.٥", None),
        ("2.５", None),
        ("10.0", Some(false)),
        ("9.9", Some(false)),
        ("2.9", Some(true)),
        ("2.51.99", Some(true)),
        ("2.55.9", Some(false)),
        ("2.56", Some(false)),
        ("2.56.0a", Some(false)),
        ("3.0", Some(false)),
    ];

    #[test]
    fn texts_are_read_and_compared_as_kubernetes_does() {
        for (text, is_before) in TABLE {
            let version = text.parse::<RayVersion>().ok();
            assert_eq!(version.map(|version| version.is_before([2, 52])), is_before, "{text:?}");
        }
    }
}
