//! Where the caret stands: each finding in each bad example, drawn and held in `positions.txt`.
//! `UPDATE=1 cargo test --test check positions` rewrites it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use raygate_core::finding::Level;
use raygate_core::rules::Rule;
use raygate_core::rules::examples::Example;
use serde_json::Value;

use crate::{examples, written};

/// These speak of what KubeRay's own CRD drops or refuses before; other CRDs may let it in.
const UNSEEN: [&str; 1] = ["RJ007"];

#[test]
fn the_caret_is_on_the_right_token() {
    let mut drawn = String::new();
    // Rules that are off are not asked.
    for (rule, example) in examples::all().filter(|(rule, example)| example.is_bad && rule.level > Level::Off)
    {
        draw(&mut drawn, rule, &example);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check/positions.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &drawn).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let line = drawn.lines().zip(committed.lines()).position(|(drawn, committed)| drawn != committed);
    assert!(
        drawn == committed,
        "positions.txt differs from line {:?} on: look at it, then UPDATE=1 cargo test --test check positions",
        line.map(|line| line + 1)
    );
}

/// Draws what a rule finds in its example, as the line of the manifest with carets below.
fn draw(drawn: &mut String, rule: &Rule, example: &Example) {
    let folder = tempfile::tempdir().unwrap();
    let (job, stored) = examples::jobs(example);
    let text = written::yaml(&job);
    let file = folder.path().join("job.yaml");
    fs::write(&file, &text).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_raygate"));
    command.arg("check").arg(&file).args(["--format", "json"]);
    command.args(examples::flags(&examples::kuberay_of(rule)));
    if let Some(stored) = stored {
        let old = folder.path().join("old.json");
        fs::write(&old, stored.to_string()).unwrap();
        command.arg("--old").arg(old);
    }
    // A rule that is off is asked where a policy asks for it.
    let asking_for_it = format!("rules: [{{rules: [{}], action: Warn}}]", rule.code);
    let spec = example.policy.or((rule.level == Level::Off).then_some(asking_for_it.as_str()));
    if let Some(spec) = spec {
        let file = folder.path().join("policy.yaml");
        fs::write(&file, written::policy(spec)).unwrap();
        command.arg("--policy").arg(file);
    }
    let output = command.output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}\n{text}", String::from_utf8_lossy(&output.stderr)));
    assert_eq!(report["errors"], Value::Array(Vec::new()), "{}\n{text}", rule.code);
    let findings = report["findings"].as_array().unwrap();
    let mut own = findings.iter().filter(|finding| finding["code"] == rule.code).peekable();
    if own.peek().is_none() && UNSEEN.contains(&rule.code) {
        return;
    }
    assert!(own.peek().is_some(), "{} does not find its example:\n{text}{report:#}", rule.code);
    for finding in own {
        let number = |key: &str| usize::try_from(finding[key].as_u64().unwrap()).unwrap();
        let (line, column) = (number("line"), number("column"));
        assert_eq!(line, number("endLine"));
        let shown = text.lines().nth(line - 1).unwrap();
        let (blanks, carets) = (" ".repeat(column - 1), "^".repeat(number("endColumn") - column));
        writeln!(drawn, "{} {}\n{shown}\n{blanks}{carets}\n", rule.code, finding["field"].as_str().unwrap())
            .unwrap();
    }
}
