//! The policies in `examples/policies`: each is sound, refuses what it is there for, and lets the rest in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::written;

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/policies").join(name)
}

/// The codes of what is denied under a policy, and the exit code.
fn denied(policy: &Path, change: &Value, flags: &[&str]) -> (Vec<String>, Option<i32>) {
    let folder = tempfile::tempdir().unwrap();
    let mut job: Value = serde_json::from_str(raygate_core::rules::examples::GOOD_JOB).unwrap();
    json_patch::merge(&mut job, change);
    let file = folder.path().join("job.json");
    fs::write(&file, job.to_string()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_raygate"));
    command.args(["check", "--format", "json", "--policy"]).arg(policy).arg(&file).args(flags);
    let output = command.output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let findings = report["findings"].as_array().unwrap().iter();
    let codes = findings.filter(|finding| finding["level"] == "deny");
    (codes.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect(), output.status.code())
}

#[test]
fn every_example_is_sound_and_its_lesson_holds() {
    let in_team = |namespace: &str| json!({"metadata": {"namespace": namespace}});
    let paid = json!({
        "metadata": {"namespace": "team-a", "labels": {"cost-center": "RAY-17"}},
        "spec": {"activeDeadlineSeconds": 3600},
    });
    let image = |image: &str| {
        json!({"spec": {"rayClusterSpec": {"rayVersion": "2.56.0", "headGroupSpec": {
        "template": {"spec": {"containers": [{"name": "ray-head", "image": image}]}}}}}})
    };
    let open = json!({"spec": {"rayClusterSpec": {"headGroupSpec": {"serviceType": "LoadBalancer"}}}});
    let none: [&str; 0] = [];
    for (name, change, codes) in [
        ("gpu-teams.yaml", &in_team("team-a"), &["RJ741", "RJ742"][..]),
        ("gpu-teams.yaml", &in_team("other"), &none),
        ("gpu-teams.yaml", &paid, &none),
        ("trusted-images.yaml", &image("registry.example.com/ray:2.56.0"), &none),
        ("trusted-images.yaml", &image("registry.example.com/ray:latest"), &["RJ745"]),
        ("trusted-images.yaml", &image("elsewhere.example.com/ray:2.56.0"), &["RJ745"]),
        ("closed-network.yaml", &open, &["RJ747"]),
        ("closed-network.yaml", &json!({}), &none),
        ("first-weeks.yaml", &json!({}), &none),
    ] {
        assert_eq!(denied(&example(name), change, &[]).0, codes, "{name} {change}");
    }
    let tried = ["gpu-teams.yaml", "trusted-images.yaml", "closed-network.yaml", "first-weeks.yaml"];
    let files =
        fs::read_dir(example("")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    for file in files.filter(|file| !file.ends_with(".test.yaml") && !tried.contains(&file.as_str())) {
        // Those with tests of their own are tried by `raygate policy test`.
        let tests = file.replace(".yaml", ".test.yaml");
        assert!(example(&tests).exists(), "{file} is tried nowhere");
    }
}

#[test]
fn who_applies_it_is_asked_of_the_flags() {
    let job = json!({"metadata": {"namespace": "team-a"}});
    let runner = ["--user", "system:serviceaccount:ci:runner"];
    assert!(denied(&example("gpu-teams.yaml"), &job, &runner).0.is_empty());
    assert!(!denied(&example("gpu-teams.yaml"), &job, &["--user", "alice"]).0.is_empty());
}

#[test]
fn labels_of_a_namespace_that_nobody_gave_are_not_guessed() {
    let folder = tempfile::tempdir().unwrap();
    let policy = folder.path().join("policy.yaml");
    let spec =
        "match: {namespaceSelector: {matchLabels: {tier: gpu}}}\nrequire: {activeDeadlineSeconds: true}";
    fs::write(&policy, written::policy(spec)).unwrap();
    assert_eq!(denied(&policy, &json!({}), &[]).1, Some(2));
    assert_eq!(denied(&policy, &json!({}), &["--namespace-labels", "tier=gpu"]).0, ["RJ742"]);
    assert_eq!(denied(&policy, &json!({}), &["--namespace-labels", "tier=cpu"]), (vec![], Some(0)));
}
