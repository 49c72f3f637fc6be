//! The examples of the rules that say what KubeRay refuses, shown to KubeRay: it refuses the bad ones with the text that the
//! rule stands for, and takes the good ones.

use raygate_core::kuberay::{FeatureGate, KubeRay, KubeRayVersion};
use raygate_core::rules::examples::{self, Example, GOOD_JOB};
use raygate_core::rules::{self, Rule, Truth};
use raygate_core::yaml::{Outcome, read_first};
use serde_json::Value;

use crate::generate::Gates;
use crate::oracle::{self, Answer, Asking, question};
use crate::texts::{Known, meanings};

#[test]
fn kuberay_refuses_the_bad_examples_and_takes_the_good_ones() {
    let mut failures = Vec::new();
    for oracle in oracle::all() {
        let (mut asking, mut confirmed) = (oracle.start(), 0);
        for rule in rules::all() {
            for example in examples::of(rule).filter(|example| example.stored.is_none()) {
                // Of several texts KubeRay says the first: another gate may be what brings this one about.
                let failure = gates_of(rule, oracle.version)
                    .into_iter()
                    .map(|gates| failure(&mut asking, rule, oracle.version, &gates, example))
                    .reduce(Option::and);
                confirmed += usize::from(failure == Some(None));
                failures.extend(failure.flatten());
            }
        }
        eprintln!("KubeRay {}: {confirmed} examples confirmed", oracle.version);
        assert!(confirmed > 10, "KubeRay {}: only {confirmed} examples", oracle.version);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// The gates under which KubeRay of that version refuses what the rule finds; none if it never does.
fn gates_of(rule: &Rule, version: KubeRayVersion) -> Vec<Gates> {
    let one_set = |gate: FeatureGate| [true, false].map(|on| vec![(gate.as_str(), on)]);
    let known = FeatureGate::ALL.into_iter().filter(|gate| gate.is_known_in(version));
    let settings = std::iter::once(Vec::new()).chain(known.flat_map(one_set));
    let refuses = |gates: &Gates| {
        let text: Vec<_> = gates.iter().map(|(gate, on)| format!("{gate}={on}")).collect();
        let kuberay = KubeRay::new(version, text.join(",").parse().expect("known gates"));
        let mut truths = rule.because.iter().filter(|because| because.holds_for(&kuberay));
        truths.any(|because| because.truth == Truth::KubeRayRefuses)
    };
    settings.filter(refuses).collect()
}

fn job_of(example: Example) -> Value {
    let mut job = serde_json::from_str(GOOD_JOB).expect("JSON");
    let Outcome::Reads(change) = read_first(example.yaml) else { panic!("no YAML:\n{}", example.yaml) };
    json_patch::merge(&mut job, &Value::from(&change.value));
    fill_in_start_params(&mut job["spec"]["rayClusterSpec"]);
    job
}

/// The CRD of KubeRay 1.3 requires them.
fn fill_in_start_params(cluster: &mut Value) {
    let Some(cluster) = cluster.as_object_mut() else { return };
    let (mut head, mut workers) = (Vec::new(), Vec::new());
    for (key, value) in cluster {
        match key.as_str() {
            "headGroupSpec" => head.push(value),
            "workerGroupSpecs" => workers.extend(value.as_array_mut().into_iter().flatten()),
            _ => {}
        }
    }
    for group in head.into_iter().chain(workers).filter_map(Value::as_object_mut) {
        group.entry("rayStartParams").or_insert_with(|| Value::Object(serde_json::Map::new()));
    }
}

/// What KubeRay says otherwise than the example.
fn failure(
    asking: &mut Asking,
    rule: &Rule,
    version: KubeRayVersion,
    gates: &Gates,
    example: Example,
) -> Option<String> {
    let question = question(&job_of(example), gates);
    let answer = asking.ask(&question);
    let error = if answer.metadata.is_empty() { &answer.spec } else { &answer.metadata };
    // The CRD may refuse first what KubeRay would, too; or the example needs a field that only later versions have.
    let is_right = !answer.crd.is_empty()
        || if example.is_bad { says(&meanings(version, error), rule) } else { is_taken(&answer) };
    let Example { yaml, .. } = example;
    (!is_right).then(|| format!("KubeRay {version}, {} {}: {answer:?} to\n{yaml}", rule.code, rule.slug))
}

fn says(known: &[Known], rule: &Rule) -> bool {
    known.iter().any(|known| known.code == rule.code)
}

fn is_taken(answer: &Answer<'_>) -> bool {
    [&answer.decode, &answer.metadata, &answer.spec].into_iter().all(String::is_empty)
}
