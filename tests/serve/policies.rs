//! `serve --policy`: read at the start, followed while they change, never lost to a mistake.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::client::{post, review};
use crate::program::{Program, eventually, run};

/// Whether a job without a deadline is let in.
async fn admits(program: &Program) -> bool {
    let answer: Value = post(program, "/validate", review("1").to_string()).await.json();
    answer["response"]["allowed"].as_bool().expect("a verdict")
}

fn write(folder: &Path, name: &str, spec: &str) {
    let text = format!(
        "apiVersion: raygate.dev/v1alpha1\nkind: RayJobPolicy\nmetadata: {{name: {name}}}\nspec: {spec}\n"
    );
    // As editors do: beside it, then in its place.
    let beside = folder.join(format!(".{name}.new"));
    fs::write(&beside, text).expect("a file");
    fs::rename(beside, folder.join(format!("{name}.yaml"))).expect("in its place");
}

fn becomes(program: &Program, admitted: bool) {
    let runtime = tokio::runtime::Handle::current();
    tokio::task::block_in_place(|| {
        eventually("the verdict changes", || (runtime.block_on(admits(program)) == admitted).then_some(()));
    });
}

const STRICT: &str = "{require: {activeDeadlineSeconds: true}}";

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_comes_changes_and_goes_while_the_server_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = Program::start(&["--policy", &folder.path().to_string_lossy()]);
    assert!(admits(&program).await);
    write(folder.path(), "strict", STRICT);
    becomes(&program, false);
    write(
        folder.path(),
        "strict",
        "{match: {namespaces: [nowhere]}, require: {activeDeadlineSeconds: true}}",
    );
    becomes(&program, true);
    write(folder.path(), "strict", STRICT);
    becomes(&program, false);
    fs::remove_file(folder.path().join("strict.yaml")).expect("it was there");
    becomes(&program, true);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_keeps_what_was_in_force_and_holds_back_no_other_policy() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "strict", STRICT);
    let program = Program::start(&["--policy", &folder.path().to_string_lossy()]);
    assert!(!admits(&program).await);
    write(folder.path(), "strict", "{requires: {activeDeadlineSeconds: true}}");
    write(folder.path(), "other", "{rules: [{rules: [RJ106], action: Deny}]}");
    tokio::task::block_in_place(|| {
        eventually("both are told", || {
            let log = program.stderr();
            (log.contains("did you mean `require`") && log.contains("other,strict")).then_some(())
        });
    });
    assert!(!admits(&program).await);
    write(folder.path(), "strict", "{}");
    becomes(&program, true);
}

#[test]
fn a_broken_policy_stops_the_start_with_all_its_mistakes() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "broken", "{priorty: 1, enforcement: never, limits: {totals: {cpu: many}}}");
    let output = run(&["serve", "--policy", &folder.path().to_string_lossy()]);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    for word in ["broken.yaml:4:", "did you mean `priority`", "must be one of Audit, Warn, Deny"] {
        assert!(stderr.contains(word), "{word}: {stderr}");
    }
}

#[tokio::test]
async fn nothing_but_the_guard_denies_while_enforcement_only_warns() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "strict", STRICT);
    let program = Program::start(&["--policy", &folder.path().to_string_lossy(), "--enforcement", "warn"]);
    let answer: Value = post(&program, "/validate", review("1").to_string()).await.json();
    assert_eq!(answer["response"]["allowed"], true);
    assert!(answer["response"]["warnings"].to_string().contains("RJ742"), "{answer}");
}
