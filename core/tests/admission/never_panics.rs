//! No bytes make `admit` panic, a patch always applies, and what was completed twice stays as it is.

use proptest::prelude::*;
use raygate_core::admission::{Configuration, Endpoint, admit};
use serde_json::{Value, json};

use crate::support::{create, job, review, update};

/// Any JSON that an object could hold, with RayJob's own keys among the others.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop_oneof!["[ -~]{0,12}", "\\PC{0,4}", Just("a: b".to_owned()), Just("InteractiveMode".to_owned())]
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(any_key(), inner, 0..5).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

fn any_key() -> impl Strategy<Value = String> {
    prop_oneof![prop::sample::select(KEYS).prop_map(str::to_owned), "[a-z./~-]{0,6}"]
}

const KEYS: &[&str] = &[
    "metadata",
    "name",
    "generateName",
    "spec",
    "suspend",
    "shutdownAfterJobFinishes",
    "ttlSecondsAfterFinished",
    "jobId",
    "entrypoint",
    "runtimeEnvYAML",
    "clusterSelector",
    "ray.io/cluster",
    "submissionMode",
    "backoffLimit",
    "rayClusterSpec",
    "headGroupSpec",
    "rayStartParams",
    "dashboard-host",
    "template",
    "containers",
    "workerGroupSpecs",
    "managedBy",
    "status",
];

/// A good job in which one value somewhere was replaced, or a quite different value.
fn any_object() -> impl Strategy<Value = Value> {
    let places = prop::sample::select(PLACES);
    let bent = (places, any_value()).prop_map(|(place, value)| {
        let mut job = job();
        if let Some(field) = job.pointer_mut(place) {
            *field = value;
        }
        job
    });
    prop_oneof![3 => bent, 1 => any_value()]
}

const PLACES: &[&str] = &[
    "/metadata",
    "/metadata/name",
    "/spec",
    "/spec/entrypoint",
    "/spec/shutdownAfterJobFinishes",
    "/spec/rayClusterSpec",
    "/spec/rayClusterSpec/headGroupSpec",
    "/spec/rayClusterSpec/headGroupSpec/rayStartParams",
    "/spec/rayClusterSpec/headGroupSpec/template",
    "/spec/rayClusterSpec/headGroupSpec/template/spec/containers",
    "/spec/rayClusterSpec/workerGroupSpecs",
    "/spec/rayClusterSpec/workerGroupSpecs/0",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for endpoint in [Endpoint::Mutate, Endpoint::Validate] {
            prop_assert!(admit(endpoint, &bytes, &Configuration::default()).is_err());
        }
    }

    #[test]
    fn a_review_with_one_byte_changed(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = create(&job()).bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        for endpoint in [Endpoint::Mutate, Endpoint::Validate] {
            if let Ok(admitted) = admit(endpoint, &bytes, &Configuration::default()) {
                let answer: Value = serde_json::from_slice(&admitted.body).expect("an answer is JSON");
                prop_assert!(answer["response"]["allowed"].is_boolean());
            }
        }
    }

    #[test]
    fn any_object_is_answered_and_its_patch_applies_once(object in any_object(), old in any_object()) {
        let created = create(&object);
        let completed = created.completed();
        let completed_twice = create(&completed).completed();
        prop_assert_eq!(&completed, &completed_twice);
        let (before, after) = (created.validate(), create(&completed).validate());
        prop_assert_eq!(&before.denied, &after.denied, "completing a job brings no denial and mends none");
        for new_warning in after.warned.iter().filter(|code| !before.warned.contains(code)) {
            prop_assert!(false, "completing brings the warning {}", new_warning);
        }
        let updated = update(&old, &object);
        let completed = updated.completed();
        prop_assert_eq!(&update(&old, &completed).completed(), &completed);
        prop_assert!(updated.validate().body["response"]["uid"].is_string());
    }

    #[test]
    fn an_update_to_itself_is_always_let_through(object in any_object(), label in "[a-z]{1,5}") {
        prop_assert!(update(&object, &object).validate().allowed());
        prop_assert!(update(&object, &object).mutate().patch().is_none());
        let mut labelled = object.clone();
        if let Some(metadata) = labelled.get_mut("metadata").and_then(Value::as_object_mut) {
            metadata.insert("labels".into(), json!({label: "x"}));
        }
        prop_assert!(update(&object, &labelled).validate().allowed());
        prop_assert!(review("DELETE", &Value::Null, &object).validate().allowed());
    }
}
