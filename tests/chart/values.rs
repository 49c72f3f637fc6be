//! The chart's values: each one documented does something, each one known to the schema is documented, and nothing
//! else gets in.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Map, Value, json};

use crate::release::{CHART, certified, certified_and, refusal, render, with};

fn documented() -> Value {
    let text = fs::read_to_string(format!("{CHART}/values.yaml")).expect("values.yaml can be read");
    serde_saphyr::from_str(&text).expect("values.yaml is YAML")
}

fn schema() -> Value {
    let text = fs::read_to_string(format!("{CHART}/values.schema.json")).expect("the schema can be read");
    serde_json::from_str(&text).expect("the schema is JSON")
}

/// Another value than the default, for every value that values.yaml documents.
fn others() -> Map<String, Value> {
    serde_saphyr::from_str(include_str!("other-values.yaml")).expect("other-values.yaml is a YAML map")
}

/// Values that do not render alone with the defaults: the test that holds each is named beside it.
const ELSEWHERE: [&str; 3] = [
    "hostNetwork",             // deployment::ports_that_cannot_both_be_had_are_refused
    "certificates.mode",       // certificates::cert_manager_makes_the_certificate_of_this_service
    "certificates.secretName", // certificates::an_existing_secret_is_mounted_and_none_is_written
];

/// The dotted paths of all values that are no non-empty objects.
fn leaves(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (key, field) in fields {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                leaves(field, &path, found);
            }
        }
        _ => assert!(found.insert(path.to_owned()), "{path} twice"),
    }
}

#[test]
fn every_documented_value_changes_what_is_rendered() {
    let mut unused = BTreeSet::new();
    for (path, other) in others() {
        let before = what_needs(&path);
        if render(&with(before.clone(), &path, other)).all() == render(&before).all() {
            unused.insert(path);
        }
    }
    assert_eq!(unused, BTreeSet::new(), "values without any effect");
}

/// Sections that are off until a value in them switches them on.
const SWITCHES: [&str; 4] =
    ["autoscaling", "metrics.serviceMonitor", "metrics.prometheusRule", "metrics.grafanaDashboard"];

/// The values without which the one at this path means nothing.
fn what_needs(path: &str) -> Value {
    if path.starts_with("certificates.certManager.") {
        return json!({"certificates": {"mode": "cert-manager"}});
    }
    let is_in = |section: &&&str| path.strip_prefix(**section).is_some_and(|rest| rest.starts_with('.'));
    match SWITCHES.iter().find(is_in).map(|section| format!("{section}.enabled")) {
        Some(switch) if switch != path => certified_and(&switch, json!(true)),
        _ => certified(),
    }
}

#[test]
fn the_table_of_other_values_leaves_none_out() {
    let mut expected = BTreeSet::new();
    leaves(&documented(), "", &mut expected);
    let tried: BTreeSet<String> = others().keys().cloned().chain(ELSEWHERE.map(str::to_owned)).collect();
    assert_eq!(expected, tried);
}

#[test]
fn the_schema_knows_what_is_documented_and_no_more() {
    let (schema, documented) = (schema(), documented());
    assert_eq!(schema["additionalProperties"], false);
    let known: BTreeSet<&str> = keys(&schema["properties"]).collect();
    // A parent chart sets these two; here they mean nothing.
    let expected: BTreeSet<&str> = keys(&documented).chain(["global", "enabled"]).collect();
    assert_eq!(known, expected);
    for (section, node) in schema["properties"].as_object().expect("properties") {
        if node["properties"].is_object() {
            assert_eq!(node["additionalProperties"], false, "`{section}` takes unknown values");
            let known: BTreeSet<&str> = keys(&node["properties"]).collect();
            let expected: BTreeSet<&str> = keys(&documented[section]).collect();
            assert!(known.is_superset(&expected), "`{section}`: {expected:?} in {known:?}");
            // Kubernetes' own object, of which the chart sets a part.
            assert!(known == expected || section == "resources", "`{section}`: {known:?}, {expected:?}");
        }
    }
}

fn keys(object: &Value) -> impl Iterator<Item = &str> {
    object.as_object().expect("an object").keys().map(String::as_str)
}

#[test]
fn misspelt_and_mistyped_values_are_refused_at_their_place() {
    for (path, value, place) in [
        ("replica", json!(3), "'replica' not allowed"),
        ("validatingWebhook.failurepolicy", json!("Ignore"), "'failurepolicy' not allowed"),
        ("validatingWebhook.failurePolicy", json!("ignore"), "/validatingWebhook/failurePolicy"),
        ("validatingWebhook.timeoutSeconds", json!(31), "/validatingWebhook/timeoutSeconds"),
        (
            "validatingWebhook.namespaceSelector",
            json!({"raygate": "enabled"}),
            "/validatingWebhook/namespaceSelector",
        ),
        ("guardWebhooks.rayJob", json!({}), "'rayJob' not allowed"),
        (
            "guardWebhooks.rayCluster.failurePolicy",
            json!("ignore"),
            "/guardWebhooks/rayCluster/failurePolicy",
        ),
        ("mutatingWebhook.reinvocationPolicy", json!("Always"), "/mutatingWebhook/reinvocationPolicy"),
        ("replicas", json!("3"), "/replicas"),
        ("certificates.mode", json!("vault"), "/certificates/mode"),
        ("podAntiAffinity", json!("hard"), "/podAntiAffinity"),
        ("metrics.serviceMonitor.interval", json!("often"), "/metrics/serviceMonitor/interval"),
        ("kuberay.version", json!("latest"), "/kuberay/version"),
        ("kuberay.version", json!(1.6), "/kuberay/version"),
        ("kuberay.featureGates", json!("RayCronJob=true"), "/kuberay/featureGates"),
        ("controllerUsers", json!(["system:serviceaccount:*:kuberay-operator"]), "/controllerUsers/0"),
        ("enforcement", json!("deny"), "/enforcement"),
        ("policies", json!({"gpu-teams": "strict"}), "/policies/gpu-teams"),
        ("controllerUsers", json!(["a,b"]), "/controllerUsers/0"),
        ("image.digest", json!("latest"), "/image/digest"),
        ("webhook.port", json!(0), "/webhook/port"),
        ("listenAddress", json!("::"), "/listenAddress"),
        ("extraArgs", json!(["no-flag"]), "/extraArgs/0"),
        ("podLabels", json!({"a": 1}), "/podLabels/a"),
        ("livenessProbe.httpGet", json!({"path": "/"}), "'httpGet' not allowed"),
    ] {
        let message = refusal(&certified_and(path, value));
        assert!(message.contains(place), "{path}: `{place}` is missing from:\n{message}");
    }
}

#[test]
fn a_parent_chart_may_share_its_globals_and_switch_this_one() {
    let mut values = certified_and("global", json!({"imageRegistry": "registry.example.com"}));
    values["enabled"] = json!(true);
    assert_eq!(render(&values).all(), render(&certified()).all());
}
