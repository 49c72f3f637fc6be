//! The feature gates of KubeRay's operator: which version knows them, and what it makes of those that nobody sets.

use std::str::FromStr;

use super::KubeRayVersion;

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

    /// The first and the last version that know the gate, and the first that has it on when nobody sets it
    /// (`defaultFeatureGates` of v1.3.0 to v1.7.0; no patch version differs from its others).
    const fn history(self) -> (KubeRayVersion, KubeRayVersion, Option<KubeRayVersion>) {
        use KubeRayVersion::{V1_3, V1_5, V1_6, V1_7};
        const NEWEST: KubeRayVersion = KubeRayVersion::NEWEST;
        match self {
            Self::RayClusterStatusConditions => (V1_3, NEWEST, Some(V1_3)),
            Self::RayJobDeletionPolicy => (V1_3, NEWEST, Some(V1_6)),
            Self::RayMultiHostIndexing => (V1_5, NEWEST, Some(V1_6)),
            Self::RayServiceIncrementalUpgrade => (V1_5, NEWEST, Some(V1_7)),
            Self::RayCronJob => (V1_6, NEWEST, None),
            Self::AsyncJobInfoQuery => (V1_6, V1_6, None),
            Self::SidecarSubmitterRestart
            | Self::RayClusterNetworkPolicy
            | Self::GCSFaultToleranceEmbeddedStorage
            | Self::RayClusterMTLS
            | Self::RayClusterHistoryServer
            | Self::KubernetesWAS => (V1_7, NEWEST, None),
        }
    }

    /// Whether an operator of this version starts when the gate is set.
    pub fn is_known_in(self, version: KubeRayVersion) -> bool {
        let (first, last, _) = self.history();
        (first..=last).contains(&version)
    }

    /// Whether the gate is on in this version when nobody sets it.
    pub fn default_in(self, version: KubeRayVersion) -> bool {
        let (_, _, on_since) = self.history();
        self.is_known_in(version) && on_since.is_some_and(|since| version >= since)
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

impl FeatureGates {
    /// What was set for this gate; the last setting wins.
    pub fn setting(&self, gate: FeatureGate) -> Option<bool> {
        self.set.iter().rev().find(|(set, _)| *set == gate).map(|(_, on)| *on)
    }

    /// Those gates set that this version does not know: its operator would not start.
    pub fn unknown_to(&self, version: KubeRayVersion) -> Vec<FeatureGate> {
        self.set.iter().map(|(gate, _)| *gate).filter(|gate| !gate.is_known_in(version)).collect()
    }
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
    fn a_bad_gate_list_says_which_entry_is_wrong() {
        let error = "RayJobDeletionPolicy".parse::<FeatureGates>().expect_err("no value");
        assert_eq!(error, FeatureGatesError::Form("RayJobDeletionPolicy".into()));
        let error = "RayJobs=true".parse::<FeatureGates>().expect_err("unknown").to_string();
        assert!(error.contains("`RayJobs`") && error.contains("RayClusterMTLS"), "{error}");
    }
}
