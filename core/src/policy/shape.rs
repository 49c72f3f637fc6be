//! Whether a value has the shape of a policy: all that is wrong with it, by the schema that the CRD has too.
//!
//! The API server asks the schema before it stores a policy; for files it is asked here. It is made of the types in
//! `spec`, so that what passes can be read into them.

use std::sync::LazyLock;

use serde_json::Value;

use super::mistakes::{At, Mistakes};
use super::spec::PolicySpec;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| schemars::schema_for!(PolicySpec).to_value());

/// Reads the `spec` of a policy.
///
/// # Errors
///
/// Everywhere that it has not the shape of one.
pub fn read(spec: &Value) -> Result<PolicySpec, Mistakes> {
    let mut mistakes = Mistakes::default();
    check(spec, &SCHEMA, &At::SPEC, &mut mistakes);
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    serde_json::from_value(spec.clone()).map_err(|error| {
        mistakes.note(&At::SPEC, error.to_string());
        mistakes
    })
}

fn check(value: &Value, schema: &Value, at: &At<'_>, mistakes: &mut Mistakes) {
    let schema = resolved(schema);
    if schema["x-kubernetes-int-or-string"] == true {
        return check_int_or_string(value, at, mistakes);
    }
    if let Some(choices) = schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array) {
        return check_choice(value, choices, at, mistakes);
    }
    let types: Vec<_> = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    if !types.is_empty() && !types.iter().any(|wanted| is_of_type(value, wanted)) {
        let wanted = types.first().copied().unwrap_or_default();
        return mistakes.note(at, format!("must be {}, and is {}", with_article(wanted), kind_of(value)));
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        check_word(value, words, at, mistakes);
    }
    match value {
        Value::Object(_) => check_object(value, schema, at, mistakes),
        Value::Array(items) => {
            let length = Length { number: items.len(), what: "items", keywords: ["minItems", "maxItems"] };
            check_length(length, schema, at, mistakes);
            for (index, item) in items.iter().enumerate() {
                check(item, &schema["items"], &at.index(index), mistakes);
            }
        }
        Value::String(text) => {
            let number = text.chars().count();
            let length = Length { number, what: "characters", keywords: ["minLength", "maxLength"] };
            check_length(length, schema, at, mistakes);
        }
        Value::Number(number) => {
            if schema["format"] == "int32"
                && number.as_i64().is_none_or(|number| i32::try_from(number).is_err())
            {
                return mistakes.note(at, format!("must be between {} and {}", i32::MIN, i32::MAX));
            }
            let number = number.as_f64().unwrap_or_default();
            if let Some(least) = schema["minimum"].as_f64().filter(|least| number < *least) {
                mistakes.note(at, format!("must be at least {least}"));
            }
            if let Some(most) = schema["maximum"].as_f64().filter(|most| number > *most) {
                mistakes.note(at, format!("must be at most {most}"));
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

fn check_int_or_string(value: &Value, at: &At<'_>, mistakes: &mut Mistakes) {
    if !value.is_i64() && !value.is_string() {
        let problem =
            format!("must be a whole number or text such as \"1.5\" or 2Ti, and is {}", kind_of(value));
        mistakes.note(at, problem);
    }
}

/// Of an optional value the schema says "this or null"; of words with comments, "one of these constants".
fn check_choice(value: &Value, choices: &[Value], at: &At<'_>, mistakes: &mut Mistakes) {
    let is_null = |choice: &Value| choice["type"] == "null";
    if value.is_null() && choices.iter().any(is_null) {
        return;
    }
    let words: Vec<_> = choices.iter().filter_map(|choice| choice.get("const")).cloned().collect();
    match choices.iter().find(|choice| !is_null(choice)) {
        Some(_) if !words.is_empty() => check_word(value, &words, at, mistakes),
        Some(choice) => check(value, choice, at, mistakes),
        None => {}
    }
}

fn check_word(value: &Value, words: &[Value], at: &At<'_>, mistakes: &mut Mistakes) {
    if words.contains(value) {
        return;
    }
    let words: Vec<_> = words.iter().filter_map(Value::as_str).collect();
    let hint = if value.is_boolean() && words.contains(&"Off") {
        ": YAML takes Off without quotes for false, so write \"Off\""
    } else {
        ""
    };
    mistakes.note(at, format!("must be one of {}{hint}", words.join(", ")));
}

fn check_object(value: &Value, schema: &Value, at: &At<'_>, mistakes: &mut Mistakes) {
    let known = schema.get("properties").and_then(Value::as_object);
    let entries = value.as_object().into_iter().flatten();
    for (key, entry) in entries {
        let at = at.key(key);
        match (known.and_then(|known| known.get(key)), &schema["additionalProperties"]) {
            (None, Value::Bool(false)) => {
                mistakes
                    .note_key(&at, unknown(key, known.into_iter().flatten().map(|(name, _)| name.as_str())));
            }
            (Some(schema), _) | (None, schema) => check(entry, schema, &at, mistakes),
        }
    }
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    for key in required.filter_map(Value::as_str).filter(|key| value.get(key).is_none()) {
        mistakes.note(&at.key(key), "is missing");
    }
}

fn unknown<'n>(key: &str, names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<_> = names.collect();
    let likeness = |name: &&str| strsim::normalized_damerau_levenshtein(name, key);
    let nearest = names.iter().copied().max_by(|left, right| likeness(left).total_cmp(&likeness(right)));
    match nearest.filter(|name| likeness(name) > 0.6) {
        Some(name) => format!("there is no such field: did you mean `{name}`?"),
        None => format!("there is no such field: there are {}", names.join(", ")),
    }
}

fn check_length(length: Length<'_>, schema: &Value, at: &At<'_>, mistakes: &mut Mistakes) {
    let Length { number, what, keywords: [least, most] } = length;
    let number = number as u64;
    if let Some(least) = schema[least].as_u64().filter(|least| number < *least) {
        mistakes.note(at, format!("must have at least {least} {what}, and has {number}"));
    }
    if let Some(most) = schema[most].as_u64().filter(|most| number > *most) {
        mistakes.note(at, format!("must have at most {most} {what}, and has {number}"));
    }
}

/// How much there is of something, and the schema's words for the least and the most.
#[derive(Clone, Copy)]
struct Length<'w> {
    number: usize,
    what: &'w str,
    keywords: [&'w str; 2],
}

/// The schema behind a reference into the definitions.
fn resolved(schema: &Value) -> &Value {
    let pointer =
        schema.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
    pointer.and_then(|pointer| SCHEMA.pointer(pointer)).unwrap_or(schema)
}

fn is_of_type(value: &Value, wanted: &str) -> bool {
    match wanted {
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        _ => true,
    }
}

fn with_article(wanted: &str) -> &str {
    match wanted {
        "integer" => "an integer",
        "number" => "a number",
        "string" => "text",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "a mapping",
        other => other,
    }
}

const fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn mistakes(spec: &Value) -> Vec<String> {
        read(spec).expect_err("mistakes").iter().map(ToString::to_string).collect()
    }

    #[test]
    fn all_mistakes_are_told_at_their_fields() {
        let spec = json!({
            "priorty": 1,
            "enforcement": "deny",
            "rules": [{"rules": [], "action": "Off"}, {"rules": "RJ106"}],
            "limits": {"totals": {"cpu": 1.5, "memory": true, "nvidia.com/gpu": 4}, "ttlSecondsAfterFinished": {"max": "1h"}},
            "defaults": {"ttlSecondsAfterFinished": -1, "shutdownAfterJobFinishes": "yes"},
            "validations": [{"expression": "", "message": "x"}],
        });
        let expected = [
            "spec.defaults.shutdownAfterJobFinishes: must be true or false, and is text",
            "spec.defaults.ttlSecondsAfterFinished: must be at least 0",
            "spec.enforcement: must be one of Audit, Warn, Deny",
            "spec.limits.totals.cpu: must be a whole number or text such as \"1.5\" or 2Ti, and is a number",
            "spec.limits.totals.memory: must be a whole number or text such as \"1.5\" or 2Ti, and is a boolean",
            "spec.limits.ttlSecondsAfterFinished.max: must be an integer, and is text",
            "spec.priorty: there is no such field: did you mean `priority`?",
            "spec.rules[0].rules: must have at least 1 items, and has 0",
            "spec.rules[1].action: is missing",
            "spec.rules[1].rules: must be a list, and is text",
            "spec.validations[0].expression: must have at least 1 characters, and has 0",
        ];
        let mut found = mistakes(&spec);
        found.sort();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_has_the_shape_is_read() {
        let spec =
            read(&json!({"priority": 3, "onError": null, "limits": {"ingress": "Deny"}})).expect("a policy");
        assert_eq!(spec.priority, 3);
        assert_eq!(read(&json!({})).expect("a policy"), PolicySpec::default());
    }
}
