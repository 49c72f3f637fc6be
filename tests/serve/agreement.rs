//! `raygate check` and the webhook say the same: one corpus, told to both.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use raygate_core::document::{Document, as_read, as_stored};
use raygate_core::go_types::{ApiVersion, Schema};
use raygate_core::kuberay::{FeatureGates, KubeRay, KubeRayVersion};
use serde_json::{Value, json};

use crate::client::{Connection, HTTP1};
use crate::corpus::{self, Named};
use crate::examples;
use crate::program::Program;
use crate::random::{self, Random, Seed};

/// What only a file can be told: the API server drops it, or refuses it before any webhook is asked.
const OF_FILES: [&str; 6] = ["RJ001", "RJ010", "RJ011", "RJ012", "RJ013", "RJ136"];

/// A job, and the stored job that it replaces.
type Case = (Value, Option<Value>);

#[tokio::test]
async fn the_command_line_and_the_webhook_agree_on_every_example_and_on_pairs_of_them() {
    let mut corpus: BTreeMap<Vec<String>, (KubeRay, Vec<Case>)> = BTreeMap::new();
    // What policies make of a job has tests of its own.
    for (rule, example) in examples::all().filter(|(_, example)| example.policy.is_none()) {
        let kuberay = examples::kuberay_of(rule);
        let entry = corpus.entry(examples::flags(&kuberay)).or_insert((kuberay, Vec::new()));
        entry.1.push(examples::jobs(&example));
    }
    let mut compared = 0;
    for (flags, (kuberay, cases)) in corpus {
        let flags: Vec<_> = flags.iter().map(String::as_str).collect();
        let program = Program::start(&flags);
        let mut connection = Connection::open(&program, HTTP1).await;
        let pairs = pairs_of(&cases);
        for (job, old) in cases.into_iter().chain(pairs) {
            let Some(offline) = in_files(&flags, &job, old.as_ref()) else { continue };
            let online = in_the_cluster(&mut connection, &kuberay, &job, old.as_ref()).await;
            assert_eq!(offline, online, "{flags:?}\n{job:#}\nin place of {old:#?}");
            compared += 1;
        }
    }
    assert!(compared > 1000, "{compared}");
}

/// How many jobs are made up for each version of KubeRay, unless `RAYGATE_AGREEMENT_JOBS` says it.
const GENERATED: u64 = 80;

#[tokio::test]
async fn the_command_line_and_the_webhook_agree_on_samples_and_generated_jobs_of_every_version() {
    let mut random = Random::from_seed(Seed::choose("RAYGATE_AGREEMENT_SEED"));
    let count = random::setting("RAYGATE_AGREEMENT_JOBS").unwrap_or(GENERATED);
    let count = usize::try_from(count).expect("a number of jobs");
    for version in KubeRayVersion::ALL {
        let kuberay = KubeRay::with_known_gates(version, FeatureGates::default()).expect("no gates");
        let flags = examples::flags(&kuberay);
        let flags: Vec<_> = flags.iter().map(String::as_str).collect();
        let program = Program::start(&flags);
        let mut connection = Connection::open(&program, HTTP1).await;
        let corpora =
            [(corpus::samples(version), 16), (corpus::generated(version, &mut random, count), count / 2)];
        for (jobs, at_least) in corpora {
            let mut compared = 0;
            for Named { name, job } in jobs {
                let Some(offline) = in_files(&flags, &job, None) else { continue };
                let online = in_the_cluster(&mut connection, &kuberay, &job, None).await;
                assert_eq!(offline, online, "{name}, {flags:?}\n{job:#}");
                compared += 1;
            }
            assert!(compared >= at_least, "KubeRay {version}: only {compared} were compared");
        }
    }
}

/// Jobs with two mistakes: what one example changes over what another did, each once with two others.
fn pairs_of(cases: &[Case]) -> Vec<Case> {
    let good: Value = serde_json::from_str(raygate_core::rules::examples::GOOD_JOB).expect("JSON");
    let new: Vec<_> = cases.iter().filter(|(_, old)| old.is_none()).map(|(job, _)| job).collect();
    let mut pairs = Vec::new();
    for distance in [1, 17] {
        for (at, job) in new.iter().enumerate() {
            let mut both = Value::clone(job);
            let other = new[(at + distance) % new.len()];
            json_patch::merge(&mut both, &changes(&good, other));
            pairs.push((both, None));
        }
    }
    pairs
}

/// What is not the same in the second, as a merge patch.
fn changes(from: &Value, to: &Value) -> Value {
    let (Some(from), Some(to)) = (from.as_object(), to.as_object()) else { return to.clone() };
    let gone = from.keys().filter(|key| !to.contains_key(*key)).map(|key| (key.clone(), Value::Null));
    let changed = to.iter().filter(|(key, value)| from.get(*key) != Some(value));
    let changed = changed.map(|(key, value)| {
        let before = from.get(key).unwrap_or(&Value::Null);
        (key.clone(), changes(before, value))
    });
    gone.chain(changed).collect::<serde_json::Map<_, _>>().into()
}

/// What both say: codes with the fields of denials, and codes alone of warnings, which answers cut short.
type Said = BTreeSet<(String, Option<String>)>;

/// Nothing, where the API server would refuse the job before it asks a webhook.
fn in_files(flags: &[&str], job: &Value, old: Option<&Value>) -> Option<Said> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("job.json");
    fs::write(&file, job.to_string()).expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_raygate"));
    command.args(["check", "--format", "json"]).args(flags).arg(&file);
    if let Some(old) = old {
        let file = folder.path().join("old.json");
        fs::write(&file, old.to_string()).expect("a file");
        command.arg("--old").arg(file);
    }
    let output = command.output().expect("the program runs");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["errors"], json!([]), "{report:#}");
    let findings = report["findings"].as_array().expect("a list");
    let findings: Vec<_> = findings.iter().filter(|finding| finding["suppressed"] == false).collect();
    let text = |finding: &Value, key: &str| finding[key].as_str().expect("a text").to_owned();
    let is_of_files = |finding: &Value| OF_FILES.contains(&text(finding, "code").as_str());
    let denies = |finding: &Value| finding["level"] == "deny";
    if findings.iter().any(|finding| is_of_files(finding) && denies(finding)) {
        return None;
    }
    let shared = findings.iter().filter(|finding| !is_of_files(finding));
    Some(shared.map(|finding| said(text(finding, "code"), text(finding, "field"), denies(finding))).collect())
}

fn said(code: String, field: String, denies: bool) -> (String, Option<String>) {
    (code, denies.then_some(field))
}

async fn in_the_cluster(
    connection: &mut Connection,
    kuberay: &KubeRay,
    job: &Value,
    old: Option<&Value>,
) -> Said {
    let schema = Schema::of("RayJob", ApiVersion::V1, kuberay.version()).expect("every KubeRay has RayJobs");
    let (written, old) = (job.to_string(), old.map(Value::to_string));
    let written: Document<'_> = serde_json::from_str(&written).expect("JSON");
    let stored = as_stored(&written, schema);
    let old = old.as_deref().map(|old| serde_json::from_str::<Document<'_>>(old).expect("JSON"));
    let old = old.as_ref().map(|old| as_read(old, schema));
    let value = |document: &Document<'_>| serde_json::to_value(document.root()).expect("JSON");
    let mut object = value(&stored.document);
    // An update of the job leaves its status alone.
    if let Some(old) = &old {
        object["status"] = value(old)["status"].clone();
    }
    let review = json!({
        "apiVersion": "admission.k8s.io/v1",
        "kind": "AdmissionReview",
        "request": {
            "uid": "705ab4f5-6393-11e8-b7cc-42010a800002",
            "kind": {"group": "ray.io", "version": "v1", "kind": "RayJob"},
            "namespace": object["metadata"]["namespace"].as_str().unwrap_or("default"),
            "name": object["metadata"]["name"].as_str().unwrap_or_default(),
            "operation": if old.is_some() { "UPDATE" } else { "CREATE" },
            "userInfo": {"username": "alice"},
            "object": object,
            "oldObject": old.as_ref().map(value),
        }
    });
    let answer = connection.post("/validate", review.to_string()).await.json();
    let response = &answer["response"];
    let causes = response["status"]["details"]["causes"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let denied = causes.iter().map(|cause| {
        let message = text(&cause["message"]);
        said(message.split(' ').next().unwrap_or_default().to_owned(), text(&cause["field"]), true)
    });
    let denied: Said = denied.collect();
    let codes = response["auditAnnotations"]["rules"].as_str().unwrap_or_default();
    let is_denied = |code: &&str| denied.iter().any(|(denied, _)| denied == code);
    let warned = codes.split(',').filter(|code| !code.is_empty() && !is_denied(code));
    warned.map(|code| said(code.to_owned(), String::new(), false)).chain(denied.iter().cloned()).collect()
}
