//! Jobs by number: first every option of KubeRay with every single change of a field, then random ones: a good job with
//! options, or one of KubeRay's samples, and up to four changes.

use raygate_core::kuberay::{FeatureGate, KubeRayVersion};
use serde_json::Value;

use crate::jobs::{FEATURES, SMALL};
use crate::oracle::Sample;
use crate::random::{Random, Seed};
use crate::steps::{Step, Steps};

/// So many jobs in a row are for the same feature gates.
const BLOCK: usize = 50;

/// The gates that KubeRay's validation asks, with the version that brought them.
const GATES: [(FeatureGate, KubeRayVersion); 5] = [
    (FeatureGate::RayJobDeletionPolicy, KubeRayVersion::V1_3),
    (FeatureGate::GCSFaultToleranceEmbeddedStorage, KubeRayVersion::V1_7),
    (FeatureGate::RayClusterNetworkPolicy, KubeRayVersion::V1_7),
    (FeatureGate::RayClusterMTLS, KubeRayVersion::V1_7),
    (FeatureGate::RayClusterHistoryServer, KubeRayVersion::V1_7),
];

/// Every gate that validation asks, set on or off.
pub(crate) type Gates = Vec<(&'static str, bool)>;

/// The gates that the validation of that version asks.
pub(crate) fn gates_of(version: KubeRayVersion) -> impl Iterator<Item = FeatureGate> {
    GATES.into_iter().filter(move |(_, since)| *since <= version).map(|(gate, _)| gate)
}

/// Makes the jobs for one version of KubeRay. The same number is always the same job.
#[derive(Debug)]
pub(crate) struct Generator {
    seed: Seed,
    version: KubeRayVersion,
    small: Value,
    features: Vec<Value>,
    samples: Vec<Value>,
    steps: Steps,
}

/// How one job comes about.
#[derive(Clone, Debug)]
pub(crate) struct Recipe<'g> {
    base: &'g Value,
    features: Vec<&'g Value>,
    steps: Vec<Step<'g>>,
    pub(crate) gates: Gates,
}

impl Generator {
    pub(crate) fn new(seed: Seed, version: KubeRayVersion, samples: Vec<Sample>) -> Self {
        let read = |text: &str| serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        let samples = samples.into_iter().map(|sample| created(sample.job)).collect();
        let known = FEATURES.iter().filter(|(since, _)| *since <= version);
        let features = known.map(|(_, text)| read(text)).collect();
        Self { seed, version, small: read(SMALL), features, samples, steps: Steps::read() }
    }

    /// How many jobs there are before the random ones.
    pub(crate) fn systematic(&self) -> usize {
        self.steps.count() * (self.features.len() + 1)
    }

    pub(crate) fn recipe(&self, number: usize) -> Recipe<'_> {
        if number < self.systematic() {
            let (feature, step) = (number % (self.features.len() + 1), number / (self.features.len() + 1));
            let features = self.features.get(feature).into_iter().collect();
            let steps = vec![self.steps.get(step)];
            return Recipe { base: &self.small, features, steps, gates: self.gates(number) };
        }
        let mut random = self.random(number, 0x6a6f_6273);
        let (base, features) = if random.percent(5) && !self.samples.is_empty() {
            (&self.samples[random.below(self.samples.len())], 0)
        } else {
            (&self.small, random.pick(&[0, 1, 1, 1, 2]))
        };
        let features = (0..features).map(|_| &self.features[random.below(self.features.len())]).collect();
        let steps = (0..random.pick(&[0, 1, 1, 2, 3, 4])).map(|_| self.steps.choose(&mut random)).collect();
        Recipe { base, features, steps, gates: self.gates(number) }
    }

    /// The feature gates for the job of that number.
    pub(crate) fn gates(&self, number: usize) -> Gates {
        let mut random = self.random(number / BLOCK, 0x6761_7465);
        let how = if number < self.systematic() { 3 } else { random.below(10) };
        let mut is_on = |gate: FeatureGate| match how {
            0..3 => gate.default_in(self.version),
            3..8 => true,
            _ => random.percent(50),
        };
        gates_of(self.version).map(|gate| (gate.as_str(), is_on(gate))).collect()
    }

    fn random(&self, number: usize, salt: u64) -> Random {
        let mut random = Random::from_seed(Seed(
            self.seed
                .0
                .wrapping_mul(31)
                .wrapping_add(number as u64)
                .wrapping_mul(0x1_0001)
                .wrapping_add(salt)
                ^ ((self.version as u64) << 56),
        ));
        random.below(2);
        random
    }
}

impl Recipe<'_> {
    pub(crate) fn job(&self) -> Value {
        let mut job = self.base.clone();
        for feature in &self.features {
            json_patch::merge(&mut job, feature);
        }
        for step in &self.steps {
            step.apply(&mut job);
        }
        job
    }

    /// The same with one thing less, in each way.
    pub(crate) fn simpler(&self) -> Vec<Self> {
        let without_step = (0..self.steps.len()).map(|at| {
            let mut simpler = self.clone();
            simpler.steps.remove(at);
            simpler
        });
        let without_feature = (0..self.features.len()).map(|at| {
            let mut simpler = self.clone();
            simpler.features.remove(at);
            simpler
        });
        without_step.chain(without_feature).collect()
    }
}

/// The job with what the API server fills in when it is created.
pub(crate) fn created(mut job: Value) -> Value {
    let metadata = &mut job["metadata"];
    if metadata["namespace"].is_null() {
        metadata["namespace"] = "default".into();
    }
    if let (true, Some(base)) = (metadata["name"].is_null(), metadata["generateName"].as_str()) {
        metadata["name"] = format!("{base}x7k2p").into();
    }
    job
}
