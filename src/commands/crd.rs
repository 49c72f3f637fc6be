//! `raygate crd`: the `CustomResourceDefinition` of policies as YAML, which the chart holds a copy of.

use std::io::{self, Write};
use std::process::ExitCode;

use raygate_core::policy::crd::custom_resource_definition;
use serde_json::Value;

use super::stdout::print;

/// Prints it.
pub(super) fn run() -> anyhow::Result<ExitCode> {
    print(|out| {
        writeln!(out, "# Written by `raygate crd`.")?;
        write_fields(&custom_resource_definition(), 0, out)
    })
}

/// Writes the fields of a mapping, one a line; what is empty or no mapping has none.
fn write_fields(mapping: &Value, indent: usize, out: &mut dyn Write) -> io::Result<()> {
    for (key, value) in mapping.as_object().into_iter().flatten() {
        write!(out, "{:indent$}{}:", "", scalar(&Value::from(key.as_str())))?;
        write_value(value, indent, out)?;
    }
    Ok(())
}

/// Writes what stands behind a colon, and the end of the line.
fn write_value(value: &Value, indent: usize, out: &mut dyn Write) -> io::Result<()> {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            writeln!(out)?;
            write_fields(value, indent + 2, out)
        }
        Value::Array(items) if !items.is_empty() => {
            writeln!(out)?;
            items.iter().try_for_each(|item| write_item(item, indent, out))
        }
        plain => writeln!(out, " {}", scalar(plain)),
    }
}

fn write_item(item: &Value, indent: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut text = Vec::new();
    write_fields(item, indent + 2, &mut text)?;
    match text.get(indent + 2..) {
        // Its first field stands behind the dash.
        Some(fields) => {
            write!(out, "{:indent$}- ", "")?;
            out.write_all(fields)
        }
        None => writeln!(out, "{:indent$}- {}", "", scalar(item)),
    }
}

/// A text without quotes where every reader of YAML takes it for that text, else as JSON, which is YAML too.
fn scalar(value: &Value) -> String {
    let is_word = |text: &str| {
        text.len() > 1
            && text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-./".contains(&byte))
            && !["true", "false", "yes", "no", "on", "off", "null"]
                .contains(&text.to_ascii_lowercase().as_str())
    };
    match value {
        Value::String(text) if is_word(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use raygate_core::yaml::Source;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let value = json!({
            "text": ["word", "true", "No", "1", "", "a: b", "ünïcode \"quoted\"", "~"],
            "numbers": [1, -2, 0.5], "nothing": null, "on": true,
            "empty": [{}, []], "nested": [{"a": 1, "b": {"c": ["x", {"d": "e"}]}}],
            "$ref": {"y": "n"},
        });
        let mut text = Vec::new();
        write_fields(&value, 0, &mut text).expect("memory");
        let text = String::from_utf8(text).expect("UTF-8");
        let source = Source::read(&text, raygate_core::yaml::Syntax::Yaml).expect("YAML");
        assert_eq!(Value::from(&source.root().value), value, "{text}");
    }
}
