//! Broken policies, each with the fields and messages that are told of it. `UPDATE=1 cargo test --test policy broken`
//! rewrites what is expected.

use std::fmt::Write as _;
use std::fs;

use serde_json::Value;

use crate::program::{Folder, project};

/// What stands before a spec that is a case of its own.
const HEAD: &str = "apiVersion: raygate.dev/v1alpha1\nkind: RayJobPolicy\nmetadata: {name: broken}\nspec:\n";

/// Each case with its name; a mere spec becomes a policy.
fn cases() -> Vec<(String, String)> {
    let text = fs::read_to_string(project().join("tests/policy/broken.yaml")).expect("the corpus");
    let case = |case: &str| {
        let (name, text) = case.split_once('\n').expect("a name and a policy");
        let name = name.strip_prefix("# ").expect("a name").to_owned();
        let is_whole = text.lines().any(|line| line.starts_with("kind:"));
        let indented = || text.lines().fold(HEAD.to_owned(), |all, line| all + "  " + line + "\n");
        (name, if is_whole { text.to_owned() } else { indented() })
    };
    text.split("---\n").map(case).collect()
}

#[test]
fn every_broken_policy_is_refused_at_its_fields_and_in_these_words() {
    let (cases, mut told) = (cases(), String::new());
    assert!(cases.len() >= 60, "{} cases", cases.len());
    for (name, text) in &cases {
        let folder = Folder::with(&[("policy.yaml", text)]);
        let ran = folder.run(&["check", "policy.yaml", "--format", "json"]);
        let report = ran.json();
        assert!(matches!(ran.code, Some(1 | 2)), "{name}: {ran:?}");
        writeln!(told, "## {name}").expect("a text");
        for part in ["mistakes", "errors"] {
            for mistake in report[part].as_array().expect("a list") {
                let text = |key: &str| mistake[key].as_str().unwrap_or_default().to_owned();
                let at = |key: &str| mistake[key].as_u64().unwrap_or_default();
                let field = if mistake.get("field").is_some() { text("field") + ": " } else { String::new() };
                writeln!(told, "{}:{} {field}{}", at("line"), at("column"), text("message")).expect("a text");
            }
        }
    }
    let file = project().join("tests/policy/broken.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &told).expect("the golden file");
    }
    let expected = fs::read_to_string(&file).expect("the golden file");
    assert!(
        told == expected,
        "what is told of broken policies has changed: read the difference after UPDATE=1"
    );
    let cases_told = told.split("## ").skip(1).filter(|case| case.trim_end().contains('\n'));
    assert_eq!(cases_told.count(), cases.len(), "of each case something is told");
}

#[test]
fn a_policy_that_nothing_is_wrong_with_is_called_sound() {
    let folder = Folder::with(&[("policy.yaml", HEAD.replace("spec:", "spec: {}").as_str())]);
    let ran = folder.run(&["check", "policy.yaml"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "1 policy in 1 file: nothing is wrong.\n"));
    let ran = folder.run(&["check", "."]);
    assert_eq!(ran.code, Some(0));
    let empty = Folder::with(&[("other.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")]);
    let ran = empty.run(&["check", "."]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let ran = empty.run(&["check", "missing.yaml", "--format", "json"]);
    assert_eq!((ran.code, ran.json()["errors"][0]["file"].clone()), (Some(2), Value::from("missing.yaml")));
}

#[test]
fn a_mistake_is_drawn_below_its_line() {
    let text =
        HEAD.to_owned() + "  rules:\n  - {rules: [cluster-outlives-jobs], action: Deny}\n  priorty: 7\n";
    let ran = Folder::with(&[("policy.yaml", &text)]).run(&["check", "policy.yaml", "--color", "never"]);
    let drawn = "\
 --> policy.yaml:6:14
  |
6 |   - {rules: [cluster-outlives-jobs], action: Deny}
  |              ^^^^^^^^^^^^^^^^^^^^^ spec.rules[0].rules[0]
";
    let of_key = "\
7 |   priorty: 7
  |   ^^^^^^^ spec.priorty
";
    assert!(ran.out.contains(of_key), "{}", ran.out);
    assert_eq!(ran.code, Some(1));
    let alone = Folder::with(&[("policy.yaml", text.replace("  priorty: 7\n", "").as_str())]);
    let ran = alone.run(&["check", "policy.yaml"]);
    assert!(
        ran.out.contains(drawn) && ran.out.contains("did you mean `cluster-outlives-job` (RJ106)?"),
        "{}",
        ran.out
    );
}
