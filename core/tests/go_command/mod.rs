//! Go as the tests that compare with it call it: with what to install when it is missing.

use std::path::Path;
use std::process::Command;

/// `go` in the folder of a module.
pub(crate) fn go(folder: &Path) -> Command {
    let mut go = Command::new("go");
    go.current_dir(folder).env("GOTOOLCHAIN", "local");
    go
}

/// What the command prints; it must succeed.
pub(crate) fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| {
        panic!("{command:?}: {error}. This test needs Go 1.26 or newer: https://go.dev/dl")
    });
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {}\n{errors}", output.status);
    String::from_utf8(output.stdout).expect("UTF-8")
}
