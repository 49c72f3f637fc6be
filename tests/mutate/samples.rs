//! KubeRay's own samples, each completed and compared with itself: as values and as lines.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use raygate::manifests;
use raygate_core::yaml::Source;
use serde_json::Value;
use similar::{ChangeTag, TextDiff};

use crate::go_command::{go, run};
use crate::program::{Folder, Ran};

const MODULE: &str = "github.com/ray-project/kuberay/ray-operator";

#[test]
fn samples_gain_what_they_lack_and_nothing_else() {
    let folder = Folder::with(&[]);
    for modules in ["v1.3.mod", "v1.4.mod", "v1.5.mod", "go.mod"] {
        let samples = samples_of(modules);
        let mut changed = 0;
        assert!(samples.len() > 40, "{modules}: only {} samples", samples.len());
        for file in samples {
            let name = file.to_str().expect("a path in UTF-8");
            let before = fs::read_to_string(&file).expect("a readable sample");
            for flags in [&[][..], &["--job-id"]] {
                let Ran { code, out, errors } = folder.run(&[&[name], flags].concat());
                assert_eq!((code, errors.as_str()), (Some(0), ""), "{name}");
                holds_what_is_missing(&before, &out, flags.len() == 1, name);
                only_adds_lines(&before, &out, name);
                changed += usize::from(out != before);
                let again = folder.run_with(&[&["-"], flags].concat(), &out);
                assert_eq!((again.code, again.out == out), (Some(0), true), "{name} changes twice");
            }
        }
        assert!(changed > 20, "{modules}: only {changed} samples changed");
    }
}

/// All manifests among the samples of a version that Go has, or fetches.
fn samples_of(modules: &str) -> Vec<PathBuf> {
    let oracle = Path::new(env!("CARGO_MANIFEST_DIR")).join("core/tests/kuberay/oracle");
    let module = run(go(&oracle).args(["mod", "download", "-json", &format!("-modfile={modules}"), MODULE]));
    let module: Value = serde_json::from_str(&module).expect("JSON");
    let folder = module["Dir"].as_str().expect("the folder of the module");
    let mut found = Vec::new();
    collect(&Path::new(folder).join("config/samples"), &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            collect(&entry, found);
        } else if entry.extension().is_some_and(|ending| ending == "yaml") {
            found.push(entry);
        }
    }
}

fn values(text: &str) -> Vec<Value> {
    manifests::chunks(&Arc::from("sample"), text)
        .map(|chunk| {
            let chunk = chunk.expect("a chunk");
            let complete = chunk.complete();
            let source = Source::read(&complete, chunk.syntax).expect("a manifest");
            Value::from(&source.root().value)
        })
        .collect()
}

/// What the webhook is documented to add, said again here.
fn holds_what_is_missing(before: &str, after: &str, has_ids: bool, name: &str) {
    let (before, after) = (values(before), values(after));
    assert_eq!(before.len(), after.len(), "{name}");
    for (mut expected, found) in before.into_iter().zip(after) {
        if expected["kind"] == "RayJob" {
            if let Some(head) = expected.pointer_mut("/spec/rayClusterSpec/headGroupSpec") {
                let params = &mut head["rayStartParams"];
                if params["dashboard-host"].is_null() {
                    params["dashboard-host"] = "0.0.0.0".into();
                }
            }
            let is_named = expected["metadata"]["name"].is_string();
            let lacks_id = expected["spec"]["jobId"].as_str().is_none_or(str::is_empty);
            if has_ids && is_named && lacks_id && expected["spec"]["submissionMode"] != "InteractiveMode" {
                let id = found["spec"]["jobId"].as_str().unwrap_or_else(|| panic!("{name}: no id"));
                let stem = expected["metadata"]["name"].as_str().expect("a name");
                let suffix = id.strip_prefix(stem).and_then(|rest| rest.strip_prefix('-'));
                let is_hex =
                    |suffix: &str| suffix.len() == 8 && suffix.bytes().all(|byte| byte.is_ascii_hexdigit());
                assert!(suffix.is_some_and(is_hex), "{name}: {id}");
                expected["spec"]["jobId"] = id.into();
            }
        }
        assert_eq!(found, expected, "{name}");
    }
}

/// Lines are added; of those that were there, only an empty `rayStartParams` changes.
fn only_adds_lines(before: &str, after: &str, name: &str) {
    for change in TextDiff::from_lines(before, after).iter_all_changes() {
        let line = change.value().trim();
        let is_meant = match change.tag() {
            ChangeTag::Equal => true,
            ChangeTag::Delete => line.starts_with("rayStartParams: {}"),
            ChangeTag::Insert => {
                let added = ["rayStartParams:", "dashboard-host: ", "jobId: "];
                added.iter().any(|start| line.starts_with(start)) && !line.contains("{}")
            }
        };
        assert!(is_meant, "{name}: {} {line}", change.tag());
    }
}
