//! A file of tests as it is written: what holds for all of its cases, and the cases.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use raygate_core::field_path::Step;
use raygate_core::yaml::{Position, Source};
use serde::Deserialize;
use serde_json::Value;

use crate::commands::unreadable;
use crate::manifests::{self, Failure, Input};

/// A file of tests.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct TestFile {
    /// Files and folders, from the folder of this file.
    pub(super) policies: Vec<PathBuf>,
    pub(super) kuberay_version: Option<String>,
    /// What holds for cases that do not say it themselves.
    #[serde(flatten)]
    pub(super) common: Situation,
    pub(super) cases: Vec<Value>,
}

/// A job, and who wants to store it where.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Situation {
    /// A file, from the folder of this one, or the job itself.
    pub(super) job: Option<Value>,
    /// The job that is stored now, likewise.
    pub(super) old: Option<Value>,
    pub(super) operation: Option<Operation>,
    pub(super) namespace: Option<String>,
    pub(super) namespace_labels: Option<BTreeMap<String, String>>,
    pub(super) user: Option<String>,
    pub(super) groups: Option<Vec<String>>,
}

/// What is to be done with the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Operation {
    Create,
    Update,
}

/// One test.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Case {
    pub(super) name: String,
    /// What is changed in the job first: a merge patch.
    pub(super) change: Option<Value>,
    pub(super) expect: Expected,
    #[serde(flatten)]
    pub(super) situation: Situation,
}

/// What should come of it; what is not said is not looked at.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Expected {
    pub(super) verdict: Option<Verdict>,
    /// All that denies the job or warns, and nothing else.
    pub(super) codes: Option<Vec<Code>>,
    /// What policies that only record would deny, likewise.
    pub(super) would_deny: Option<Vec<Code>>,
    /// A part of the job as it is once it has been completed; null for what must not be there.
    pub(super) patch: Option<Value>,
    /// Policies that are about the job, and no others.
    pub(super) policies: Option<Vec<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Verdict {
    Allowed,
    Warned,
    Denied,
}

/// A rule that finds something, and perhaps where.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Code {
    Anywhere(String),
    At(At),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct At {
    pub(super) code: String,
    pub(super) field: Option<String>,
    pub(super) policy: Option<String>,
}

impl Situation {
    /// What the case says, and for the rest what holds for all.
    pub(super) fn or(self, common: &Self) -> Self {
        let common = common.clone();
        Self {
            job: self.job.or(common.job),
            old: self.old.or(common.old),
            operation: self.operation.or(common.operation),
            namespace: self.namespace.or(common.namespace),
            namespace_labels: self.namespace_labels.or(common.namespace_labels),
            user: self.user.or(common.user),
            groups: self.groups.or(common.groups),
        }
    }
}

/// What a test says, and where its cases stand.
pub(super) struct Written {
    pub(super) file: TestFile,
    pub(super) places: Vec<Position>,
    /// The folder that paths begin in.
    pub(super) folder: PathBuf,
}

/// The keys of a case; `flatten` takes unknown ones without a word.
const KEYS: [&str; 10] =
    ["name", "change", "expect", "job", "old", "operation", "namespace", "namespaceLabels", "user", "groups"];
/// The keys of a file.
const FILE_KEYS: [&str; 10] = [
    "policies",
    "kuberayVersion",
    "cases",
    "job",
    "old",
    "operation",
    "namespace",
    "namespaceLabels",
    "user",
    "groups",
];

/// Reads a file of tests.
pub(super) fn read(input: &Input) -> Result<Written, Failure> {
    let text = input.read()?;
    let chunks: Vec<_> = manifests::chunks(&input.name, &text).collect::<Result<_, _>>()?;
    let [chunk] = chunks.as_slice() else {
        let message = "a file of tests is one YAML document: write its cases as a list".to_owned();
        return Err(Failure { file: Arc::clone(&input.name), position: None, message });
    };
    let complete = chunk.complete();
    let source = Source::read(&complete, chunk.syntax).map_err(|error| unreadable(chunk, &error, None))?;
    let at = |way: &[Step<'_>]| source.place(way).0.value.start;
    let value = Value::from(&source.root().value);
    if let Some(key) = unknown(&value, &FILE_KEYS) {
        let message = format!("there is no `{key}` in a file of tests: there are {}", FILE_KEYS.join(", "));
        return Err(chunk.failure(at(&[Step::from(&*key)]), message));
    }
    let file: TestFile =
        serde_json::from_value(value).map_err(|error| chunk.failure(at(&[]), error.to_string()))?;
    let place = |index| at(&[Step::from("cases"), Step::Index(index)]);
    for (index, case) in file.cases.iter().enumerate() {
        if let Some(key) = unknown(case, &KEYS) {
            let message = format!("there is no `{key}` in a case: there are {}", KEYS.join(", "));
            return Err(chunk.failure(place(index), message));
        }
        if let Err(error) = serde_json::from_value::<Case>(case.clone()) {
            return Err(chunk.failure(place(index), error.to_string()));
        }
    }
    let places = (0..file.cases.len()).map(|index| chunk.place(place(index))).collect();
    let folder = input.path().and_then(Path::parent).unwrap_or(Path::new("")).to_owned();
    Ok(Written { file, places, folder })
}

fn unknown(value: &Value, keys: &[&str]) -> Option<String> {
    value.as_object()?.keys().find(|key| !keys.contains(&key.as_str())).cloned()
}
