//! 0, 1 or 2: what a pipeline goes by.

use std::fs::File;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::folder::{DENIED, Folder, WARNED, manifest};

/// Checks a file of that content.
fn code_of(content: impl AsRef<[u8]>, arguments: &str) -> i32 {
    let folder = Folder::new();
    folder.write("job.yaml", content);
    folder.check(&format!("job.yaml {arguments}")).code
}

#[test]
fn a_job_with_nothing_to_find_is_clean_whatever_counts() {
    for arguments in ["", "--fail-on deny", "--fail-on warn", "--quiet"] {
        assert_eq!(code_of(manifest(""), arguments), 0, "{arguments}");
    }
}

#[test]
fn a_warning_counts_only_if_it_shall() {
    assert_eq!(code_of(manifest(WARNED), ""), 0);
    assert_eq!(code_of(manifest(WARNED), "--fail-on deny"), 0);
    assert_eq!(code_of(manifest(WARNED), "--fail-on warn"), 1);
}

#[test]
fn a_denial_always_counts() {
    for arguments in ["", "--fail-on deny", "--fail-on warn", "--quiet", "--format json"] {
        assert_eq!(code_of(manifest(DENIED), arguments), 1, "{arguments}");
    }
}

#[test]
fn what_is_no_manifest_could_not_be_checked() {
    let levels: Vec<_> =
        (1..40).map(|level| format!("a{level}: &a{level} [*a{0}, *a{0}]\n", level - 1)).collect();
    let bomb = levels.concat();
    let deep = "[".repeat(100_000);
    for (what, content) in [
        ("broken YAML", "apiVersion: ray.io/v1\nkind: [RayJob\n".into()),
        ("a tab", b"apiVersion: ray.io/v1\nkind: RayJob\nspec:\n\tsuspend: true\n".to_vec()),
        ("broken JSON", b"{\"apiVersion\": ".to_vec()),
        ("binary", b"\x7fELF\x02\x01\x01\x00\x00".to_vec()),
        ("no UTF-8", b"kind: \xff\xfe\n".to_vec()),
        ("UTF-16", b"\xff\xfek\x00i\x00n\x00d\x00".to_vec()),
        ("an alias bomb", format!("a0: &a0 [x, x]\n{bomb}").into_bytes()),
        ("many brackets", deep.into_bytes()),
        ("no kind", b"a: 1\n".to_vec()),
        ("a template", b"kind: RayJob\nspec: {{ .Values.spec }}\n".to_vec()),
    ] {
        let content: Vec<u8> = content;
        assert_eq!(code_of(&content, ""), 2, "{what}");
        let mut both = manifest(DENIED).into_bytes();
        both.extend_from_slice(b"---\n");
        both.extend_from_slice(&content);
        assert_eq!(code_of(&both, ""), 2, "{what} behind a job that is denied");
    }
}

#[test]
fn what_is_not_there_could_not_be_checked() {
    let folder = Folder::with("job.yaml", &manifest(""));
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    symlink("nowhere", folder.path().join("dangling.yaml")).unwrap();
    for path in
        ["missing.yaml", "missing/", "job.yaml/job.yaml", "empty", "jobs-*.yaml", "dangling.yaml", "[.yaml"]
    {
        let answer = folder.check(&format!("job.yaml {path}"));
        assert_eq!(answer.code, 2, "{path}: {answer:?}");
        assert!(answer.stdout.contains("error"), "{path}: {answer:?}");
    }
}

#[test]
fn a_file_nobody_may_read_could_not_be_checked() {
    let folder = Folder::with("job.yaml", &manifest(""));
    // Root may read everything; `/proc/self/mem` refuses even root at its first byte.
    let answer = folder.check("job.yaml /proc/self/mem");
    assert_eq!(answer.code, 2, "{answer:?}");
}

#[test]
fn a_file_without_end_is_not_read() {
    let folder = Folder::new();
    File::create(folder.path().join("sparse.yaml")).unwrap().set_len(70 << 20).unwrap();
    let answer = folder.check("sparse.yaml --format json");
    assert_eq!(answer.code, 2);
    let message = answer.json()["errors"][0]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("70 MiB") && message.contains("64 MiB"), "{message}");
    let answer = folder.check("/dev/zero");
    assert_eq!(answer.code, 2, "{answer:?}");
}

#[test]
fn folders_that_hold_each_other_are_walked_once() {
    let folder = Folder::with("jobs/job.yaml", &manifest(DENIED));
    symlink("..", folder.path().join("jobs/up")).unwrap();
    symlink("jobs", folder.path().join("again")).unwrap();
    let answer = folder.check(". jobs again --format json");
    assert_eq!((answer.code, answer.count("files")), (1, 1), "{answer:?}");
}

#[test]
fn that_there_is_no_rayjob_is_said_and_no_error() {
    let other = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n";
    let folder = Folder::with("other.yaml", other);
    let answer = folder.check("other.yaml");
    assert_eq!(answer.code, 0);
    assert!(answer.stdout.starts_with("no RayJob was found in 1 file"), "{answer:?}");
    assert_eq!(code_of("", ""), 0);
    assert_eq!(code_of("# nothing\n---\n---\n", ""), 0);
}

#[test]
fn mistakes_on_the_command_line_are_no_findings() {
    let folder = Folder::with("job.yaml", &manifest(""));
    for arguments in [
        "job.yaml --format xml",
        "job.yaml --fail-on never",
        "job.yaml --kuberay-version 0.1",
        "job.yaml --kuberay-feature-gates NoSuchGate=true",
        "job.yaml --output json",
        "job.yaml --output json=",
        "job.yaml --old missing.yaml",
        "job.yaml --config missing.toml",
        "--no-such-flag",
    ] {
        let answer = folder.check(arguments);
        assert_eq!(answer.code, 2, "{arguments}: {answer:?}");
        assert!(!answer.stderr.is_empty() && answer.stdout.is_empty(), "{arguments}: {answer:?}");
    }
}

#[test]
fn a_reader_that_goes_away_does_not_change_the_code() {
    let folder = Folder::with("job.yaml", &manifest(DENIED));
    let script = format!("{} check job.yaml | true; exit ${{PIPESTATUS[0]}}", env!("CARGO_BIN_EXE_raygate"));
    let output = Command::new("bash").args(["-c", &script]).current_dir(folder.path()).output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(1), Vec::new()));
}
