//! The command line from outside: what it writes about itself is driven by bash, and kubectl's plugin is called by its
//! other name.

#![expect(clippy::unwrap_used, reason = "a test fails with what it found")]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Output};

const RAYGATE: &str = env!("CARGO_BIN_EXE_raygate");

#[test]
fn bash_completes_commands_flags_and_values() {
    for (typed, expected, unexpected) in [
        ("raygate ''", "check", "--format"),
        ("raygate ch", "check", "serve"),
        ("raygate check --f", "--fail-on", "--quiet"),
        ("raygate check --format ''", "sarif", "--format"),
        ("raygate check --fail-on w", "warn", "deny"),
        ("raygate completions ''", "powershell", "check"),
        ("raygate help ''", "explain", "--help"),
        ("raygate policy ''", "test", "serve"),
        ("raygate policy explain --na", "--namespace-labels", "check"),
    ] {
        let offered = bash_offers(typed);
        assert!(offered.iter().any(|word| word == expected), "{typed}: {offered:?}");
        assert!(!offered.iter().any(|word| word == unexpected), "{typed}: {offered:?}");
    }
}

/// What bash offers behind such words; it finds the function that completes them as an interactive bash does.
fn bash_offers(typed: &str) -> Vec<String> {
    let script = format!(
        r#"set -euo pipefail
source /dev/stdin
registered=$(complete -p raygate)
[[ $registered =~ -F\ ([^ ]+) ]]
COMP_WORDS=({typed})
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
set +u
"${{BASH_REMATCH[1]}}" raygate "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD-1]}}"
printf '%s\n' "${{COMPREPLY[@]}}""#
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("completion");
    fs::write(&file, run(Command::new(RAYGATE).args(["completions", "bash"]))).unwrap();
    let offered = run(Command::new("bash").args(["-c", &script]).stdin(fs::File::open(&file).unwrap()));
    offered.lines().map(ToOwned::to_owned).collect()
}

#[test]
fn what_bash_runs_is_bash() {
    let folder = tempfile::tempdir().unwrap();
    for completer in ["bash", "kubectl"] {
        let file = folder.path().join(completer);
        fs::write(&file, run(Command::new(RAYGATE).args(["completions", completer]))).unwrap();
        run(Command::new("bash").arg("-n").arg(&file));
    }
}

#[test]
fn every_shell_has_a_script_that_names_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(Command::new(RAYGATE).args(["completions", shell]));
        for word in commands().iter().flat_map(|command| command.split(' ')) {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn kubectl_is_told_what_completes_its_plugin() {
    let folder = tempfile::tempdir().unwrap();
    let completer = folder.path().join("kubectl_complete-raygate");
    fs::write(&completer, run(Command::new(RAYGATE).args(["completions", "kubectl"]))).unwrap();
    fs::set_permissions(&completer, fs::Permissions::from_mode(0o755)).unwrap();
    // kubectl hands over the words behind `kubectl raygate`; the last line is for its shell.
    let answer = |words: &[&str]| run(Command::new(&completer).args(words).current_dir(folder.path()));
    assert_eq!(answer(&["check", "--format", ""]), "text\njson\nsarif\njunit\ngithub\n:0\n");
    assert_eq!(answer(&["check", "--fail-on", "w"]), "warn\n:0\n");
    assert_eq!(answer(&["check", "--no-such"]), ":0\n");
    assert_eq!(answer(&[]), ":0\n");
}

#[test]
fn the_plugin_of_kubectl_speaks_of_kubectl() {
    let folder = tempfile::tempdir().unwrap();
    let plugin = folder.path().join("kubectl-raygate");
    symlink(RAYGATE, &plugin).unwrap();
    let help = run(Command::new(&plugin).args(["check", "--help"]));
    assert!(help.contains("Usage: kubectl raygate check [OPTIONS] [PATH]..."), "{help}");
    assert!(help.contains("kubectl raygate check job.yaml"), "{help}");
    let script = run(Command::new(&plugin).args(["completions", "bash"]));
    assert!(script.contains(" kubectl-raygate\n") && !script.contains(" raygate\n"), "{script}");
    let mistake = Command::new(&plugin).args(["check", "--no-such"]).output().unwrap();
    let error = String::from_utf8(mistake.stderr).unwrap();
    assert_eq!(mistake.status.code(), Some(2));
    assert!(error.contains("Usage: kubectl raygate check"), "{error}");
    let own = run(Command::new(RAYGATE).args(["check", "--help"]));
    assert!(own.contains("Usage: raygate check") && !own.contains("kubectl raygate"), "{own}");
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("share/man1");
    run(Command::new(RAYGATE).args(["man", "--out"]).arg(&pages));
    let page = |name: &str| fs::read_to_string(pages.join(name)).unwrap();
    for command in commands() {
        let page = page(&format!("raygate-{}.1", command.replace(' ', "-")));
        let name = command.replace(' ', "\\-");
        for part in [
            format!("\n.SH NAME\nraygate\\-{name} \\- "),
            format!("\n.SH SYNOPSIS\n\\fBraygate {command}\\fR "),
            format!("\n    raygate {command}"),
        ] {
            assert!(page.contains(&part), "{part} is not in:\n{page}");
        }
    }
    assert_eq!(page("raygate.1"), run(Command::new(RAYGATE).arg("man")));
    assert_eq!(fs::read_dir(&pages).unwrap().count(), commands().len() + 1);
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let out = folder.path().join("file/man");
    let output = Command::new(RAYGATE).args(["man", "--out"]).arg(&out).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(error.contains(&*out.to_string_lossy()), "{error}");
}

#[test]
fn documents_without_a_reader_are_no_error() {
    for arguments in ["completions zsh", "completions kubectl", "man", "man --markdown"] {
        let script = format!("set -o pipefail; {RAYGATE} {arguments} | true");
        let output = Command::new("bash").args(["-c", &script]).output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{arguments}: {output:?}");
    }
}

/// The names of all commands, as the reference has them.
fn commands() -> Vec<String> {
    let reference = run(Command::new(RAYGATE).args(["man", "--markdown"]));
    let headings = reference.lines().filter_map(|line| line.strip_prefix("## raygate "));
    let names: Vec<_> = headings.map(ToOwned::to_owned).collect();
    assert!(names.len() >= 7, "{names:?}");
    names
}

fn run(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    assert!(status.success(), "{command:?}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}
