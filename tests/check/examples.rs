//! The examples in the rules' documentation as manifests, and the KubeRay for which each rule speaks.

use std::fmt::Write as _;

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

/// A value as people write YAML.
pub(crate) fn yaml(value: &Value) -> String {
    let mut text = String::new();
    write_value(&mut text, value, 0);
    text
}

fn write_value(text: &mut String, value: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            for (key, value) in entries {
                write!(text, "{indent}{}:", scalar(&Value::from(key.as_str()))).unwrap();
                write_below(text, value, depth);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                let mut inner = String::new();
                write_value(&mut inner, item, depth + 1);
                // The first line of an item stands behind its dash.
                writeln!(text, "{indent}- {}", inner.trim()).unwrap();
            }
        }
        other => writeln!(text, "{indent}{}", scalar(other)).unwrap(),
    }
}

fn write_below(text: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            text.push('\n');
            write_value(text, value, depth + 1);
        }
        Value::Array(items) if !items.is_empty() => {
            text.push('\n');
            write_value(text, value, depth);
        }
        Value::String(lines) if is_block_text(lines) => {
            text.push_str(" |\n");
            for line in lines.lines() {
                writeln!(text, "{}{line}", "  ".repeat(depth + 1)).unwrap();
            }
        }
        other => writeln!(text, " {}", scalar(other)).unwrap(),
    }
}

fn is_block_text(text: &str) -> bool {
    text.ends_with('\n')
        && !text.ends_with("\n\n")
        && !text.starts_with([' ', '\n'])
        && !text.contains(['\r', '\t'])
}

/// Plain where that is certainly a text, else as JSON, which YAML can read.
fn scalar(value: &Value) -> String {
    let is_plain = |text: &str| {
        let word = |character: char| character.is_ascii_alphanumeric() || "-_./".contains(character);
        text.len() > 3
            && text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.chars().all(word)
            && !["true", "false", "null"].contains(&text.to_lowercase().as_str())
    };
    match value {
        Value::String(text) if is_plain(text) => text.clone(),
        other => other.to_string(),
    }
}
