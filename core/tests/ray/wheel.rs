//! A released Ray in a virtual environment of its own, made once under `target/tmp` and kept.
//!
//! Tests ask for the interpreter of a version; only what its validators and commands import is installed beside it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What to install when there is no usable Python.
const INSTALL: &str = "this test runs Ray's own code: install Python 3.10 to 3.13 as `python3`, with the venv module \
    (Debian: python3-venv), and let pip reach a package index once; the result is kept under target/tmp";

/// What Ray imports, each without what it would bring along.
const IMPORTED: [&str; 17] = [
    "attrs==25.3.0",
    "certifi==2025.8.3",
    "charset-normalizer==3.4.3",
    "click==8.1.8",
    "filelock==3.19.1",
    "idna==3.10",
    "jsonschema==4.25.1",
    "jsonschema-specifications==2025.9.1",
    "msgpack==1.1.1",
    "packaging==25.0",
    "protobuf==6.32.1",
    "pyyaml==6.0.2",
    "referencing==0.36.2",
    "requests==2.32.5",
    "rpds-py==0.27.1",
    "typing-extensions==4.15.0",
    "urllib3==2.5.0",
];

/// The Python that imports that version of Ray.
pub(crate) fn python(version: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("ray-{version}"));
    let program = folder.join("bin/python");
    let complete = folder.join("complete");
    // Test programs run beside each other: one makes the environment, the others wait for it.
    let lock = File::create(folder.with_extension("lock")).expect("target/tmp can be written");
    lock.lock().expect("a lock in target/tmp");
    let wanted = wanted(version);
    if fs::read_to_string(&complete).is_ok_and(|installed| installed == wanted) {
        return program;
    }
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("an incomplete environment can be removed");
    }
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder));
    run(Command::new(&program)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"])
        .args(wanted.lines()));
    fs::write(&complete, &wanted).expect("target/tmp can be written");
    program
}

/// Ray, and a pip: an old one, which took versions that are none, and one that does not.
fn wanted(version: &str) -> String {
    let pip = if version < "2.50" { "pip==23.2.1" } else { "pip==25.2" };
    [format!("ray=={version}").as_str(), pip].into_iter().chain(IMPORTED).collect::<Vec<_>>().join("\n")
}

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}; {INSTALL}"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {}\n{errors}\n{INSTALL}", output.status);
}
