//! Who decides, and what a policy is told of without deciding: the sentences of docs/policy.md that a single policy does
//! not show.

use raygate_core::admission::{Configuration, Endpoint, Unreadable, admit};
use raygate_core::kuberay::KubeRay;
use serde_json::{Value, json};

use crate::policies::under;
use crate::support::{Answer, OPERATOR, ask, create, job, job_with, review, update, with};

fn validate(configuration: &Configuration, job: &Value) -> Answer {
    ask(Endpoint::Validate, &create(job).bytes(), configuration)
}

/// A job that keeps its cluster: RJ106 warns of it.
fn keeping() -> Value {
    job_with(&json!({"spec": {"shutdownAfterJobFinishes": false}}))
}

fn level(rule: &str, action: &str, priority: i32) -> Value {
    json!({"priority": priority, "rules": [{"rules": [rule], "action": action}]})
}

#[test]
fn the_rules_own_levels_hold_wherever_no_policy_says_otherwise() {
    let negative = job_with(&json!({"spec": {"ttlSecondsAfterFinished": -1}}));
    let strict = json!({"require": {"activeDeadlineSeconds": true}});
    let elsewhere = with(&strict, &json!({"match": {"namespaces": ["other"]}}));
    for policies in [vec![], vec![("elsewhere", elsewhere)], vec![("other-rule", level("RJ501", "Deny", 9))]]
    {
        let configuration = under(&policies);
        assert_eq!(validate(&configuration, &negative).denied, ["RJ104"], "{policies:?}");
        let answer = validate(&configuration, &keeping());
        assert!(answer.allowed() && answer.warned.contains(&"RJ106"), "{policies:?}");
    }
    let both = validate(&under(&[("strict", strict)]), &negative);
    assert_eq!(both.denied, ["RJ104", "RJ742"]);
}

#[test]
fn a_code_beats_a_family_within_one_policy_only() {
    let denied =
        |left: Value, right: Value| !validate(&under(&[("a", left), ("b", right)]), &keeping()).allowed();
    // Between equals the strictest decides, however it names the rule.
    assert!(denied(level("RJ106", "Off", 0), level("lifecycle/*", "Deny", 0)));
    assert!(denied(level("lifecycle/*", "Off", 0), level("RJ106", "Deny", 0)));
    // A family with more priority goes before a code.
    assert!(!denied(level("lifecycle/*", "Off", 1), level("RJ106", "Deny", 0)));
    assert!(denied(level("lifecycle/*", "Deny", 1), level("RJ106", "Off", 0)));
}

#[test]
fn a_policy_that_only_tells_decides_no_level() {
    let quiet = |enforcement: &str, action: &str| {
        with(&level("RJ106", action, 100), &json!({"enforcement": enforcement}))
    };
    for enforcement in ["Warn", "Audit"] {
        let configuration =
            under(&[("loud", level("RJ106", "Deny", 0)), ("quiet", quiet(enforcement, "Off"))]);
        assert_eq!(validate(&configuration, &keeping()).denied, ["RJ106"], "{enforcement}");
        let configuration =
            under(&[("off", level("RJ106", "Off", 0)), ("quiet", quiet(enforcement, "Deny"))]);
        let answer = validate(&configuration, &keeping());
        assert!(answer.allowed());
        match enforcement {
            "Warn" => assert_eq!(answer.warned, ["RJ106"]),
            _ => assert_eq!(answer.response()["auditAnnotations"]["would-deny"], "RJ106"),
        }
    }
}

/// Specs that find something in one of the jobs below.
fn specs() -> Vec<Value> {
    let validation = |expression: &str| json!({"expression": expression, "message": "told"});
    vec![
        json!({"rules": [{"rules": ["lifecycle/*", "resources/*"], "action": "Deny"}]}),
        json!({"rules": [{"rules": ["RJ106"], "action": "Deny"}, {"rules": ["lifecycle/*"], "action": "Off"}]}),
        json!({"require": {"labels": {"team": "[a-z]+"}, "activeDeadlineSeconds": true, "queueName": true}}),
        json!({"limits": {"activeDeadlineSeconds": {"max": 60}, "backoffLimit": {"max": 1}}}),
        json!({"limits": {"images": {"allow": ["registry.example.com/*"]}, "submissionModes": ["HTTPMode"]}}),
        json!({"validations": [validation("object.spec.backoffLimit < 2"), validation("job.workers <= 0.0")]}),
        json!({"onError": "Deny", "validations": [validation("object.spec.nothing == 1")]}),
        json!({"existing": "Deny", "limits": {"activeDeadlineSeconds": {"max": 60}}}),
    ]
}

#[test]
fn what_warns_or_records_is_exactly_what_would_be_denied() {
    let stored = job_with(&json!({"spec": {"activeDeadlineSeconds": 600}}));
    let worse = with(&stored, &json!({"spec": {"activeDeadlineSeconds": 700, "backoffLimit": 3}}));
    let better = with(&stored, &json!({"spec": {"activeDeadlineSeconds": 500}}));
    let reviews = [
        create(&keeping()),
        create(&worse),
        update(&stored, &worse),
        update(&stored, &better),
        create(&job()),
    ];
    let mut found = 0;
    for spec in specs() {
        for review in &reviews {
            let body = review.bytes();
            let under = |enforcement: &str| {
                let spec = with(&spec, &json!({"enforcement": enforcement}));
                ask(Endpoint::Validate, &body, &under(&[("p", spec)]))
            };
            let (denies, warns, records) = (under("Deny"), under("Warn"), under("Audit"));
            let words = format!("{spec}");
            assert!(warns.allowed() && records.allowed(), "{words}");
            for code in &denies.denied {
                assert!(warns.warned.contains(code), "{code} of {words}: {:?}", warns.warned);
            }
            let mut recorded: Vec<_> = records.response()["auditAnnotations"]["would-deny"]
                .as_str()
                .map(|codes| codes.split(',').collect())
                .unwrap_or_default();
            let mut refused = denies.denied.clone();
            for codes in [&mut recorded, &mut refused] {
                codes.sort_unstable();
                codes.dedup();
            }
            assert_eq!(recorded, refused, "{words}");
            // And nothing else than what is warned of anyway.
            let anyway = ask(Endpoint::Validate, &body, &under_nothing());
            for code in &warns.warned {
                let is_known = denies.denied.contains(code) || denies.warned.contains(code);
                assert!(is_known || anyway.warned.contains(code), "{code} of {words}");
            }
            found += refused.len();
        }
    }
    assert!(found > 20, "{found} denials are no test");
}

fn under_nothing() -> Configuration {
    under(&[])
}

#[test]
fn deletions_unchanged_specs_and_the_controllers_always_pass() {
    let stored = job_with(&json!({"spec": {"activeDeadlineSeconds": 600}}));
    let changed = with(&stored, &json!({"spec": {"entrypoint": "python b.py"}}));
    let spec = json!({
        "existing": "Deny",
        "require": {"labels": {"team": "[a-z]+"}},
        "limits": {"activeDeadlineSeconds": {"max": 60}},
        "validations": [{"expression": "false", "message": "never"}],
    });
    let policies = under(&[("p", spec.clone())]);
    let allowed = |review: &crate::support::Review, configuration: &Configuration| {
        ask(Endpoint::Validate, &review.bytes(), configuration).allowed()
    };
    assert!(!allowed(&create(&stored), &policies) && !allowed(&update(&stored, &changed), &policies));
    let untouched = with(&stored, &json!({"metadata": {"resourceVersion": "7"}, "status": {"message": "a"}}));
    assert!(allowed(&update(&stored, &untouched), &policies));
    assert!(allowed(&review("DELETE", &Value::Null, &stored), &policies));
    let of_kuberay = Configuration::new(&KubeRay::default(), vec![OPERATOR.to_owned()]);
    let spec = serde_json::from_value(spec).expect("the shape of a policy");
    let policy = raygate_core::policy::Policy::compile("p", &spec).expect("a policy");
    let of_kuberay = of_kuberay.under(raygate_core::policy::Policies::new([std::sync::Arc::new(policy)], 0));
    assert!(!allowed(&update(&stored, &changed), &of_kuberay));
    assert!(allowed(&update(&stored, &changed).by(OPERATOR), &of_kuberay));
}

#[test]
fn a_generated_name_is_known_by_its_stem() {
    let strict = json!({"match": {"names": ["nightly-*"]}, "require": {"activeDeadlineSeconds": true}});
    let named = |metadata: Value| {
        let mut job = job();
        job["metadata"] = metadata;
        validate(&under(&[("p", strict.clone())]), &job).allowed()
    };
    assert!(!named(json!({"generateName": "nightly-"})));
    assert!(!named(json!({"name": "nightly-7"})));
    assert!(named(json!({"generateName": "train-"})) && named(json!({"name": "nightly"})));
}

#[test]
fn a_dated_exemption_by_name_lets_one_job_through() {
    let strict = json!({"require": {"activeDeadlineSeconds": true}, "exclude": {"names": ["migration"]}});
    let named = |name: &str| job_with(&json!({"metadata": {"name": name}}));
    assert!(validate(&under(&[("p", strict.clone())]), &named("migration")).allowed());
    assert!(!validate(&under(&[("p", strict)]), &named("train")).allowed());
    // Or by a policy of its own, which ends.
    let exempting = json!({
        "priority": 1000, "match": {"names": ["migration"]}, "expiresAt": "2027-01-31T18:00:00Z",
        "rules": [{"rules": ["RJ106"], "action": "Off"}],
    });
    let deny = level("RJ106", "Deny", 0);
    let keeping = |name: &str| with(&keeping(), &json!({"metadata": {"name": name}}));
    let policies = under(&[("deny", deny), ("exempting", exempting)]);
    assert!(validate(&policies, &keeping("migration")).allowed());
    assert!(!validate(&policies, &keeping("train")).allowed());
}

#[test]
fn an_exclusion_by_labels_that_nobody_knows_is_asked_for_again() {
    let strict = json!({
        "exclude": {"namespaceSelector": {"matchLabels": {"tier": "test"}}},
        "require": {"activeDeadlineSeconds": true},
    });
    let body = create(&job()).bytes();
    let refusal =
        admit(Endpoint::Validate, &body, &under(&[("p", strict.clone())])).expect_err("nobody knows");
    assert!(matches!(refusal, Unreadable::UnknownNamespace(_)));
    // Whoever is excluded anyway needs no labels.
    let excluded = with(&strict, &json!({"exclude": {"namespaces": ["default"]}}));
    assert!(ask(Endpoint::Validate, &body, &under(&[("p", excluded)])).allowed());
}
