//! A folder of manifests, and the program run in it as people run it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use raygate_core::rules::examples::GOOD_JOB;
use raygate_core::yaml::{Outcome, read_first};
use serde_json::Value;
use tempfile::TempDir;

use crate::written;

/// What KubeRay refuses.
pub(crate) const DENIED: &str = "spec: {shutdownAfterJobFinishes: null, ttlSecondsAfterFinished: 600}";
/// What costs something, and runs.
pub(crate) const WARNED: &str = "spec: {shutdownAfterJobFinishes: null}";

/// A job that no rule says anything about, with changes to it as a JSON merge patch in YAML.
pub(crate) fn job(change: &str) -> Value {
    let mut job: Value = serde_json::from_str(GOOD_JOB).unwrap();
    // Merging nothing would leave nothing.
    if !change.is_empty() {
        let Outcome::Reads(change) = read_first(change) else { panic!("no YAML:\n{change}") };
        json_patch::merge(&mut job, &Value::from(&change.value));
    }
    assert_eq!(job["kind"], "RayJob");
    job
}

/// Such a job as people write it.
pub(crate) fn manifest(change: &str) -> String {
    written::yaml(&job(change))
}

/// A folder that goes away with the test.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// A folder with one file.
    pub(crate) fn with(name: &str, content: &str) -> Self {
        let folder = Self::new();
        folder.write(name, content);
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Runs `raygate check` with such arguments, parted by blanks, and nothing on the standard input.
    pub(crate) fn check(&self, arguments: &str) -> Answer {
        self.check_with(arguments, &[], "")
    }

    /// The same with a standard input.
    pub(crate) fn check_piped(&self, arguments: &str, input: &str) -> Answer {
        self.check_with(arguments, &[], input)
    }

    pub(crate) fn check_with(&self, arguments: &str, environment: &[(&str, &str)], input: &str) -> Answer {
        let mut command = Command::new(env!("CARGO_BIN_EXE_raygate"));
        command.arg("check").args(arguments.split_whitespace()).current_dir(self.path());
        command.env_clear().envs(environment.iter().copied());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        // Beside it: the program may answer without having read all of it, or any.
        let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Answer {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// What the program answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Answer {
    /// The answer as JSON, of `--format json`.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// `RJ102 job.yaml:5` for each finding, in order.
    #[track_caller]
    pub(crate) fn findings(&self) -> Vec<String> {
        let json = self.json();
        let findings = json["findings"].as_array().unwrap().iter();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        findings
            .map(|found| format!("{} {}:{}", text(&found["code"]), text(&found["file"]), found["line"]))
            .collect()
    }

    /// One number of the summary.
    #[track_caller]
    pub(crate) fn count(&self, of: &str) -> u64 {
        self.json()["summary"][of].as_u64().unwrap_or_else(|| panic!("no {of}: {self:?}"))
    }
}

/// The line of a text on which something stands, from 1.
#[track_caller]
pub(crate) fn line_of(text: &str, part: &str) -> usize {
    let line = text.lines().position(|line| line.contains(part));
    line.unwrap_or_else(|| panic!("no `{part}` in:\n{text}")) + 1
}
