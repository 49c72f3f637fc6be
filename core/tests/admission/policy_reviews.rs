//! `/validate-policy`: a broken policy is refused with all its mistakes, and nobody is held up who only tends to one.

use raygate_core::admission::{Configuration, Endpoint, Verdict};
use serde_json::{Value, json};

use crate::support::{Answer, Review, ask, job, review};

fn policy(spec: &Value) -> Value {
    json!({"apiVersion": "raygate.dev/v1alpha1", "kind": "RayJobPolicy", "metadata": {"name": "p"}, "spec": spec})
}

fn about(operation: &str, object: &Value, old: &Value) -> Review {
    let kind = json!({"group": "raygate.dev", "version": "v1alpha1", "kind": "RayJobPolicy"});
    review(operation, object, old).set("/request/kind", kind)
}

fn answer(review: &Review) -> Answer {
    ask(Endpoint::ValidatePolicy, &review.bytes(), &Configuration::default())
}

/// Field and message of each cause.
fn causes(answer: &Answer) -> Vec<(String, String)> {
    let causes = answer.status()["details"]["causes"].as_array().expect("causes");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    causes.iter().map(|cause| (text(&cause["field"]), text(&cause["message"]))).collect()
}

fn broken() -> Value {
    policy(&json!({
        "match": {"namespaces": ["[a]"]},
        "rules": [{"rules": ["cluster-outlives-jobs"], "action": "Deny"}],
        "limits": {"workers": {"min": 2, "max": 1}},
    }))
}

#[test]
fn all_mistakes_are_causes_at_their_fields() {
    let answer = answer(&about("CREATE", &broken(), &Value::Null));
    let status = answer.status();
    assert_eq!((&status["code"], &status["reason"]), (&json!(422), &json!("Invalid")));
    let details = &status["details"];
    assert_eq!([&details["group"], &details["kind"], &details["name"]], ["raygate.dev", "RayJobPolicy", "p"]);
    let causes = causes(&answer);
    for field in ["spec.match.namespaces[0]", "spec.rules[0].rules[0]", "spec.limits.workers.min"] {
        let cause =
            causes.iter().find(|(at, _)| at == field).unwrap_or_else(|| panic!("{field} in {causes:?}"));
        assert!(answer.message().contains(&format!("{}: ", cause.0)), "{}", answer.message());
    }
    assert!(causes.iter().any(|(_, message)| message.contains("did you mean `cluster-outlives-job`")));
}

#[test]
fn a_sound_policy_is_let_in() {
    for spec in [json!({}), json!({"require": {"activeDeadlineSeconds": true}}), Value::Null] {
        let answer = answer(&about("CREATE", &policy(&spec), &Value::Null));
        assert_eq!((answer.allowed(), answer.verdict), (true, Verdict::Allowed), "{spec}");
    }
}

#[test]
fn what_is_broken_already_can_be_tended_to_and_deleted() {
    let mut labelled = broken();
    labelled["metadata"]["labels"] = json!({"a": "b"});
    let mut terminating = broken();
    terminating["metadata"]["deletionTimestamp"] = "2027-01-01T00:00:00Z".into();
    let mut repaired_badly = broken();
    repaired_badly["spec"]["priority"] = json!(1);
    for (review, verdict) in [
        (about("UPDATE", &labelled, &broken()), Verdict::Skipped),
        (about("UPDATE", &repaired_badly, &terminating), Verdict::Skipped),
        (about("DELETE", &Value::Null, &broken()), Verdict::Skipped),
        (
            about("UPDATE", &broken(), &policy(&json!({}))).set("/request/subResource", json!("status")),
            Verdict::Skipped,
        ),
        (about("UPDATE", &repaired_badly, &broken()), Verdict::Denied),
        (about("UPDATE", &policy(&json!({})), &broken()), Verdict::Allowed),
        (review("CREATE", &job(), &Value::Null), Verdict::Skipped),
    ] {
        let answer = answer(&review);
        assert_eq!(answer.verdict, verdict, "{}", review.object());
        assert_eq!(answer.allowed(), verdict != Verdict::Denied);
    }
}

#[test]
fn many_mistakes_are_cut_and_counted() {
    let rules: Vec<_> = (0..150).map(|_| "no-such-rule").collect();
    let spec = json!({"rules": [{"rules": rules, "action": "Deny"}]});
    let answer = answer(&about("CREATE", &policy(&spec), &Value::Null));
    let causes = causes(&answer);
    assert_eq!((causes.len(), causes[50].1.as_str()), (51, "and 100 more"));
    assert!(answer.message().len() < 20 * 1024);
}
