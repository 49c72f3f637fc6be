//! The examples in the rules' documentation as manifests, and the KubeRay for which each rule speaks.

use raygate_core::kuberay::{FeatureGate, FeatureGates, KubeRay, KubeRayVersion};
use raygate_core::rules::examples::{Example, GOOD_JOB};
use raygate_core::rules::{self, Rule};
use raygate_core::yaml::{Outcome, read_first};
use serde_json::Value;

/// Each example with its rule.
pub(crate) fn all() -> impl Iterator<Item = (&'static Rule, Example)> {
    rules::all().flat_map(|rule| rules::examples::of(rule).map(move |example| (rule, example)))
}

/// The job of an example, and the stored job that it updates.
pub(crate) fn jobs(example: &Example) -> (Value, Option<Value>) {
    let good: Value = serde_json::from_str(GOOD_JOB).unwrap();
    let changed = |mut job: Value, yaml: &str| {
        let Outcome::Reads(change) = read_first(yaml) else { panic!("no YAML:\n{yaml}") };
        json_patch::merge(&mut job, &Value::from(&change.value));
        job
    };
    let stored = example.stored.map(|yaml| changed(good.clone(), yaml));
    (changed(stored.clone().unwrap_or(good), example.yaml), stored)
}

/// The newest KubeRay for which a rule speaks, with as few gates set as possible.
pub(crate) fn kuberay_of(rule: &Rule) -> KubeRay {
    let gate =
        |gate: FeatureGate, on: bool| -> FeatureGates { format!("{}={on}", gate.as_str()).parse().unwrap() };
    let each = FeatureGate::ALL.into_iter().flat_map(|name| [gate(name, true), gate(name, false)]);
    let gates: Vec<_> = std::iter::once(FeatureGates::default()).chain(each).collect();
    let mut kuberays = KubeRayVersion::ALL
        .into_iter()
        .rev()
        .flat_map(|version| gates.iter().map(move |gates| (version, gates.clone())))
        .filter_map(|(version, gates)| KubeRay::with_known_gates(version, gates).ok());
    kuberays.find(|kuberay| rule.applies_to(kuberay)).unwrap()
}

/// The flags that choose a KubeRay.
pub(crate) fn flags(kuberay: &KubeRay) -> Vec<String> {
    let set = FeatureGate::ALL.into_iter().filter_map(|gate| Some((gate, kuberay.gates().setting(gate)?)));
    let gates: Vec<_> = set.map(|(gate, on)| format!("{}={on}", gate.as_str())).collect();
    let mut flags = vec!["--kuberay-version".to_owned(), kuberay.version().to_string()];
    if !gates.is_empty() {
        flags.extend(["--kuberay-feature-gates".to_owned(), gates.join(",")]);
    }
    flags
}
