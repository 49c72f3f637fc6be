//! What the rules say of an entrypoint.

use raygate_core::document::Document;
use raygate_core::evaluate::evaluate;
use raygate_core::finding::Level;
use raygate_core::kuberay::{FeatureGates, KubeRay, KubeRayVersion};
use raygate_core::rules::Selection;
use raygate_core::subject::Subject;
use raygate_core::yaml::Position;
use serde_json::{Value, json};

/// A finding of one of the rules about entrypoints and what is submitted with them.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) code: &'static str,
    pub(crate) level: Level,
    pub(crate) path: String,
    pub(crate) inside: Option<Position>,
    pub(crate) line: String,
}

/// What is found in a job with that `spec` over a plain one.
pub(crate) fn findings(version: KubeRayVersion, change: &Value) -> Vec<Found> {
    let mut job = json!({
        "apiVersion": "ray.io/v1",
        "kind": "RayJob",
        "metadata": {"name": "train", "namespace": "default"},
        "spec": {
            "shutdownAfterJobFinishes": true,
            "rayClusterSpec": {
                "rayVersion": "2.52.0",
                "headGroupSpec": {
                    "template": {"spec": {"containers": [{"name": "ray-head", "image": "rayproject/ray:2.52.0"}]}}
                }
            }
        }
    });
    json_patch::merge(&mut job["spec"], change);
    let job = job.to_string();
    let document: Document<'_> = serde_json::from_str(&job).expect("JSON");
    let kuberay = KubeRay::new(version, FeatureGates::default());
    let found = evaluate(&Subject::created(&document, "uid"), &Selection::of(&kuberay)).findings;
    let is_ours = |code: &str| ("RJ340"..="RJ359").contains(&code);
    found
        .iter()
        .filter(|finding| is_ours(finding.rule.code))
        .map(|finding| Found {
            code: finding.rule.code,
            level: finding.level,
            path: finding.path().to_string(),
            inside: finding.inside,
            line: finding.line(),
        })
        .collect()
}

/// What is found in a job with that mode and entrypoint.
pub(crate) fn in_entrypoint(version: KubeRayVersion, mode: &str, entrypoint: &str) -> Vec<Found> {
    findings(version, &json!({"submissionMode": mode, "entrypoint": entrypoint}))
}

/// The byte of the text at that position.
pub(crate) fn offset(text: &str, position: Position) -> usize {
    let line = text.split_inclusive('\n').take(position.line as usize - 1).map(str::len).sum::<usize>();
    let rest = text[line..].char_indices().nth(position.column as usize - 1);
    rest.map_or(text.len(), |(at, _)| line + at)
}
