//! Jobs beside the rules' examples: KubeRay's own samples of each version, and jobs made of options and random changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use raygate::manifests;
use raygate_core::kuberay::KubeRayVersion;
use raygate_core::yaml::Source;
use serde_json::Value;

use crate::go_command::{go, run};
use crate::jobs::{FEATURES, SMALL};
use crate::random::Random;
use crate::steps::Steps;

const MODULE: &str = "github.com/ray-project/kuberay/ray-operator";

/// A RayJob, and what to call it when it is judged otherwise.
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) job: Value,
}

/// The RayJobs among the samples of a version of KubeRay; those of the newest that Go's module proxy has, for a newer one.
pub(crate) fn samples(version: KubeRayVersion) -> Vec<Named> {
    let modules = match version {
        KubeRayVersion::V1_3 | KubeRayVersion::V1_4 | KubeRayVersion::V1_5 => format!("v{version}.mod"),
        _ => "go.mod".to_owned(),
    };
    let oracle = Path::new(env!("CARGO_MANIFEST_DIR")).join("core/tests/kuberay/oracle");
    let module = run(go(&oracle).args(["mod", "download", "-json", &format!("-modfile={modules}"), MODULE]));
    let module: Value = serde_json::from_str(&module).expect("JSON");
    let folder = module["Dir"].as_str().expect("the folder of the module");
    let mut files = Vec::new();
    collect(&Path::new(folder).join("config/samples"), &mut files);
    files.sort();
    files.iter().flat_map(|file| jobs_in(file)).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            collect(&entry, files);
        } else if entry.extension().is_some_and(|ending| ending == "yaml") {
            files.push(entry);
        }
    }
}

fn jobs_in(file: &Path) -> Vec<Named> {
    let (name, text) = (file.display().to_string(), fs::read_to_string(file).expect("a readable sample"));
    let values = manifests::chunks(&Arc::from("sample"), &text).map(|chunk| {
        let chunk = chunk.expect("a chunk");
        let source =
            Source::read(&chunk.complete(), chunk.syntax).map(|source| Value::from(&source.root().value));
        source.expect("a manifest")
    });
    let jobs = values.filter(|value| value["kind"] == "RayJob");
    jobs.map(|job| Named { name: name.clone(), job }).collect()
}

/// So many jobs for a version of KubeRay: a good one with up to two options and up to four changes of a field.
pub(crate) fn generated(version: KubeRayVersion, random: &mut Random, count: usize) -> Vec<Named> {
    let read = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    let known: Vec<_> = FEATURES.iter().filter(|(since, _)| *since <= version).collect();
    let steps = Steps::read();
    let job = |number| {
        let mut job = read(SMALL);
        for _ in 0..random.below(3) {
            json_patch::merge(&mut job, &read(known[random.below(known.len())].1));
        }
        for _ in 0..random.below(5) {
            steps.choose(random).apply(&mut job);
        }
        Named { name: format!("generated job {number} for KubeRay {version}"), job }
    };
    (0..count).map(job).collect()
}
