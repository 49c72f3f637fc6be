//! Ray's own validators, asked for many environments in one process.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use raygate_core::runtime_env::{RuntimeEnvironment, read};
use serde::Deserialize;
use serde_json::{Value, json};

use super::judge::Mode;
use crate::wheel;

/// What Ray says of one environment.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Answer {
    pub(super) accepted: bool,
    /// Why not.
    #[serde(default)]
    pub(super) error: String,
}

/// The environment as it leaves KubeRay; that our reader agrees with Go's is shown in `core/tests/yaml`.
pub(super) fn runtime_env(text: &str) -> Value {
    let RuntimeEnvironment::Mapping(entries) = read(text) else { panic!("a mapping:\n{text}") };
    entries.iter().map(|entry| (entry.key.to_string(), Value::from(&entry.value.value))).collect()
}

/// The question about one environment.
pub(super) fn case(text: &str, mode: Mode) -> Value {
    let mode = match mode {
        Mode::Command => "command",
        Mode::Http => "http",
    };
    json!({"mode": mode, "runtime_env": runtime_env(text)})
}

/// Asks that version of Ray.
pub(super) fn ask(version: &str, cases: &[Value]) -> Vec<Answer> {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ray/runtime_environments.py");
    let mut child = Command::new(wheel::python(version))
        .arg(program)
        // What a developer has set for Ray or pip is none of the cluster's.
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the Python that was just installed starts");
    let mut input = child.stdin.take().expect("stdin is piped");
    let lines = cases.iter().fold(String::new(), |lines, case| lines + &case.to_string() + "\n");
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()).expect("Ray reads all cases"));
    let output = BufReader::new(child.stdout.take().expect("stdout is piped"));
    let answers: Vec<Answer> = output
        .lines()
        .map(|line| serde_json::from_str(&line.expect("UTF-8")).expect("one answer a line"))
        .collect();
    writer.join().expect("all cases were written");
    assert!(child.wait().expect("Python ends").success(), "runtime_environments.py failed");
    assert_eq!(answers.len(), cases.len(), "one answer for each case");
    answers
}
