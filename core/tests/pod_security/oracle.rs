//! The Go program that makes and judges pods, built and asked about many jobs at once.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use crate::go_command::{go, run};

/// What Kubernetes has against one pod; see `pod` in `oracle/main.go`.
#[derive(Debug, Deserialize)]
pub(crate) struct Pod {
    pub(crate) name: String,
    pub(crate) baseline: Vec<String>,
    pub(crate) restricted: Vec<String>,
}

static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pod-security-oracle");
    let mut build = go(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pod_security/oracle"));
    run(build.args(["build", "-buildvcs=false", "-o"]).arg(&program).arg("."));
    program
});

/// What it has against the pods of each job.
pub(crate) fn ask(jobs: &[Value]) -> Vec<Vec<Pod>> {
    let lines: Vec<_> = jobs.iter().map(Value::to_string).collect();
    let mut child = Command::new(PROGRAM.as_path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the oracle that was just built must start");
    let mut input = child.stdin.take().expect("stdin is piped");
    let writer = std::thread::spawn(move || input.write_all(lines.join("\n").as_bytes()));
    let output = child.wait_with_output().expect("the oracle ends");
    // It tells on stderr which job it could not read.
    assert!(output.status.success(), "the oracle failed");
    writer.join().expect("a writer").expect("the oracle reads all jobs");
    let answers = String::from_utf8(output.stdout).expect("UTF-8");
    let answers: Vec<_> = answers.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert_eq!(answers.len(), jobs.len(), "one answer for each job");
    answers
}
