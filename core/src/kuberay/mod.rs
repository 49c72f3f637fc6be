//! The KubeRay that runs in the cluster: its version and its feature gates. Rules ask it whether they apply.

mod gates;
mod version;

pub use gates::{FeatureGate, FeatureGates, FeatureGatesError};
pub use version::{KubeRayVersion, UnknownKubeRayVersion};

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

    /// The same, for gates that somebody gave together with the version.
    ///
    /// # Errors
    ///
    /// When the version does not know one of the gates.
    pub fn with_known_gates(
        version: KubeRayVersion,
        gates: FeatureGates,
    ) -> Result<Self, GateOfAnotherVersion> {
        match gates.unknown_to(version).first() {
            Some(gate) => Err(GateOfAnotherVersion { gate: *gate, version }),
            None => Ok(Self::new(version, gates)),
        }
    }

    /// The minor version.
    pub fn version(&self) -> KubeRayVersion {
        self.version
    }

    /// The gates as they were set.
    pub fn gates(&self) -> &FeatureGates {
        &self.gates
    }

    /// Whether the operator has this feature gate on; what its version does not know is off.
    pub fn enables(&self, gate: FeatureGate) -> bool {
        let set = self.gates.setting(gate).unwrap_or_else(|| gate.default_in(self.version));
        set && gate.is_known_in(self.version)
    }
}

/// A feature gate that the operator of this version does not know: with it, it would not start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("KubeRay {version} has no feature gate `{}`: it knows {}", .gate.as_str(), known_in(*.version))]
pub struct GateOfAnotherVersion {
    gate: FeatureGate,
    version: KubeRayVersion,
}

fn known_in(version: KubeRayVersion) -> String {
    let known = FeatureGate::ALL.into_iter().filter(|gate| gate.is_known_in(version));
    known.map(FeatureGate::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_gate_of_another_version_is_refused_with_those_that_are_known() {
        let gates: FeatureGates = "RayCronJob=true,AsyncJobInfoQuery=false".parse().expect("two gates");
        let of = |version| KubeRay::with_known_gates(version, gates.clone());
        assert_eq!(of(KubeRayVersion::V1_6), Ok(KubeRay::new(KubeRayVersion::V1_6, gates.clone())));
        let removed = of(KubeRayVersion::V1_7).expect_err("only 1.6 had it").to_string();
        assert!(removed.starts_with("KubeRay 1.7 has no feature gate `AsyncJobInfoQuery`"), "{removed}");
        let early = of(KubeRayVersion::V1_4).expect_err("1.6 brought it").to_string();
        assert!(early.ends_with("it knows RayClusterStatusConditions, RayJobDeletionPolicy"), "{early}");
        assert!(!KubeRay::new(KubeRayVersion::V1_4, gates).enables(FeatureGate::RayCronJob));
    }
}
