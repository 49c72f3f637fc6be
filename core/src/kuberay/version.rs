//! KubeRay's minor versions, as flags name them.

use std::fmt;
use std::str::FromStr;

/// A minor version of KubeRay that Raygate knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KubeRayVersion {
    /// KubeRay 1.3
    V1_3,
    /// KubeRay 1.4
    V1_4,
    /// KubeRay 1.5
    V1_5,
    /// KubeRay 1.6
    V1_6,
    /// KubeRay 1.7, the newest: the one to assume when nobody says otherwise
    #[default]
    V1_7,
}

impl KubeRayVersion {
    /// All known versions, oldest first.
    pub const ALL: [Self; 5] = [Self::V1_3, Self::V1_4, Self::V1_5, Self::V1_6, Self::V1_7];

    /// The oldest known version.
    pub const OLDEST: Self = Self::V1_3;

    /// The newest known version: the one to assume when nobody says otherwise.
    pub const NEWEST: Self = Self::V1_7;

    /// The version as people write it, for example `1.7`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V1_3 => "1.3",
            Self::V1_4 => "1.4",
            Self::V1_5 => "1.5",
            Self::V1_6 => "1.6",
            Self::V1_7 => "1.7",
        }
    }
}

impl fmt::Display for KubeRayVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A KubeRay version that Raygate does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown KubeRay version `{0}`: known are 1.3, 1.4, 1.5, 1.6 and 1.7, each with any patch version")]
pub struct UnknownKubeRayVersion(String);

impl FromStr for KubeRayVersion {
    type Err = UnknownKubeRayVersion;

    /// Reads `1.7`, `v1.7` or `1.7.2`; the patch version changes no rule.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownKubeRayVersion(text.to_owned());
        let mut parts = text.strip_prefix('v').unwrap_or(text).splitn(3, '.');
        let (major, minor, patch) = (parts.next(), parts.next(), parts.next());
        if major != Some("1")
            || patch.is_some_and(|patch| {
                patch.is_empty() || !patch.starts_with(|first: char| first.is_ascii_digit())
            })
        {
            return Err(unknown());
        }
        Self::ALL.into_iter().find(|version| minor == version.as_str().get(2..)).ok_or_else(unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_people_write_them() {
        for text in ["1.7", "v1.7", "1.7.0", "v1.7.3", "1.7.0-rc.1"] {
            assert_eq!(text.parse(), Ok(KubeRayVersion::V1_7), "{text}");
        }
        for text in ["", "1", "1.2", "1.8", "2.7", "1.7.", "1.7.x", "1.70", "latest"] {
            let error = text.parse::<KubeRayVersion>().expect_err(text).to_string();
            assert!(error.contains("1.3, 1.4, 1.5, 1.6 and 1.7"), "{error}");
        }
    }
}
