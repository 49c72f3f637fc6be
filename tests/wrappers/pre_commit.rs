//! `.pre-commit-hooks.yaml`, used by the real pre-commit in a repository of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use tempfile::TempDir;

use crate::{DENIED, GOOD, INCOMPLETE, path_behind, root};

const VERSION: &str = "4.7.0";

/// pre-commit in a virtual environment, made once.
static PRE_COMMIT: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("pre-commit-{VERSION}"));
    let (python, done) = (folder.join("bin/python"), folder.join("done"));
    if !done.exists() {
        let install = "install Debian's package python3-venv";
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder), install);
        let package = format!("pre-commit=={VERSION}");
        let quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        run(Command::new(&python).args(quiet).arg(package), "pip must reach a package index, once");
        fs::write(done, "").unwrap();
    }
    folder.join("bin/pre-commit")
});

/// A repository that uses the hooks, and the one that offers them.
struct Repositories {
    folder: TempDir,
    used: PathBuf,
}

impl Repositories {
    fn new(hook: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (offered, used) = (folder.path().join("raygate"), folder.path().join("jobs"));
        fs::create_dir_all(&offered).unwrap();
        fs::create_dir_all(used.join("chart")).unwrap();
        fs::copy(root().join(".pre-commit-hooks.yaml"), offered.join(".pre-commit-hooks.yaml")).unwrap();
        git(&offered, &["init", "--quiet"]);
        git(&offered, &["add", "."]);
        git(&offered, &["commit", "--quiet", "--message", "hooks"]);
        let revision = git(&offered, &["rev-parse", "HEAD"]);
        // The hook's own language would build the program for minutes; this one takes what is on the PATH.
        let configuration = format!(
            "repos:\n- repo: {}\n  rev: {revision}  hooks:\n  - id: {hook}\n    language: system\n",
            offered.display()
        );
        fs::write(used.join(".pre-commit-config.yaml"), configuration).unwrap();
        fs::write(used.join("chart/values.yaml"), "replicas: 3\n").unwrap();
        fs::write(used.join("good.yaml"), GOOD).unwrap();
        git(&used, &["init", "--quiet"]);
        Self { folder, used }
    }

    fn write(&self, name: &str, content: &str) {
        fs::write(self.used.join(name), content).unwrap();
    }

    /// Stages everything and runs the hooks on what is staged, as a commit does.
    fn run_hooks(&self) -> Output {
        git(&self.used, &["add", "."]);
        let mut command = Command::new(&*PRE_COMMIT);
        command.args(["run", "--color", "never"]).current_dir(&self.used);
        command.env("PRE_COMMIT_HOME", self.folder.path().join("cache"));
        with_raygate(&mut command).output().unwrap()
    }
}

#[test]
fn the_definition_is_valid() {
    let definition = root().join(".pre-commit-hooks.yaml");
    let output = Command::new(&*PRE_COMMIT).arg("validate-manifest").arg(&definition).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_commit_with_a_bad_manifest_is_stopped() {
    let repositories = Repositories::new("raygate-check");
    let output = repositories.run_hooks();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && told.contains("Passed"), "{told}");
    repositories.write("bad.yaml", DENIED);
    let output = repositories.run_hooks();
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("RJ103 suspend-without-shutdown") && told.contains("--> bad.yaml:4:"), "{told}");
    assert!(!told.contains("values.yaml"), "{told}");
}

#[test]
fn a_commit_with_an_incomplete_manifest_is_stopped_once() {
    let repositories = Repositories::new("raygate-mutate");
    fs::remove_file(repositories.used.join("good.yaml")).unwrap();
    let output = repositories.run_hooks();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && told.contains("Passed"), "{told}");
    repositories.write("job.yaml", INCOMPLETE);
    let output = repositories.run_hooks();
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("files were modified by this hook") && told.contains("\njob.yaml\n"), "{told}");
    let written = fs::read_to_string(repositories.used.join("job.yaml")).unwrap();
    let completed =
        INCOMPLETE.replace(" {}  # nothing yet", "  # nothing yet\n        dashboard-host: \"0.0.0.0\"");
    assert_eq!(written, completed);
    let output = repositories.run_hooks();
    assert!(output.status.success(), "{output:?}");
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=test", "-c", "user.email=test@example.com"]);
    run(isolated(command.args(arguments).current_dir(folder)), "install git")
}

/// Without what this machine's user has set for git.
fn isolated(command: &mut Command) -> &mut Command {
    for variable in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        command.env_remove(variable);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1")
}

fn with_raygate(command: &mut Command) -> &mut Command {
    let folder = Path::new(env!("CARGO_BIN_EXE_raygate")).parent().unwrap();
    isolated(command.env("PATH", path_behind(folder)))
}

fn run(command: &mut Command, remedy: &str) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}; {remedy}"));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {told}; {remedy}");
    String::from_utf8(output.stdout).unwrap()
}
