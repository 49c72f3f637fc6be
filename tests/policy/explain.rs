//! What `raygate policy explain` tells of a job.

use serde_json::{Value, json};

use crate::program::{Folder, Ran};

const JOB: &str = "\
apiVersion: ray.io/v1
kind: RayJob
metadata: {name: train}
spec:
  entrypoint: python train.py
  rayClusterSpec:
    rayVersion: \"2.56.0\"
    headGroupSpec:
      template: {spec: {containers: [{name: ray-head, image: \"rayproject/ray:2.56.0\"}]}}
";

fn policy(name: &str, spec: &str) -> String {
    format!(
        "apiVersion: raygate.dev/v1alpha1\nkind: RayJobPolicy\nmetadata: {{name: {name}}}\nspec: {spec}\n---\n"
    )
}

fn explain(policies: &str, arguments: &[&str]) -> Ran {
    let folder = Folder::with(&[("job.yaml", JOB), ("policies.yaml", policies)]);
    folder.run(&[&["explain", "job.yaml", "--policy", "policies.yaml"], arguments].concat())
}

fn explained(policies: &str, arguments: &[&str]) -> Value {
    explain(policies, &[arguments, &["--format", "json"]].concat()).json()
}

#[test]
fn each_condition_is_told_with_what_it_sees() {
    let policies = policy(
        "p",
        "{match: {namespaces: [team-*], namespaceSelector: {matchLabels: {tier: gpu}}, subjects: [{kind: Group, name: data}]}, exclude: {names: [train]}}",
    );
    let told = explained(
        &policies,
        &["--namespace", "team-a", "--group", "data", "--user", "alice", "--namespace-labels", "tier=cpu"],
    );
    let conditions = told["policies"][0]["conditions"].as_array().expect("conditions").iter();
    let conditions: Vec<_> = conditions.map(|one| json!([one["field"], one["sees"], one["holds"]])).collect();
    let expected = [
        json!(["match.namespaces", "team-a", true]),
        json!(["match.subjects", "user alice, group data", true]),
        json!(["match.namespaceSelector", "tier=cpu", false]),
        json!(["exclude.names", "train", true]),
    ];
    assert_eq!(conditions, expected);
    assert_eq!(told["policies"][0]["matches"], false);
}

/// The table of docs/policy.md: which policy decides the level of a rule.
#[test]
fn the_policy_that_decides_a_level_is_told() {
    let level = |name: &str, priority: i32, rule: &str, action: &str| {
        policy(name, &format!("{{priority: {priority}, rules: [{{rules: [{rule}], action: '{action}'}}]}}"))
    };
    let decided = |policies: &str| {
        let told = explained(policies, &[]);
        let levels = told["levels"].as_array().expect("levels").clone();
        let one = levels.into_iter().find(|level| level["code"] == "RJ106").expect("a level");
        (
            one["level"].as_str().expect("a level").to_owned(),
            one["policy"].as_str().expect("a policy").to_owned(),
        )
    };
    let is = |level: &str, policy: &str| (level.to_owned(), policy.to_owned());
    let both = |left: String, right: String| left + &right;
    assert_eq!(
        decided(&both(level("a", 1, "RJ106", "Off"), level("b", 2, "RJ106", "Deny"))),
        is("deny", "b")
    );
    assert_eq!(decided(&both(level("a", 2, "RJ106", "Off"), level("b", 1, "RJ106", "Deny"))), is("off", "a"));
    assert_eq!(
        decided(&both(level("a", 1, "RJ106", "Warn"), level("b", 1, "RJ106", "Deny"))),
        is("deny", "b")
    );
    assert_eq!(
        decided(&both(level("a", 1, "lifecycle/*", "Off"), level("b", 0, "RJ106", "Deny"))),
        is("off", "a")
    );
}

#[test]
fn what_a_limit_sees_is_told_beside_it_and_what_is_given() {
    let policies = policy(
        "p",
        "{require: {labels: {team: '.+'}}, limits: {activeDeadlineSeconds: {max: 60}, images: {allow: ['rayproject/*']}, rayVersion: '>=2.9'}, defaults: {activeDeadlineSeconds: 30}}",
    ) + &policy("q", "{defaults: {ttlSecondsAfterFinished: 5}}");
    let ran = explain(&policies, &[]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    for line in [
        "RayJob train is denied.",
        "  require.labels[team]: .+; the job: not set",
        "  limits.activeDeadlineSeconds: {max: 60}; the job: 30",
        "  limits.images: {allow: rayproject/*}; the job: rayproject/ray:2.56.0",
        "  limits.rayVersion: >=2.9; the job: 2.56.0",
        "  spec.activeDeadlineSeconds: given by p",
        "  spec.ttlSecondsAfterFinished: not given by q, because of RJ102",
    ] {
        assert!(ran.out.lines().any(|printed| printed == line), "{line} is not in:\n{}", ran.out);
    }
}

#[test]
fn what_each_expression_says_of_the_job_is_told() {
    let spec = "{onError: Warn, validations: [\
        {expression: 'job.workers == 0.0', message: told}, \
        {expression: 'request.userInfo.username == \"bob\"', message: 'ask bob'}, \
        {expression: 'object.spec.backoffLimit == 0', message: told}, \
        {expression: 'object.spec.suspend', message: told}]}";
    let elsewhere = "{match: {namespaces: [other]}, validations: [{expression: 'false', message: told}]}";
    let policies = policy("p", spec) + &policy("elsewhere", elsewhere);
    let ran = explain(&policies, &["--user", "alice"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let told: Vec<_> = ran.out.lines().filter(|line| line.starts_with("  validations[")).collect();
    let expected = [
        "  validations[0]: job.workers == 0.0; of the job it is true",
        "  validations[1]: request.userInfo.username == \"bob\"; of the job it is false",
        // The API server fills in the default before it asks.
        "  validations[2]: object.spec.backoffLimit == 0; of the job it is true",
        "  validations[3]: object.spec.suspend; of the job it has no answer: there is no field `suspend`: has(…) asks whether there is one",
    ];
    assert_eq!(told, expected);
    let findings: Vec<_> = ran.out.lines().skip_while(|line| *line != "Findings:").skip(1).collect();
    assert!(
        findings.iter().any(|line| line.starts_with("  deny RJ758") && line.contains("ask bob")),
        "{ran:?}"
    );
    assert!(findings.iter().any(|line| line.starts_with("  warn RJ759")), "{ran:?}");
    let json = explained(&policies, &["--user", "alice"]);
    let of = |name: &str| {
        let policies = json["policies"].as_array().expect("policies");
        let policy = policies.iter().find(|policy| policy["name"] == name).expect("the policy");
        let answers = policy["expressions"].as_array().expect("answers");
        answers.iter().map(|answer| answer["isTrue"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(of("p"), [json!(true), json!(false), json!(true), Value::Null]);
    assert!(of("elsewhere").is_empty());
}

#[test]
fn what_cannot_be_told_is_said() {
    let policies =
        policy("p", "{match: {namespaceSelector: {matchLabels: {tier: gpu}}}, require: {rayVersion: true}}");
    let ran = explain(&policies, &[]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.errors.contains("--namespace-labels"), "{ran:?}");
    let ran =
        Folder::with(&[("none.yaml", "apiVersion: v1\nkind: ConfigMap\n")]).run(&["explain", "none.yaml"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.errors.contains("there is no RayJob in it"), "{ran:?}");
    let ran = Folder::with(&[]).run(&["explain", "missing.yaml"]);
    assert_eq!(ran.code, Some(2));
}

#[test]
fn an_update_is_told_as_one() {
    let old = JOB.replace("python train.py", "python other.py");
    let folder = Folder::with(&[
        ("job.yaml", JOB),
        ("old.yaml", &old),
        ("p.yaml", &policy("p", "{require: {activeDeadlineSeconds: true}}")),
    ]);
    let explain =
        |more: &[&str]| folder.run(&[&["explain", "job.yaml", "--policy", "p.yaml"], more].concat()).code;
    assert_eq!(explain(&[]), Some(1));
    // The stored job has no deadline either: that is forgiven.
    assert_eq!(explain(&["--old", "old.yaml"]), Some(0));
}
