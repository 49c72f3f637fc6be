//! For which KubeRay the server judges: flags and what `cluster` sees come in, the configuration that the server reads
//! goes out, with a log line and a metric for each change.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwap;
use raygate_core::admission::Configuration;
use raygate_core::kuberay::{FeatureGate, FeatureGates, GateOfAnotherVersion, KubeRay, KubeRayVersion};

use crate::cluster::{Cluster, Sighting};
use crate::server::Preparation;
use crate::telemetry::Telemetry;

/// After this long without an answer of the API server the newest KubeRay is assumed, until it answers.
const PATIENCE: Duration = Duration::from_secs(5);

/// The KubeRay that jobs are judged for, and who needs to know of it.
pub(super) struct Target {
    /// What `--kuberay-version` says: whatever is seen, it wins.
    given: Option<KubeRayVersion>,
    gates: FeatureGates,
    judged_for: Mutex<KubeRayVersion>,
    configuration: Arc<ArcSwap<Configuration>>,
    preparation: Preparation,
    telemetry: Arc<Telemetry>,
}

impl Target {
    /// What the flags say, and without a version the newest; the rest is as configured.
    ///
    /// # Errors
    ///
    /// When the given version does not know a gate.
    pub(super) fn new(
        given: Option<KubeRayVersion>,
        gates: FeatureGates,
        configuration: Configuration,
        telemetry: Arc<Telemetry>,
    ) -> Result<Self, GateOfAnotherVersion> {
        let kuberay = match given {
            Some(version) => KubeRay::with_known_gates(version, gates.clone())?,
            None => KubeRay::new(KubeRayVersion::NEWEST, gates.clone()),
        };
        let version = kuberay.version();
        let source = if given.is_some() { "flag" } else { "assumed" };
        telemetry.metrics.set_kuberay(version.as_str(), source);
        let configuration = configuration.for_kuberay(&kuberay);
        Ok(Self {
            given,
            gates,
            judged_for: Mutex::new(version),
            configuration: Arc::new(ArcSwap::from_pointee(configuration)),
            preparation: Preparation::default(),
            telemetry,
        })
    }

    /// What reviews are judged by: always the newest, without a lock.
    pub(super) fn configuration(&self) -> Arc<ArcSwap<Configuration>> {
        Arc::clone(&self.configuration)
    }

    /// Whether the first configuration is there that reviews should be judged by.
    pub(super) fn preparation(&self) -> Preparation {
        self.preparation.clone()
    }

    /// Follows what stands in the cluster, for ever; without a cluster there is nothing to follow.
    pub(super) async fn follow(self, cluster: Option<Cluster>) {
        if self.given.is_some() {
            self.preparation.finish();
        }
        let Some(cluster) = cluster else {
            if self.given.is_none() {
                let newest = self.judged_for().as_str();
                tracing::info!(
                    kuberay = newest,
                    "no cluster to ask which KubeRay runs: the newest is assumed"
                );
                self.prepared();
            }
            return;
        };
        let mut watching = std::pin::pin!(cluster.watch_kuberay(|sighting| self.see(sighting)));
        if tokio::time::timeout(PATIENCE, &mut watching).await.is_err() && !self.preparation.is_finished() {
            self.assume(
                "the API server has not told yet which KubeRay runs: the newest is assumed until then",
            );
        }
        watching.await;
    }

    /// Takes note of what was seen.
    pub(super) fn see(&self, sighting: Sighting) {
        match (sighting, self.given) {
            (Sighting::Installed(installed), Some(given)) => self.compare(installed, given),
            (Sighting::Installed(installed), None) => {
                self.judge_for(installed, "crd");
                tracing::info!(kuberay = installed.as_str(), "judging for the KubeRay whose RayJob CRD is installed");
                self.prepared();
            }
            // Nobody asked: the flag says what to know.
            (_, Some(_)) => {}
            (Sighting::Missing, None) => {
                self.judge_for(KubeRayVersion::NEWEST, "assumed");
                self.assume("no RayJob CRD is installed: the newest KubeRay is assumed until there is one");
            }
            (Sighting::Unclear, None) => {
                self.judge_for(KubeRayVersion::NEWEST, "assumed");
                self.assume("the installed RayJob CRD lists no fields that tell KubeRay's version: give --kuberay-version");
            }
            (Sighting::Forbidden, None) => self.assume(
                "reading the RayJob CRD, which tells KubeRay's version, is forbidden: allow get, list and watch of the \
                 CustomResourceDefinition rayjobs.ray.io, or give --kuberay-version",
            ),
            // Not prepared by this: at the start the API server may come back in a moment.
            (Sighting::Unreachable(error), None) => {
                let judged_for = self.judged_for().as_str();
                tracing::warn!(kuberay = judged_for, error, "the API server cannot be asked which KubeRay runs");
            }
        }
    }

    fn compare(&self, installed: KubeRayVersion, given: KubeRayVersion) {
        if installed != given {
            self.telemetry.metrics.kuberay_version_mismatches.inc();
            tracing::warn!(
                kuberay = given.as_str(),
                installed = installed.as_str(),
                "--kuberay-version is not the KubeRay whose RayJob CRD is installed: jobs are judged for the flag's"
            );
        }
    }

    /// Goes on with the version that is judged for now, with a word of why that may be wrong.
    fn assume(&self, why: &str) {
        tracing::warn!(kuberay = self.judged_for().as_str(), "{why}");
        self.prepared();
    }

    /// The version is settled for now.
    fn prepared(&self) {
        self.warn_of_unknown_gates(self.judged_for());
        self.preparation.finish();
    }

    fn judge_for(&self, version: KubeRayVersion, source: &'static str) {
        let kuberay = KubeRay::new(version, self.gates.clone());
        self.configuration.rcu(|current| Configuration::clone(current).for_kuberay(&kuberay));
        *self.judged_for.lock().unwrap_or_else(PoisonError::into_inner) = version;
        self.telemetry.metrics.set_kuberay(version.as_str(), source);
    }

    fn judged_for(&self) -> KubeRayVersion {
        *self.judged_for.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// At the start that would be an error; a server that runs goes on without them.
    fn warn_of_unknown_gates(&self, version: KubeRayVersion) {
        let unknown = self.gates.unknown_to(version);
        if !unknown.is_empty() {
            let unknown = unknown.into_iter().map(FeatureGate::as_str).collect::<Vec<_>>().join(",");
            tracing::warn!(
                kuberay = version.as_str(),
                unknown,
                "this KubeRay does not know gates of --kuberay-feature-gates: they are taken to be off"
            );
        }
    }
}
