//! What policies make of a review.

use std::collections::BTreeMap;
use std::sync::Arc;

use raygate_core::admission::{Configuration, Endpoint, Unreadable, admit};
use raygate_core::kuberay::KubeRay;
use raygate_core::policy::spec::Enforcement;
use raygate_core::policy::{Policies, Policy};
use serde_json::{Value, json};

use crate::support::{Answer, ask, create, job, job_with, update, with};

fn policy(name: &str, spec: &Value) -> Arc<Policy> {
    let spec = serde_json::from_value(spec.clone()).expect("the shape of a policy");
    Arc::new(Policy::compile(name, &spec).expect("a policy without mistakes"))
}

pub(crate) fn under(policies: &[(&str, Value)]) -> Configuration {
    let policies = policies.iter().map(|(name, spec)| policy(name, spec));
    Configuration::new(&KubeRay::default(), Vec::new()).under(Policies::new(policies, 0))
}

fn validate(configuration: &Configuration, job: &Value) -> Answer {
    ask(Endpoint::Validate, &create(job).bytes(), configuration)
}

/// A job that keeps its cluster: RJ106 warns of it.
fn keeping() -> Value {
    job_with(&json!({"spec": {"shutdownAfterJobFinishes": false}}))
}

#[test]
fn a_policy_gives_a_rule_another_level_by_code_slug_or_family() {
    for name in ["RJ106", "rj106", "cluster-outlives-job", "lifecycle/*"] {
        let rules = |action: &str| under(&[("p", json!({"rules": [{"rules": [name], "action": action}]}))]);
        assert_eq!(validate(&rules("Deny"), &keeping()).denied, ["RJ106"], "{name}");
        assert!(validate(&rules("Off"), &keeping()).warned.is_empty(), "{name}");
    }
}

#[test]
fn a_code_beats_a_family_in_one_policy() {
    let rules = json!([{"rules": ["RJ106"], "action": "Off"}, {"rules": ["lifecycle/*"], "action": "Deny"}]);
    let answer = validate(&under(&[("p", json!({"rules": rules}))]), &keeping());
    assert!(answer.allowed() && answer.warned.is_empty());
}

#[test]
fn the_first_policy_that_names_a_rule_decides_and_the_strictest_of_equals() {
    let spec = |priority: i32, action: &str| json!({"priority": priority, "rules": [{"rules": ["RJ106"], "action": action}]});
    let decided =
        |left: Value, right: Value| validate(&under(&[("a", left), ("b", right)]), &keeping()).allowed();
    assert!(decided(spec(10, "Off"), spec(0, "Deny")));
    assert!(!decided(spec(0, "Off"), spec(10, "Deny")));
    assert!(!decided(spec(5, "Off"), spec(5, "Deny")));
    assert!(!decided(spec(5, "Deny"), spec(5, "Off")));
}

#[test]
fn every_policy_that_denies_asks_for_its_own() {
    let configuration = under(&[
        ("costs", json!({"require": {"labels": {"cost-center": "[a-z]+"}}})),
        ("times", json!({"priority": 7, "limits": {"activeDeadlineSeconds": {"max": 60}}})),
    ]);
    let answer = validate(&configuration, &job_with(&json!({"spec": {"activeDeadlineSeconds": 61}})));
    assert_eq!(answer.denied, ["RJ741", "RJ743"]);
    assert!(answer.message().contains("(policy costs)") && answer.message().contains("(policy times)"));
}

#[test]
fn whom_a_policy_is_about_is_asked_of_the_request() {
    let strict = json!({"require": {"activeDeadlineSeconds": true}});
    let with_match = |matches: Value| under(&[("p", with(&strict, &json!({"match": matches})))]);
    for (matches, denies) in [
        (json!({"namespaces": ["default"]}), true),
        (json!({"namespaces": ["def*"]}), true),
        (json!({"namespaces": ["team-*"]}), false),
        (json!({"names": ["tr?in"]}), true),
        (json!({"names": ["other"]}), false),
        (json!({"subjects": [{"kind": "User", "name": "alice"}]}), true),
        (json!({"subjects": [{"kind": "Group", "name": "data-*"}]}), true),
        (json!({"subjects": [{"kind": "ServiceAccount", "namespace": "*", "name": "*"}]}), false),
        (json!({"objectSelector": {"matchLabels": {"team": "a"}}}), false),
        (
            json!({"objectSelector": {"matchExpressions": [{"key": "team", "operator": "DoesNotExist"}]}}),
            true,
        ),
        (json!({"namespaces": ["default"], "names": ["other"]}), false),
    ] {
        assert_eq!(!validate(&with_match(matches.clone()), &job()).allowed(), denies, "{matches}");
        let excluding = under(&[("p", with(&strict, &json!({"exclude": matches})))]);
        if matches.as_object().expect("an object").len() == 1 {
            assert_eq!(validate(&excluding, &job()).allowed(), denies, "excluding {matches}");
        }
    }
}

#[test]
fn labels_of_an_unknown_namespace_are_asked_for_again_and_never_guessed() {
    let spec = json!({
        "match": {"namespaceSelector": {"matchLabels": {"tier": "gpu"}}},
        "require": {"activeDeadlineSeconds": true},
    });
    let body = create(&job()).bytes();
    let unknown = under(&[("p", spec.clone())]);
    let refusal = admit(Endpoint::Validate, &body, &unknown).expect_err("nobody knows");
    assert!(matches!(refusal, Unreadable::UnknownNamespace(_)));
    for (tier, denies) in [("gpu", true), ("cpu", false)] {
        let labels = BTreeMap::from([("tier".to_owned(), tier.to_owned())]);
        let known = Arc::new([("default".to_owned(), labels)].into_iter().collect());
        let configuration = unknown.clone().knowing(known);
        assert_eq!(!ask(Endpoint::Validate, &body, &configuration).allowed(), denies, "{tier}");
    }
    // A condition that fails anyway makes the labels unimportant.
    let elsewhere = under(&[("p", with(&spec, &json!({"match": {"namespaces": ["other"]}})))]);
    assert!(ask(Endpoint::Validate, &body, &elsewhere).allowed());
}

#[test]
fn a_job_cannot_leave_a_policy_by_changing_its_labels() {
    let labelled = |team: &str, deadline: i64| {
        job_with(&json!({
            "metadata": {"labels": {"team": team}},
            "spec": {"activeDeadlineSeconds": deadline},
        }))
    };
    let limits = json!({"limits": {"activeDeadlineSeconds": {"max": 60}}});
    let selector = json!({"objectSelector": {"matchLabels": {"team": "a"}}});
    let matching = under(&[("p", with(&limits, &json!({"match": selector})))]);
    let excluding = under(&[("p", with(&limits, &json!({"exclude": selector})))]);
    let judged = |configuration: &Configuration, old: &str, new: &str| {
        let review = update(&labelled(old, 60), &labelled(new, 61));
        ask(Endpoint::Validate, &review.bytes(), configuration).allowed()
    };
    assert!(!judged(&matching, "a", "b") && !judged(&matching, "b", "a") && judged(&matching, "b", "c"));
    assert!(!judged(&excluding, "a", "b") && !judged(&excluding, "b", "a") && judged(&excluding, "a", "a"));
}

#[test]
fn a_tightened_policy_forgives_what_was_there_unless_it_says_otherwise() {
    let stored = job_with(&json!({"spec": {"activeDeadlineSeconds": 600}}));
    let change = |seconds: i64| {
        update(
            &stored,
            &job_with(&json!({"spec": {"activeDeadlineSeconds": seconds, "entrypoint": "python b.py"}})),
        )
    };
    let limits = json!({"limits": {"activeDeadlineSeconds": {"max": 60}}});
    let allowed = |spec: &Value, seconds: i64| {
        ask(Endpoint::Validate, &change(seconds).bytes(), &under(&[("p", spec.clone())]))
            .denied
            .contains(&"RJ743")
    };
    assert!(!allowed(&limits, 600) && !allowed(&limits, 500) && allowed(&limits, 700));
    let strict = with(&limits, &json!({"existing": "Deny"}));
    assert!(allowed(&strict, 600));
}

#[test]
fn a_policy_that_warns_or_records_finds_exactly_what_it_would_deny() {
    let spec = |enforcement: &str| {
        json!({
            "enforcement": enforcement,
            "rules": [{"rules": ["RJ106"], "action": "Deny"}],
            "require": {"activeDeadlineSeconds": true},
        })
    };
    let denied = validate(&under(&[("p", spec("Deny"))]), &keeping());
    assert_eq!(denied.denied, ["RJ106", "RJ742"]);
    let warned = validate(&under(&[("p", spec("Warn"))]), &keeping());
    assert!(warned.allowed());
    assert_eq!(warned.warned, ["RJ106", "RJ742"]);
    let recorded = validate(&under(&[("p", spec("Audit"))]), &keeping());
    assert!(recorded.allowed());
    assert_eq!(recorded.warned, ["RJ106"]);
    assert_eq!(recorded.response()["auditAnnotations"]["would-deny"], "RJ106,RJ742");
}

#[test]
fn enforcement_softens_everything_but_the_guard() {
    let bad = job_with(&json!({"spec": {"ttlSecondsAfterFinished": -1}}));
    let poison = with(
        &bad,
        &json!({"spec": {"rayClusterSpec": {"headGroupSpec": {"template": {"spec": {
        "containers": [{"name": "a", "image": "a", "resources": {"limits": {"memory": "1e1.5", "cpu": 1}}}]}}}}}}),
    );
    let configuration = |enforcement| under(&[]).enforcing(enforcement);
    let warned = validate(&configuration(Enforcement::Warn), &bad);
    assert!(warned.allowed() && warned.warned.contains(&"RJ104"));
    let recorded = validate(&configuration(Enforcement::Audit), &bad);
    assert!(recorded.allowed() && recorded.warned.is_empty());
    assert_eq!(recorded.response()["auditAnnotations"]["would-deny"], "RJ104");
    for enforcement in [Enforcement::Warn, Enforcement::Audit] {
        assert_eq!(validate(&configuration(enforcement), &poison).denied, ["RJ009"]);
    }
}

#[test]
fn an_expired_policy_is_none() {
    let spec = json!({"expiresAt": "2026-01-01T00:00:00Z", "require": {"activeDeadlineSeconds": true}});
    let policies = |now| Policies::new([policy("p", &spec)], now);
    let seconds = 1_767_225_600;
    assert!(!policies(seconds - 1).is_empty());
    assert!(policies(seconds).is_empty());
}

#[test]
fn an_annotation_does_not_hide_what_a_policy_says() {
    let spec = json!({"enforcement": "Warn", "require": {"activeDeadlineSeconds": true}});
    let ignoring = job_with(&json!({"metadata": {"annotations": {"raygate.dev/ignore": "RJ742"}}}));
    assert!(validate(&under(&[("p", spec)]), &ignoring).warned.contains(&"RJ742"));
}
