//! The Go code that kubectl reads manifests with, built once and asked for many texts at a time.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::go_command::{go, run};

/// A text and our chunks of it.
#[derive(Debug, Serialize)]
pub(crate) struct Question {
    pub(crate) text: String,
    pub(crate) chunks: Vec<Part>,
    /// Whether we found a line that kubectl refuses, behind the chunks.
    #[serde(skip)]
    pub(crate) fails: bool,
}

#[derive(Debug, Serialize)]
pub(crate) struct Part {
    pub(crate) text: String,
    pub(crate) json: bool,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    /// The documents that kubectl finds before it ends or stops.
    pub(crate) documents: Vec<String>,
    /// Why it stops, or nothing.
    pub(crate) error: String,
    /// What it makes of each chunk.
    pub(crate) chunks: Vec<Reading>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Reading {
    pub(crate) document: String,
    pub(crate) error: String,
}

pub(crate) fn ask(questions: &[Question]) -> Vec<Answer> {
    let mut child = Command::new(program())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the judge that was just built must start");
    let mut lines = Vec::new();
    for question in questions {
        serde_json::to_writer(&mut lines, question).expect("a question is JSON");
        lines.push(b'\n');
    }
    let mut input = child.stdin.take().expect("stdin is piped");
    let writer = std::thread::spawn(move || input.write_all(&lines).expect("the judge reads all questions"));
    let output = BufReader::new(child.stdout.take().expect("stdout is piped"));
    let answers: Vec<Answer> = output
        .lines()
        .map(|line| serde_json::from_str(&line.expect("the judge writes UTF-8")).expect("one answer a line"))
        .collect();
    writer.join().expect("all questions were written");
    assert!(child.wait().expect("the judge ends").success(), "the judge failed");
    assert_eq!(answers.len(), questions.len(), "one answer for each question");
    answers
}

fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("manifests-judge");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/manifests/judge");
        run(go(&source).args(["build", "-o"]).arg(&program).arg("."));
        program
    })
}
