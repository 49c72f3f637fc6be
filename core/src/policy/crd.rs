//! The `CustomResourceDefinition` of policies, made of the types in `spec` and their comments.
//!
//! The API server takes only schemas that are "structural": no references, one type for each value, no choices. So the
//! schema is written out, and what schemars says in other words is said in these.

use serde_json::{Map, Value, json};

use super::spec::PolicySpec;

/// The `apiVersion` of a policy.
pub const API_VERSION: &str = "raygate.dev/v1alpha1";
/// The API group of policies.
pub const GROUP: &str = "raygate.dev";
/// The `kind` of a policy.
pub const KIND: &str = "RayJobPolicy";

/// The most entries of a mapping whose schema says nothing else.
const MOST_ENTRIES: u64 = 500;

/// The `CustomResourceDefinition`.
pub fn custom_resource_definition() -> Value {
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "rayjobpolicies.raygate.dev"},
        "spec": {
            "group": GROUP,
            "names": {
                "kind": KIND,
                "listKind": "RayJobPolicyList",
                "plural": "rayjobpolicies",
                "singular": "rayjobpolicy",
                "shortNames": ["rjp"],
            },
            "scope": "Cluster",
            "versions": [{
                "name": "v1alpha1",
                "served": true,
                "storage": true,
                "schema": {"openAPIV3Schema": schema()},
                "subresources": {"status": {}},
                "additionalPrinterColumns": columns(),
            }],
        },
    })
}

fn schema() -> Value {
    json!({
        "type": "object",
        "description": "What a cluster's administrators decide about RayJobs: which must have, must not go beyond, or are given what.",
        "required": ["spec"],
        "properties": {
            "apiVersion": {"type": "string"},
            "kind": {"type": "string"},
            "metadata": {"type": "object"},
            "spec": spec(),
            "status": status(),
        },
    })
}

fn spec() -> Value {
    let generated = schemars::schema_for!(PolicySpec).to_value();
    let mut spec = structural(&generated, &generated["$defs"]);
    // What the columns show should stand there.
    for (field, default) in [("enforcement", json!("Deny")), ("priority", json!(0))] {
        if let Some(Value::Object(field)) = spec.pointer_mut(&format!("/properties/{field}")) {
            field.insert("default".to_owned(), default);
        }
    }
    spec
}

fn columns() -> Value {
    let condition = |name: &str, description: &str| {
        let path = format!(r#".status.conditions[?(@.type=="{name}")].status"#);
        json!({"name": name, "type": "string", "jsonPath": path, "description": description})
    };
    json!([
        {"name": "Priority", "type": "integer", "jsonPath": ".spec.priority", "description": "Policies with a higher number come first."},
        {"name": "Enforcement", "type": "string", "jsonPath": ".spec.enforcement", "description": "What happens to a job that the policy does not want."},
        condition("Accepted", "Whether nothing is wrong with the policy."),
        condition("Enforced", "Whether every ready replica of Raygate serves it as it is now."),
        {"name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp"},
    ])
}

fn status() -> Value {
    let text = |longest: u64| json!({"type": "string", "maxLength": longest});
    let generation = |description: &str| json!({"type": "integer", "format": "int64", "minimum": 0, "description": description});
    json!({
        "type": "object",
        "description": "What Raygate says about the policy; only Raygate writes it.",
        "properties": {
            "conditions": {
                "type": "array",
                "description": "Accepted: nothing is wrong with the policy. Enforced: every ready replica of Raygate serves it as it is now.",
                "maxItems": 8,
                "x-kubernetes-list-type": "map",
                "x-kubernetes-list-map-keys": ["type"],
                "items": {
                    "type": "object",
                    "required": ["type", "status", "reason", "message", "lastTransitionTime"],
                    "properties": {
                        "type": text(316),
                        "status": {"type": "string", "enum": ["True", "False", "Unknown"]},
                        "observedGeneration": generation("The generation of the policy that this is said about."),
                        "lastTransitionTime": {"type": "string", "format": "date-time"},
                        "reason": text(1024),
                        "message": text(32768),
                    },
                },
            },
            "lastAccepted": {
                "type": "object",
                "description": "The policy as it was last accepted: this is enforced while the present one is not accepted.",
                "required": ["generation", "spec"],
                "properties": {
                    "generation": generation("The generation that it is of."),
                    "spec": {
                        "type": "object",
                        "description": "Its spec.",
                        // Written by another version, perhaps, that knows other fields.
                        "x-kubernetes-preserve-unknown-fields": true,
                    },
                },
            },
        },
    })
}

/// A schema in the words that the API server takes.
fn structural(schema: &Value, definitions: &Value) -> Value {
    let mut written = Map::new();
    let referenced = schema["$ref"].as_str().and_then(|way| way.strip_prefix("#/$defs/"));
    if let Some(name) = referenced {
        written = into_map(structural(&definitions[name], definitions));
    }
    for (key, value) in schema.as_object().into_iter().flatten() {
        match (key.as_str(), value) {
            // Without `additionalProperties` the API server drops what it does not know, and kubectl says so.
            ("$schema" | "$defs" | "$ref" | "title", _) | ("additionalProperties", Value::Bool(false)) => {}
            ("additionalProperties" | "items", inner) => {
                written.insert(key.clone(), structural(inner, definitions));
            }
            ("properties", Value::Object(fields)) => {
                let fields =
                    fields.iter().map(|(name, field)| (name.clone(), structural(field, definitions)));
                written.insert(key.clone(), Value::Object(fields.collect()));
            }
            ("type", Value::Array(types)) => {
                written.extend(types.iter().find(|one| *one != "null").map(|one| (key.clone(), one.clone())));
            }
            // The one place where the API server wants a choice.
            ("anyOf", choices) if schema["x-kubernetes-int-or-string"] == true => {
                written.insert(key.clone(), choices.clone());
            }
            ("anyOf" | "oneOf", Value::Array(choices)) => choose(choices, &mut written, definitions),
            // Said after what is referenced said: about this field, and not about its type.
            (_, value) => {
                written.insert(key.clone(), value.clone());
            }
        }
    }
    if written.contains_key("additionalProperties") {
        written.entry("maxProperties").or_insert(json!(MOST_ENTRIES));
    }
    Value::Object(written)
}

/// Of an optional value schemars says "this or null"; of words with comments, "one of these constants".
fn choose(choices: &[Value], written: &mut Map<String, Value>, definitions: &Value) {
    let words: Vec<_> = choices.iter().filter_map(|choice| choice.get("const")).cloned().collect();
    if !words.is_empty() {
        written.insert("type".to_owned(), json!("string"));
        written.insert("enum".to_owned(), Value::Array(words));
    } else if let Some(one) = choices.iter().find(|choice| choice["type"] != "null") {
        for (key, value) in into_map(structural(one, definitions)) {
            written.entry(key).or_insert(value);
        }
    }
}

fn into_map(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value { map } else { Map::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Calls back for each schema within one.
    fn walk(schema: &Value, see: &mut impl FnMut(&Value)) {
        see(schema);
        let fields = schema["properties"].as_object().into_iter().flatten().map(|(_, field)| field);
        let inner = ["items", "additionalProperties"].into_iter().filter_map(|key| schema.get(key));
        fields.chain(inner).for_each(|inner| walk(inner, see));
    }

    #[test]
    fn every_value_has_one_type_and_every_field_says_what_it_means() {
        let spec = spec();
        let mut schemas = 0;
        walk(&spec, &mut |schema| {
            schemas += 1;
            let is_choice = schema["x-kubernetes-int-or-string"] == true;
            assert!(is_choice || schema["type"].is_string(), "{schema}");
            for word in ["$ref", "oneOf", "const", "title"] {
                assert!(schema.get(word).is_none(), "{word} in {schema}");
            }
            for (name, field) in schema["properties"].as_object().into_iter().flatten() {
                assert!(field["description"].is_string(), "{name} has no description");
            }
        });
        assert!(schemas > 60, "{schemas}");
    }

    #[test]
    fn words_bounds_and_descriptions_come_through() {
        let spec = spec();
        let at = |pointer: &str| spec.pointer(pointer).cloned().unwrap_or_default();
        assert_eq!(at("/properties/onError/enum"), json!(["Audit", "Warn", "Deny"]));
        assert_eq!(at("/properties/defaults/properties/ttlSecondsAfterFinished/minimum"), json!(0));
        assert_eq!(at("/properties/limits/properties/backoffLimit/properties/max/format"), json!("int64"));
        assert_eq!(at("/properties/validations/items/properties/expression/maxLength"), json!(2048));
        let description = at("/properties/limits/properties/backoffLimit/description");
        assert_eq!(description, "How often a failed job is tried again.");
    }
}
