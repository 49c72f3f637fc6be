//! Builds and runs the Go programs that know the answers.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use crate::random::Seed;

/// The Go programs beside the table.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Program {
    Generator,
    Oracle,
}

/// Two tests at once would build into the same file.
static BUILDING: Mutex<()> = Mutex::new(());

fn go() -> Command {
    let mut go = Command::new("go");
    go.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/go_types/generator"))
        .env("GOTOOLCHAIN", "local");
    go
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| {
        panic!("{command:?}: {error}. This test needs Go 1.25 or newer: https://go.dev/dl")
    });
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {}\n{errors}", output.status);
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Builds a program, unless it is built already, and says where it is.
pub(crate) fn program(program: Program) -> PathBuf {
    let _building = BUILDING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go_types");
    fs::create_dir_all(&directory).expect("a folder for the Go programs");
    let (package, name) = match program {
        Program::Generator => (".", "generator"),
        Program::Oracle => ("./oracle", "oracle"),
    };
    let binary = directory.join(name);
    run(go().arg("build").arg("-o").arg(&binary).arg(package));
    binary
}

/// What the program prints.
pub(crate) fn output(program: &Path, arguments: &[&str]) -> String {
    run(Command::new(program).args(arguments))
}

/// The folder of KubeRay's samples, of the version that the table is made from.
pub(crate) fn samples() -> String {
    let module =
        run(go().args(["list", "-m", "-f", "{{.Dir}}", "github.com/ray-project/kuberay/ray-operator"]));
    Path::new(module.trim()).join("config/samples").display().to_string()
}

/// What the oracle answers to these questions, one line for each.
pub(crate) fn ask(question: &str, seed: Seed, lines: &str) -> String {
    let oracle = program(Program::Oracle);
    let file = oracle.with_file_name(format!("{question}-{seed}.jsonl"));
    fs::write(&file, lines).expect("the questions");
    let answers = run(Command::new(oracle).arg(question).stdin(File::open(&file).expect("the questions")));
    // Kept only when the oracle failed.
    fs::remove_file(file).expect("the questions");
    answers
}
