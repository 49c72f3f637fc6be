//! KubeRay's own sample jobs must be admitted, each by the rules for its version; what they are warned of is written down.
//!
//! `RAYGATE_UPDATE=1` writes `core/tests/kuberay/samples` anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use raygate_core::document::Document;
use raygate_core::finding::{Finding, Level};
use raygate_core::kuberay::KubeRayVersion;

use crate::generate::created;
use crate::judge::Judge;
use crate::oracle::{self, Sample, question};

/// A gate that a sample needs in a version where it is off.
fn gates(version: KubeRayVersion, file: &str) -> Vec<(&'static str, bool)> {
    match (version, file) {
        (KubeRayVersion::V1_5, "ray-job.deletion-rules.yaml") => vec![("RayJobDeletionPolicy", true)],
        _ => Vec::new(),
    }
}

#[test]
fn samples_are_admitted_by_the_rules_for_their_version() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kuberay/samples");
    for oracle in oracle::all() {
        let samples = oracle.samples();
        assert!(samples.len() >= 16, "KubeRay {}: only {} samples", oracle.version, samples.len());
        let mut asking = oracle.start();
        let mut warned = String::new();
        for Sample { file, job } in samples {
            let gates = gates(oracle.version, &file);
            let judge = Judge::new(oracle.version, &gates);
            let job = created(job);
            let answer = asking.ask(&question(&job, &gates));
            let refused = [&answer.crd, &answer.decode, &answer.metadata, &answer.spec, &answer.cluster];
            assert!(refused.into_iter().all(String::is_empty), "{} {file}: {answer:?}", oracle.version);
            let name = format!("KubeRay {}, {file}", oracle.version);
            // As it was sent, for whoever lints files; as the API server hands it on, for the webhook.
            warnings(&judge, &job.to_string(), &name);
            for line in warnings(&judge, answer.job.get(), &name) {
                writeln!(warned, "{file}: {line}").expect("a String takes all");
            }
        }
        let golden = folder.join(format!("v{}.txt", oracle.version));
        if std::env::var_os("RAYGATE_UPDATE").is_some() {
            fs::create_dir_all(&folder).expect("a folder for the golden files");
            fs::write(&golden, &warned).expect("a golden file");
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        assert!(
            expected == warned,
            "{} differs; RAYGATE_UPDATE=1 writes it anew. Now it is:\n{warned}",
            golden.display()
        );
    }
}

/// Code and path of each warning; a denial fails the test.
fn warnings(judge: &Judge, job: &str, file: &str) -> Vec<String> {
    let document: Document<'_> = serde_json::from_str(job).expect("JSON");
    let line = |finding: &Finding<'_>| {
        assert!(finding.level < Level::Deny, "{file}: {}", finding.line());
        format!("{} {}", finding.rule.code, finding.path())
    };
    judge.findings(&document).iter().map(line).collect()
}
