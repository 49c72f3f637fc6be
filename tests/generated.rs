//! What the binary writes about itself, and the committed copy. `UPDATE=1 cargo test --test generated` rewrites the copy.

use std::path::Path;
use std::process::Command;

#[test]
fn the_rule_reference_is_current() {
    hold("docs/rules.md", &["rules", "--format", "markdown"]);
}

#[test]
fn the_reference_of_the_command_line_is_current() {
    hold("docs/cli.md", &["man", "--markdown"]);
}

#[test]
fn the_definition_of_policies_in_the_chart_is_current() {
    hold("charts/raygate/files/rayjobpolicies.yaml", &["crd"]);
}

/// Holds a file to what a command prints.
fn hold(file: &str, command: &[&str]) {
    let output = raygate(command);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &output).expect("the copy can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == output,
        "{file} is not what `raygate {}` prints: run UPDATE=1 cargo test --test generated",
        command.join(" ")
    );
}

#[test]
fn rules_as_json_have_the_documented_shape() {
    let rules: Vec<serde_json::Value> =
        serde_json::from_str(&raygate(&["rules", "--format", "json"])).expect("JSON");
    assert!(rules.len() >= 25);
    for rule in &rules {
        let keys: Vec<_> = rule.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(keys, ["because", "code", "family", "level", "since", "slug", "summary"]);
        for because in rule["because"].as_array().expect("a list") {
            let truths = [
                "KubeRay refuses",
                "KubeRay hangs",
                "KubeRay stops",
                "Kubernetes refuses",
                "Ray",
                "Kueue",
                "Security",
                "Policy",
                "RayJob interface",
            ];
            let text = because.as_str().expect("a text");
            assert!(truths.iter().any(|truth| text.starts_with(truth)), "{text}");
        }
    }
}

#[test]
fn rules_of_a_version_are_those_that_hold_for_it() {
    let codes = |version: &str| {
        let text = raygate(&["rules", "--format", "json", "--kuberay-version", version]);
        let rules: Vec<serde_json::Value> = serde_json::from_str(&text).expect("JSON");
        rules.iter().map(|rule| rule["code"].as_str().expect("a code").to_owned()).collect::<Vec<_>>()
    };
    assert!(codes("1.7").contains(&"RJ108".to_owned()));
    assert!(!codes("1.5").contains(&"RJ108".to_owned()), "preRunningDeadlineSeconds came with KubeRay 1.6");
}

#[test]
fn explain_finds_a_rule_by_code_or_slug() {
    let by_code = raygate(&["explain", "rj103"]);
    assert_eq!(by_code, raygate(&["explain", "suspend-without-shutdown"]));
    assert!(by_code.starts_with("RJ103 suspend-without-shutdown (deny)\n\n"), "{by_code}");
    for part in ["## Why", "```yaml bad", "## Because\n- KubeRay refuses: "] {
        assert!(by_code.contains(part), "{by_code}");
    }
}

#[test]
fn an_unknown_rule_is_refused_with_the_nearest() {
    let output = Command::new(env!("CARGO_BIN_EXE_raygate"))
        .args(["explain", "suspend-without-shutdwn"])
        .output()
        .expect("raygate runs");
    let error = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(!output.status.success());
    assert!(error.contains("did you mean `RJ103 suspend-without-shutdown`?"), "{error}");
}

fn raygate(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_raygate"));
    let output = command.args(arguments).env_clear().output().expect("raygate runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}
