//! One environment, written in many ways: the order of keys, quotes, brackets and indentation are chosen at random.

use raygate_core::yaml::{Outcome, Value as Yaml, read_first};
use serde_json::Value;

use crate::random::Random;

/// The environment in YAML.
pub(super) fn rewrite(environment: &Value, random: &mut Random) -> String {
    let mut text = String::new();
    if random.percent(30) {
        text.push_str("# a comment\n---\n");
    }
    block(environment, 0, random, &mut text);
    text
}

fn shuffled<'v>(
    map: &'v serde_json::Map<String, Value>,
    random: &mut Random,
) -> Vec<(&'v String, &'v Value)> {
    let mut entries: Vec<_> = map.iter().collect();
    for at in (1..entries.len()).rev() {
        entries.swap(at, random.below(at + 1));
    }
    entries
}

/// A value on lines of its own.
fn block(value: &Value, indentation: usize, random: &mut Random, text: &mut String) {
    let pad = " ".repeat(indentation);
    let pad = pad.as_str();
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in shuffled(map, random) {
                text.extend([pad, scalar(key, random).as_str(), ":"]);
                below(value, indentation, random, text);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                text.extend([pad, "-"]);
                below(item, indentation, random, text);
            }
        }
        _ => text.extend([pad, flow(value, random).as_str(), "\n"]),
    }
}

/// A value behind a key or a dash.
fn below(value: &Value, indentation: usize, random: &mut Random, text: &mut String) {
    let is_nested = matches!(value, Value::Object(map) if !map.is_empty())
        || matches!(value, Value::Array(items) if !items.is_empty());
    if is_nested && random.percent(70) {
        text.push('\n');
        block(value, indentation + 1 + random.below(4), random, text);
    } else {
        text.extend([" ", flow(value, random).as_str(), "\n"]);
    }
}

fn flow(value: &Value, random: &mut Random) -> String {
    match value {
        Value::Object(map) => {
            let entries: Vec<_> = shuffled(map, random)
                .into_iter()
                .map(|(key, value)| format!("{}: {}", scalar(key, random), flow(value, random)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| flow(item, random)).collect();
            format!("[{}]", items.join(","))
        }
        Value::String(text) => scalar(text, random),
        Value::Null => random.pick(&["null", "~", "Null"]).to_owned(),
        Value::Bool(true) => random.pick(&["true", "yes", "on", "True"]).to_owned(),
        Value::Bool(false) => random.pick(&["false", "no", "off", "False"]).to_owned(),
        Value::Number(number) => number.to_string(),
    }
}

/// A text in one of the ways that mean it.
fn scalar(text: &str, random: &mut Random) -> String {
    let is_simple = !text.contains(|letter: char| letter.is_control());
    match random.below(3) {
        0 if is_plain(text) => text.to_owned(),
        1 if is_simple => format!("'{}'", text.replace('\'', "''")),
        _ => Value::from(text).to_string(),
    }
}

/// Whether the text means itself without quotes, in any place.
fn is_plain(text: &str) -> bool {
    let is_plain =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '/' | '=' | ' ');
    text.chars().all(is_plain)
        && text.trim() == text
        && matches!(read_first(text), Outcome::Reads(node) if node.value == Yaml::String(text.into()))
}
