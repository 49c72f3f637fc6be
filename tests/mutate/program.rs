//! The binary under test, run in a folder of its own.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A job that lacks what the webhook adds.
pub(crate) const JOB: &str = "\
apiVersion: ray.io/v1
kind: RayJob
metadata:
  name: train
spec:
  entrypoint: python train.py
  rayClusterSpec:
    headGroupSpec:
      rayStartParams:
        num-cpus: \"1\"
      template: {}
";

/// The same with what the webhook adds, but an id.
pub(crate) const COMPLETE: &str = "\
apiVersion: ray.io/v1
kind: RayJob
metadata:
  name: train
spec:
  entrypoint: python train.py
  rayClusterSpec:
    headGroupSpec:
      rayStartParams:
        num-cpus: \"1\"
        dashboard-host: \"0.0.0.0\"
      template: {}
";

/// What a run of the program left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) errors: String,
}

/// A folder in which the program runs.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// A folder with these files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        for (name, text) in files {
            let path = folder.path(name);
            fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        folder
    }

    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a readable file")
    }

    /// Runs `raygate mutate` here, with nothing on the standard input.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "")
    }

    /// Runs `raygate mutate` here, with this on the standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], stdin: &str) -> Ran {
        ran(command().current_dir(self.root()).args(arguments), stdin)
    }
}

/// Completes what comes in through the standard input.
pub(crate) fn mutate(text: &str, arguments: &[&str]) -> Ran {
    Folder::with(&[]).run_with(&[&["-"], arguments].concat(), text)
}

/// `raygate mutate`, with none of the settings of whoever runs the tests.
pub(crate) fn command() -> Command {
    command_of(Path::new(env!("CARGO_BIN_EXE_raygate")))
}

/// The same with the program elsewhere.
pub(crate) fn command_of(program: &Path) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("RAYGATE_")) {
        command.env_remove(name);
    }
    command.env_remove("NO_COLOR").arg("mutate");
    command
}

/// Runs a command to its end.
pub(crate) fn ran(command: &mut Command, stdin: &str) -> Ran {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    let stdin = stdin.to_owned();
    // A program that does not read its standard input closes it.
    let writing = std::thread::spawn(move || drop(pipe.write_all(stdin.as_bytes())));
    let output = child.wait_with_output().expect("the binary ends");
    writing.join().expect("a writer");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: output.status.code(), out: text(output.stdout), errors: text(output.stderr) }
}
