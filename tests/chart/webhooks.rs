//! The webhook configurations: what the API server asks Raygate about, where, and what it does without an answer.

use serde_json::{Value, json};

use crate::release::{CA, CERTIFICATE, KEY, certified, certified_and, notes, render, render_as};

const MUTATING: &str = "MutatingWebhookConfiguration";
const VALIDATING: &str = "ValidatingWebhookConfiguration";
const CA_BUNDLE: &str = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tClkyRT0KLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=";

#[test]
fn the_mutating_configuration_sorts_before_kueues_whatever_the_release_is_called() {
    for release in ["raygate", "zz", "the-raygate-of-zurich"] {
        let objects = render_as(release, &certified());
        let name = objects.get(MUTATING).expect("a mutating configuration")["metadata"]["name"].as_str();
        let name = name.expect("a name");
        assert!(name < "kueue-mutating-webhook-configuration", "{name}");
    }
}

#[test]
fn two_releases_do_not_fight_over_the_configurations() {
    let names = |release: &str| {
        let objects = render_as(release, &certified());
        [MUTATING, VALIDATING].map(|kind| objects.get(kind).expect(kind)["metadata"]["name"].clone())
    };
    assert_eq!(names("raygate"), ["admission-raygate", "admission-raygate"]);
    assert_eq!(names("canary"), ["admission-canary-raygate", "admission-canary-raygate"]);
}

#[test]
fn the_validating_entry_is_written_out_in_full() {
    let objects = render(&certified());
    let entry = entry("validate.rayjobs.raygate.dev", "rayjobs", "Fail", "/validate");
    assert_eq!(*objects.webhook(VALIDATING), entry);
}

#[test]
fn each_guarded_kind_has_an_entry_that_keeps_nobody_waiting() {
    let objects = render(&certified());
    let guards = ["rayclusters", "raycronjobs", "rayservices"].map(|resource| {
        let mut guard = entry(&format!("guard.{resource}.raygate.dev"), resource, "Ignore", "/validate");
        guard["timeoutSeconds"] = 2.into();
        guard
    });
    assert_eq!(objects.webhooks(VALIDATING)[1..4], guards);
}

/// Raygate may be installed with its policies, and never start: nobody waits for it.
#[test]
fn the_entry_for_policies_is_about_writes_of_the_object_itself_and_keeps_nobody_waiting() {
    let objects = render(&certified());
    let mut policies =
        entry("validate.rayjobpolicies.raygate.dev", "rayjobpolicies", "Ignore", "/validate-policy");
    policies["rules"] = json!([{
        "apiGroups": ["raygate.dev"],
        "apiVersions": ["v1alpha1"],
        "resources": ["rayjobpolicies"],
        "operations": ["CREATE", "UPDATE"],
        "scope": "Cluster",
    }]);
    assert_eq!(objects.webhooks(VALIDATING)[4..], [policies]);
}

#[test]
fn a_kind_can_be_left_unguarded_alone() {
    let objects = render(&certified_and("guardWebhooks.rayService.enabled", json!(false)));
    let names: Vec<_> = objects.webhooks(VALIDATING).iter().map(|entry| &entry["name"]).collect();
    let expected =
        ["validate.rayjobs.raygate.dev", "guard.rayclusters.raygate.dev", "guard.raycronjobs.raygate.dev"];
    assert_eq!(names[..3], expected);
}

#[test]
fn the_mutating_entry_is_written_out_in_full() {
    let objects = render(&certified());
    assert_eq!(objects.webhooks(MUTATING).len(), 1);
    let mut expected = entry("mutate.rayjobs.raygate.dev", "rayjobs", "Ignore", "/mutate");
    expected["reinvocationPolicy"] = "IfNeeded".into();
    assert_eq!(*objects.webhook(MUTATING), expected);
}

/// Every field that the API server would otherwise default: who deploys from Git sees no drift.
fn entry(name: &str, resource: &str, failure_policy: &str, path: &str) -> Value {
    json!({
        "name": name,
        "failurePolicy": failure_policy,
        "timeoutSeconds": 5,
        "sideEffects": "None",
        "admissionReviewVersions": ["v1"],
        "clientConfig": {
            "caBundle": CA_BUNDLE,
            "service": {"name": "raygate", "namespace": "raygate-system", "path": path, "port": 443},
        },
        "matchPolicy": "Equivalent",
        "rules": [{
            "apiGroups": ["ray.io"],
            "apiVersions": ["v1"],
            "resources": [resource],
            "operations": ["CREATE", "UPDATE"],
            "scope": "Namespaced",
        }],
        "namespaceSelector": {},
        "objectSelector": {},
        "matchConditions": [{
            "name": "not-being-deleted",
            "expression": "oldObject == null || !has(oldObject.metadata.deletionTimestamp)",
        }],
    })
}

#[test]
fn webhooks_reach_the_service_that_the_chart_makes() {
    let mut values = certified_and("service.port", json!(8443));
    values["fullnameOverride"] = "gate".into();
    let objects = render(&values);
    let service = objects.get("Service").expect("a Service");
    for kind in [MUTATING, VALIDATING] {
        let called = &objects.webhook(kind)["clientConfig"]["service"];
        assert_eq!(called["name"], service["metadata"]["name"]);
        assert_eq!(called["namespace"], service["metadata"]["namespace"]);
        assert_eq!(called["port"], service["spec"]["ports"][0]["port"]);
    }
    assert_eq!(service["spec"]["type"], "ClusterIP");
    let target = &service["spec"]["ports"][0]["targetPort"];
    let ports = objects.container()["ports"].as_array().expect("ports");
    let port =
        ports.iter().find(|port| port["name"] == *target).expect("the Service's port exists in the pod");
    assert_eq!(port["containerPort"], 10250);
}

#[test]
fn a_condition_of_ones_own_comes_after_the_charts() {
    let own = json!({"name": "not-admins", "expression": "!('admins' in request.userInfo.groups)"});
    let objects = render(&certified_and("validatingWebhook.matchConditions", json!([own])));
    let conditions = objects.webhook(VALIDATING)["matchConditions"].as_array().expect("conditions").clone();
    assert_eq!(conditions.len(), 2);
    assert_eq!(conditions[0]["name"], "not-being-deleted");
    assert_eq!(conditions[1], own);
    assert_eq!(objects.webhook(MUTATING)["matchConditions"].as_array().map(Vec::len), Some(1));
}

#[test]
fn either_webhook_can_be_switched_off_alone() {
    let without_mutation = render(&certified_and("mutatingWebhook.enabled", json!(false)));
    assert!(without_mutation.get(MUTATING).is_none() && without_mutation.get(VALIDATING).is_some());
    let without_validation = render(&certified_and("validatingWebhook.enabled", json!(false)));
    assert!(without_validation.get(MUTATING).is_some() && without_validation.get(VALIDATING).is_none());
}

#[test]
fn the_way_out_in_the_notes_names_the_configuration_that_refuses() {
    let printed = notes(&certified());
    let objects = render(&certified());
    let name = objects.get(VALIDATING).expect(VALIDATING)["metadata"]["name"].as_str().expect("a name");
    assert!(printed.contains(&format!("kubectl delete validatingwebhookconfiguration {name}")), "{printed}");
    let printed = notes(&certified_and("validatingWebhook.failurePolicy", json!("Ignore")));
    assert!(printed.contains("pass unseen"), "{printed}");
    let printed = notes(&certified_and("validatingWebhook.enabled", json!(false)));
    assert!(printed.contains("refuses nothing") && !printed.contains("kubectl delete"), "{printed}");
}

#[test]
fn no_private_key_leaves_the_secret() {
    let objects = render(&certified());
    let key = "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCmEyVjUKLS0tLS1FTkQgUFJJVkFURSBLRVktLS0tLQo=";
    for object in objects.all() {
        let text = object.to_string();
        let holds_it = text.contains(key) || text.contains(KEY.trim_end()) || text.contains("a2V5");
        assert_eq!(holds_it, object["kind"] == "Secret", "{}", object["kind"]);
    }
    assert_ne!(CERTIFICATE, CA);
}
