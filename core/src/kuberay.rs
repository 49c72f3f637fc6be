//! The KubeRay that runs in the cluster: its version and its feature gates. Rules ask it whether they apply.

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

/// The KubeRay whose behaviour the rules predict: a version and the feature gates set on its operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KubeRay {
    version: KubeRayVersion,
    gates: FeatureGates,
}

impl Default for KubeRay {
    fn default() -> Self {
        Self::new(KubeRayVersion::NEWEST, FeatureGates::default())
    }
}

impl KubeRay {
    /// A KubeRay of this version with these gates set; gates that are not set have the version's default.
    pub fn new(version: KubeRayVersion, gates: FeatureGates) -> Self {
        Self { version, gates }
    }

    /// The minor version.
    pub fn version(&self) -> KubeRayVersion {
        self.version
    }

    /// Whether the operator has this feature gate on.
    pub fn enables(&self, gate: FeatureGate) -> bool {
        self.gates
            .set
            .iter()
            .rev()
            .find(|(set, _)| *set == gate)
            .map_or_else(|| gate.default_in(self.version), |(_, on)| *on)
    }
}

/// A feature gate of the KubeRay operator (`pkg/features/features.go`, v1.3 to v1.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are KubeRay's own and are documented there")]
pub enum FeatureGate {
    RayClusterStatusConditions,
    RayJobDeletionPolicy,
    RayMultiHostIndexing,
    RayServiceIncrementalUpgrade,
    RayCronJob,
    AsyncJobInfoQuery,
    SidecarSubmitterRestart,
    RayClusterNetworkPolicy,
    GCSFaultToleranceEmbeddedStorage,
    RayClusterMTLS,
    RayClusterHistoryServer,
    KubernetesWAS,
}

impl FeatureGate {
    /// All gates of all known versions.
    pub const ALL: [Self; 12] = [
        Self::RayClusterStatusConditions,
        Self::RayJobDeletionPolicy,
        Self::RayMultiHostIndexing,
        Self::RayServiceIncrementalUpgrade,
        Self::RayCronJob,
        Self::AsyncJobInfoQuery,
        Self::SidecarSubmitterRestart,
        Self::RayClusterNetworkPolicy,
        Self::GCSFaultToleranceEmbeddedStorage,
        Self::RayClusterMTLS,
        Self::RayClusterHistoryServer,
        Self::KubernetesWAS,
    ];

    /// The gate's name in KubeRay's `--feature-gates`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RayClusterStatusConditions => "RayClusterStatusConditions",
            Self::RayJobDeletionPolicy => "RayJobDeletionPolicy",
            Self::RayMultiHostIndexing => "RayMultiHostIndexing",
            Self::RayServiceIncrementalUpgrade => "RayServiceIncrementalUpgrade",
            Self::RayCronJob => "RayCronJob",
            Self::AsyncJobInfoQuery => "AsyncJobInfoQuery",
            Self::SidecarSubmitterRestart => "SidecarSubmitterRestart",
            Self::RayClusterNetworkPolicy => "RayClusterNetworkPolicy",
            Self::GCSFaultToleranceEmbeddedStorage => "GCSFaultToleranceEmbeddedStorage",
            Self::RayClusterMTLS => "RayClusterMTLS",
            Self::RayClusterHistoryServer => "RayClusterHistoryServer",
            Self::KubernetesWAS => "KubernetesWAS",
        }
    }

    /// Whether the gate is on in this version when nobody sets it.
    pub fn default_in(self, version: KubeRayVersion) -> bool {
        match self {
            Self::RayClusterStatusConditions => true,
            Self::RayJobDeletionPolicy | Self::RayMultiHostIndexing => version >= KubeRayVersion::V1_6,
            Self::RayServiceIncrementalUpgrade => version >= KubeRayVersion::V1_7,
            _ => false,
        }
    }
}

/// Feature gates as set on the operator's command line; a later setting of the same gate wins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeatureGates {
    set: Vec<(FeatureGate, bool)>,
}

/// A feature-gate list that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeatureGatesError {
    /// An entry is not of the form `Name=true` or `Name=false`.
    #[error("feature gate `{0}` must be written NAME=true or NAME=false")]
    Form(String),
    /// KubeRay has no gate of this name in any known version.
    #[error("unknown KubeRay feature gate `{name}`: known are {}", known_gates())]
    Unknown {
        /// The name as given.
        name: String,
    },
}

fn known_gates() -> String {
    FeatureGate::ALL.map(FeatureGate::as_str).join(", ")
}

impl FromStr for FeatureGates {
    type Err = FeatureGatesError;

    /// Reads `A=true,B=false`; an empty text sets nothing.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        let set = entries.map(read_gate).collect::<Result<_, _>>()?;
        Ok(Self { set })
    }
}

fn read_gate(entry: &str) -> Result<(FeatureGate, bool), FeatureGatesError> {
    let form = || FeatureGatesError::Form(entry.to_owned());
    let (name, value) = entry.split_once('=').ok_or_else(form)?;
    let on = value.trim().parse().map_err(|_| form())?;
    let name = name.trim();
    let gate = FeatureGate::ALL.into_iter().find(|gate| gate.as_str() == name);
    gate.map(|gate| (gate, on)).ok_or_else(|| FeatureGatesError::Unknown { name: name.to_owned() })
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

    #[test]
    fn a_gate_has_its_versions_default_until_it_is_set() {
        let gate = FeatureGate::RayJobDeletionPolicy;
        assert!(!KubeRay::new(KubeRayVersion::V1_5, FeatureGates::default()).enables(gate));
        assert!(KubeRay::new(KubeRayVersion::V1_6, FeatureGates::default()).enables(gate));
        let off = "RayJobDeletionPolicy=false, RayClusterMTLS=true".parse().expect("two gates");
        let kuberay = KubeRay::new(KubeRayVersion::V1_7, off);
        assert!(!kuberay.enables(gate));
        assert!(kuberay.enables(FeatureGate::RayClusterMTLS));
    }

    #[test]
    fn a_bad_gate_list_says_which_entry_is_wrong() {
        let error = "RayJobDeletionPolicy".parse::<FeatureGates>().expect_err("no value");
        assert_eq!(error, FeatureGatesError::Form("RayJobDeletionPolicy".into()));
        let error = "RayJobs=true".parse::<FeatureGates>().expect_err("unknown").to_string();
        assert!(error.contains("`RayJobs`") && error.contains("RayClusterMTLS"), "{error}");
    }
}
