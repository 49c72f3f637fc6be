//! A value as people write it.

use std::fmt::Write as _;

use serde_json::Value;

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

/// A policy with that `spec`.
pub(crate) fn policy(spec: &str) -> String {
    let spec = spec.lines().collect::<Vec<_>>().join("\n  ");
    format!(
        "apiVersion: raygate.dev/v1alpha1\nkind: RayJobPolicy\nmetadata: {{name: example}}\nspec:\n  {spec}\n"
    )
}
