//! The real Go library, built once and asked for many texts at a time.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde::Deserialize;

/// What Go makes of one text.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    /// Whether sigs.k8s.io/yaml converts it to JSON.
    pub(crate) ok: bool,
    /// The text of that JSON.
    #[serde(default)]
    pub(crate) json: String,
    /// Why it does not.
    #[serde(default)]
    pub(crate) error: String,
    /// Whether KubeRay reads a mapping, or null, from it.
    pub(crate) mapping: bool,
}

/// Asks Go about every text.
pub(crate) fn ask(texts: &[String]) -> Vec<Answer> {
    let mut child = Command::new(program())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the oracle that was just built must start");
    let mut input = child.stdin.take().expect("stdin is piped");
    let lines: Vec<u8> = texts
        .iter()
        .flat_map(|text| {
            let mut line = serde_json::to_vec(text).expect("text is JSON");
            line.push(b'\n');
            line
        })
        .collect();
    let writer = std::thread::spawn(move || input.write_all(&lines).expect("the oracle reads all texts"));
    let output = BufReader::new(child.stdout.take().expect("stdout is piped"));
    let answers: Vec<Answer> = output
        .lines()
        .map(|line| serde_json::from_str(&line.expect("the oracle writes UTF-8")).expect("one answer a line"))
        .collect();
    writer.join().expect("all texts were written");
    assert!(child.wait().expect("the oracle ends").success(), "the oracle failed");
    assert_eq!(answers.len(), texts.len(), "one answer for each text");
    answers
}

fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("yaml-oracle");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/yaml-oracle");
        let status = Command::new("go").arg("build").arg("-o").arg(&program).arg(".").current_dir(source).status();
        let status = status.expect("`go` must be on PATH: this test compares with the Go library that KubeRay uses; install Go 1.26 or newer");
        assert!(status.success(), "`go build` failed in core/tests/yaml-oracle");
        program
    })
}
