//! What the expressions of policies make of a review.

use std::collections::BTreeMap;
use std::sync::Arc;

use raygate_core::admission::{Configuration, Endpoint, Unreadable, admit};
use raygate_core::kuberay::KubeRay;
use raygate_core::policy::{Policies, Policy};
use serde_json::{Value, json};

use crate::support::{Answer, OPERATOR, Review, ask, create, job_with, update, with};

fn under(spec: &Value) -> Configuration {
    let spec = serde_json::from_value(spec.clone()).expect("the shape of a policy");
    let policy = Policy::compile("p", &spec).expect("a policy without mistakes");
    Configuration::new(&KubeRay::default(), vec![OPERATOR.to_owned()])
        .under(Policies::new([Arc::new(policy)], 0))
}

fn validation(expression: &str) -> Value {
    json!({"validations": [{"expression": expression, "message": "ask platform"}]})
}

fn judge(review: &Review, spec: &Value) -> Answer {
    ask(Endpoint::Validate, &review.bytes(), &under(spec))
}

fn running_for(seconds: i64) -> Value {
    job_with(&json!({"spec": {"activeDeadlineSeconds": seconds}}))
}

const A_DAY: &str = "job.activeDeadlineHours <= 24.0";
/// It has no answer for a job without that annotation.
const NEEDS_TEAM: &str = "object.metadata.annotations.team != ''";

#[test]
fn a_false_expression_denies_with_the_words_of_the_policy() {
    assert!(judge(&create(&running_for(3600)), &validation(A_DAY)).allowed());
    let answer = judge(&create(&running_for(100_000)), &validation(A_DAY));
    assert_eq!(answer.denied, ["RJ758"]);
    assert_eq!(answer.causes(), [("RJ758".to_owned(), "spec.activeDeadlineSeconds".to_owned())]);
    assert!(answer.message().contains("ask platform (policy p)"), "{}", answer.message());
    assert!(!answer.message().contains("100000"));
}

#[test]
fn all_expressions_are_judged_and_each_is_told() {
    let spec = json!({"validations": [
        {"expression": A_DAY, "message": "too long"},
        {"expression": "true", "message": "never"},
        {"expression": NEEDS_TEAM, "message": "no team"},
        {"expression": "object.metadata.name != 'train'", "message": "another name"},
    ]});
    let answer = judge(&create(&running_for(100_000)), &spec);
    assert_eq!(answer.denied, ["RJ758", "RJ759"]);
    for told in ["too long", "another name", "validations[2] of the policy cannot be evaluated"] {
        assert!(answer.message().contains(told), "{told}: {}", answer.message());
    }
    assert!(!answer.message().contains("never"));
}

#[test]
fn an_expression_without_an_answer_obeys_on_error_and_never_more_than_the_enforcement() {
    for (enforcement, on_error, expected) in [
        ("Deny", None, "denied"),
        ("Deny", Some("Deny"), "denied"),
        ("Deny", Some("Warn"), "warned"),
        ("Deny", Some("Audit"), "recorded"),
        ("Warn", None, "warned"),
        ("Warn", Some("Deny"), "warned"),
        ("Warn", Some("Audit"), "recorded"),
        ("Audit", None, "recorded"),
        ("Audit", Some("Deny"), "recorded"),
        ("Audit", Some("Warn"), "recorded"),
    ] {
        let spec = with(&validation(NEEDS_TEAM), &json!({"enforcement": enforcement, "onError": on_error}));
        let answer = judge(&create(&job_with(&json!({}))), &spec);
        let would_deny = answer.response()["auditAnnotations"]["would-deny"].as_str().unwrap_or_default();
        let found = [
            (answer.denied.contains(&"RJ759"), "denied"),
            (answer.warned.contains(&"RJ759"), "warned"),
            (would_deny.contains("RJ759"), "recorded"),
        ];
        let found: Vec<_> = found.iter().filter(|(is, _)| *is).map(|(_, what)| *what).collect();
        assert_eq!(found, [expected], "{enforcement} {on_error:?}");
        assert_eq!(answer.allowed(), expected != "denied", "{enforcement} {on_error:?}");
    }
}

#[test]
fn a_policy_that_warns_or_records_says_what_it_would_deny() {
    let soft = |enforcement: &str| with(&validation(A_DAY), &json!({"enforcement": enforcement}));
    let warned = judge(&create(&running_for(100_000)), &soft("Warn"));
    assert!(warned.allowed() && warned.warned.contains(&"RJ758"));
    let recorded = judge(&create(&running_for(100_000)), &soft("Audit"));
    assert!(recorded.allowed() && !recorded.warned.contains(&"RJ758"));
    assert_eq!(recorded.response()["auditAnnotations"]["would-deny"], "RJ758");
}

#[test]
fn what_was_false_before_is_forgiven_while_its_fields_are_unchanged() {
    let stored = running_for(100_000);
    let edited = |seconds: i64| {
        with(&stored, &json!({"spec": {"activeDeadlineSeconds": seconds, "entrypoint": "python b.py"}}))
    };
    let denied = |seconds: i64, spec: &Value| {
        judge(&update(&stored, &edited(seconds)), spec).denied.contains(&"RJ758")
    };
    assert!(!denied(100_000, &validation(A_DAY)) && !denied(60, &validation(A_DAY)));
    assert!(denied(200_000, &validation(A_DAY)));
    let strict = with(&validation(A_DAY), &json!({"existing": "Deny"}));
    assert!(denied(100_000, &strict));
    // Unchanged, and the operator's own: they pass whatever the policy says.
    assert!(judge(&update(&stored, &stored), &strict).allowed());
    assert!(judge(&update(&stored, &edited(200_000)).by(OPERATOR), &strict).allowed());
    let deleted = with(&edited(200_000), &json!({"metadata": {"deletionTimestamp": "2026-01-01T00:00:00Z"}}));
    assert!(judge(&update(&stored, &deleted), &strict).allowed());
}

#[test]
fn a_change_may_be_forbidden_that_neither_job_would_be() {
    let spec = validation("oldObject == null || object.spec.entrypoint == oldObject.spec.entrypoint");
    let (stored, edited) =
        (running_for(60), with(&running_for(60), &json!({"spec": {"entrypoint": "python b.py"}})));
    assert!(judge(&create(&edited), &spec).allowed());
    assert_eq!(judge(&update(&stored, &edited), &spec).denied.first(), Some(&"RJ758"));
    assert!(judge(&update(&stored, &running_for(61)), &spec).allowed());
    let by_operation = validation("request.operation == 'CREATE' || request.userInfo.username != 'alice'");
    assert!(judge(&create(&stored), &by_operation).allowed());
    assert!(!judge(&update(&stored, &running_for(61)), &by_operation).allowed());
}

#[test]
fn a_change_of_labels_alone_is_judged_too() {
    let spec =
        validation("!has(object.metadata.labels.tier) || object.metadata.labels.tier in ['gold', 'silver']");
    let stored = running_for(60);
    let labelled = |tier: &str| with(&stored, &json!({"metadata": {"labels": {"tier": tier}}}));
    assert!(judge(&update(&stored, &labelled("gold")), &spec).allowed());
    assert_eq!(judge(&update(&stored, &labelled("lead")), &spec).denied, ["RJ758"]);
}

#[test]
fn labels_of_the_namespace_are_known_or_asked_for_again() {
    let spec = validation("namespaceObject.metadata.labels.tier == 'gpu' || job.totals.gpus == 0.0");
    let body = create(&running_for(60)).bytes();
    let refusal = admit(Endpoint::Validate, &body, &under(&spec)).expect_err("nobody knows");
    assert!(matches!(refusal, Unreadable::UnknownNamespace(_)));
    let name_only = validation("namespaceObject.metadata.name == 'default'");
    assert!(ask(Endpoint::Validate, &body, &under(&name_only)).allowed());
    let labels = BTreeMap::from([("tier".to_owned(), "cpu".to_owned())]);
    let known = under(&spec).knowing(Arc::new([("default".to_owned(), labels)].into_iter().collect()));
    assert!(ask(Endpoint::Validate, &body, &known).allowed());
}

#[test]
fn an_annotation_does_not_hide_what_an_expression_says() {
    let ignoring = json!({"metadata": {"annotations": {"raygate.dev/ignore": "RJ758"}}});
    let spec = with(&validation(A_DAY), &json!({"enforcement": "Warn"}));
    assert!(judge(&create(&with(&running_for(100_000), &ignoring)), &spec).warned.contains(&"RJ758"));
}

#[test]
fn no_answer_quotes_a_value_of_the_job() {
    let secret = job_with(&json!({"spec": {"entrypoint": "TOKEN=hunter2 python train.py"}}));
    for expression in [
        "int(object.spec.entrypoint) > 1",
        "object.spec[object.spec.entrypoint] == 1",
        "{'a': 1}[object.spec.entrypoint] == 1",
        "object.spec.entrypoint < 1",
        "object.spec.entrypoint == 'x'",
    ] {
        let answer = judge(&create(&secret), &validation(expression));
        assert!(!answer.allowed() && !answer.body.to_string().contains("hunter2"), "{expression}");
    }
}
