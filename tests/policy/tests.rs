//! `raygate policy test`: what its files can say, and what is told of them.

use crate::program::{Folder, Ran, project, run_in};

const POLICIES: &str = "\
apiVersion: raygate.dev/v1alpha1
kind: RayJobPolicy
metadata: {name: costs}
spec:
  match: {namespaces: [team-*], namespaceSelector: {matchLabels: {tier: gpu}}}
  exclude: {subjects: [{kind: Group, name: admins}]}
  require: {labels: {cost-center: '[0-9]+'}}
  defaults: {activeDeadlineSeconds: 60}
---
apiVersion: raygate.dev/v1alpha1
kind: RayJobPolicy
metadata: {name: watch}
spec: {enforcement: Audit, require: {queueName: true}}
";

const HEAD: &str = "\
policies: [policies.yaml]
namespace: team-a
namespaceLabels: {tier: gpu}
job:
  metadata: {name: train}
  spec:
    entrypoint: python train.py
    shutdownAfterJobFinishes: true
    rayClusterSpec:
      rayVersion: \"2.56.0\"
      headGroupSpec: {template: {spec: {containers: [{name: ray-head, image: \"rayproject/ray:2.56.0\"}]}}}
cases:
";

fn test(cases: &str, arguments: &[&str]) -> Ran {
    let text = format!("{HEAD}{cases}");
    let folder = Folder::with(&[("policies.yaml", POLICIES), ("a.test.yaml", &text)]);
    folder.run(&[&["test", "."], arguments].concat())
}

/// What is told of one case that expects this.
fn differences(case: &str) -> Vec<String> {
    let ran = test(&format!("- {{name: a, {case}}}\n"), &["--format", "json"]);
    let told = ran.json();
    assert_eq!(told["errors"].as_array().map(Vec::len), Some(0), "{ran:?}");
    let differences = told["cases"][0]["differences"].as_array().expect("differences").clone();
    assert_eq!(ran.code, Some(i32::from(!differences.is_empty())), "{case}");
    differences.into_iter().map(|difference| difference.as_str().expect("a text").to_owned()).collect()
}

#[test]
fn what_is_as_expected_passes() {
    for case in [
        "expect: {verdict: denied, codes: [{code: RJ741, field: metadata.labels}], policies: [costs, watch]}",
        "expect: {codes: [label-against-policy], wouldDeny: [{code: RJ742, policy: watch}]}",
        "change: {metadata: {labels: {cost-center: '7'}}}, expect: {verdict: allowed, codes: []}",
        "expect: {patch: {spec: {activeDeadlineSeconds: 60, ttlSecondsAfterFinished: null}}}",
        "groups: [admins], expect: {verdict: allowed, policies: [watch]}",
        "namespace: other, expect: {policies: [watch]}",
        "namespaceLabels: {tier: cpu}, expect: {policies: [watch], patch: {spec: {activeDeadlineSeconds: null}}}",
        "old: {metadata: {name: train}, spec: {entrypoint: python b.py}}, expect: {patch: {spec: {activeDeadlineSeconds: null}}}",
        "operation: CREATE, old: {metadata: {name: train}, spec: {}}, expect: {patch: {spec: {activeDeadlineSeconds: 60}}}",
    ] {
        assert_eq!(differences(case), Vec::<String>::new(), "{case}");
    }
}

#[test]
fn what_is_another_than_expected_is_told() {
    for (case, expected) in [
        ("expect: {verdict: allowed}", &["the job is denied, and should be allowed"][..]),
        ("expect: {codes: [RJ741, RJ106]}", &["RJ106 is not found"]),
        (
            "expect: {codes: [{code: RJ741, field: spec}]}",
            &[
                "RJ741 at spec is not found",
                "RJ741 is found at metadata.labels (policy costs), and not expected: the label `cost-center` is missing",
            ],
        ),
        (
            "expect: {policies: [costs, third]}",
            &[
                "the policy third is not about the job, and should be",
                "the policy watch is about the job, and should not be",
            ],
        ),
        (
            "expect: {patch: {spec: {activeDeadlineSeconds: 61}}}",
            &["spec.activeDeadlineSeconds is another than 61"],
        ),
        (
            "expect: {patch: {spec: {activeDeadlineSeconds: null}}}",
            &["spec.activeDeadlineSeconds is set, and should not be"],
        ),
        (
            "expect: {patch: {metadata: {labels: {a: b}}}}",
            &["metadata.labels is not set, and should be {\"a\":\"b\"}"],
        ),
    ] {
        assert_eq!(differences(case), expected, "{case}");
    }
}

#[test]
fn a_mistake_in_a_file_of_tests_is_told_with_its_line() {
    for (cases, place, word) in [
        ("- {name: a, expcet: {}}\n", "a.test.yaml:13:", "expcet"),
        ("- {name: a, expect: {verdct: denied}}\n", "a.test.yaml:13:", "verdct"),
        ("- {name: a}\n", "a.test.yaml:13:", "expect"),
        ("- {name: a, operation: UPDATE, expect: {}}\n", "a.test.yaml:13:", "old"),
        ("- {name: a, job: missing.yaml, expect: {}}\n", "a.test.yaml:13:", "missing.yaml"),
        ("- {name: a, job: 7, expect: {}}\n", "a.test.yaml:13:", "name a file"),
        ("namespce: a\n", "a.test.yaml:13:", "namespce"),
    ] {
        let ran = test(cases, &[]);
        assert_eq!(ran.code, Some(2), "{cases}: {ran:?}");
        assert!(ran.out.contains(place) && ran.out.contains(word), "{cases}: {}", ran.out);
    }
    let folder = Folder::with(&[
        ("a.test.yaml", &HEAD.replace("namespaceLabels: {tier: gpu}\n", "")),
        ("policies.yaml", POLICIES),
    ]);
    let ran = folder.run(&["test", "a.test.yaml"]);
    assert_eq!(ran.code, Some(2), "no case: {ran:?}");
    let ran = Folder::with(&[]).run(&["test", "missing.test.yaml"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
}

#[test]
fn labels_of_a_namespace_that_nobody_gave_are_not_guessed() {
    let text = format!("{}- {{name: a, expect: {{}}}}\n", HEAD.replace("namespaceLabels: {tier: gpu}\n", ""));
    let ran =
        Folder::with(&[("policies.yaml", POLICIES), ("a.test.yaml", &text)]).run(&["test", "a.test.yaml"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.out.contains("namespaceLabels"), "{ran:?}");
}

#[test]
fn the_tests_beside_the_examples_pass() {
    let ran = run_in(project(), &["test", "examples/policies"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
}
