//! What the rules deny in a job with one runtime environment.

use std::collections::BTreeSet;

use raygate_core::document::Document;
use raygate_core::evaluate::evaluate;
use raygate_core::finding::{Finding, Level};
use raygate_core::kuberay::{FeatureGates, KubeRay, KubeRayVersion};
use raygate_core::rules::Selection;
use raygate_core::subject::Subject;
use serde_json::json;

/// How the environment comes to Ray.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// By `ray job submit`, in `K8sJobMode`.
    Command,
    /// By KubeRay, in `HTTPMode`.
    Http,
}

impl Mode {
    pub(super) const ALL: [Self; 2] = [Self::Command, Self::Http];
}

/// The image of the head.
#[derive(Clone, Copy, Debug)]
pub(super) enum Image {
    /// The Ray project's, of that version.
    Official(&'static str),
    /// One that says nothing.
    Unknown,
}

/// The codes of the rules that deny such a job.
pub(super) fn denials(text: &str, mode: Mode, image: Image) -> BTreeSet<&'static str> {
    let job = job(text, mode, image);
    let document: Document<'_> = serde_json::from_str(&job).expect("a job is JSON");
    let is_denial = |finding: &Finding<'_>| finding.level == Level::Deny;
    findings(&document).into_iter().filter(is_denial).map(|finding| finding.rule.code).collect()
}

/// All that is said of such a job.
pub(super) fn lines(text: &str, mode: Mode, image: Image) -> Vec<String> {
    let job = job(text, mode, image);
    let document: Document<'_> = serde_json::from_str(&job).expect("a job is JSON");
    findings(&document).iter().map(Finding::line).collect()
}

fn findings<'a>(document: &'a Document<'a>) -> Vec<Finding<'a>> {
    let kuberay = KubeRay::new(KubeRayVersion::NEWEST, FeatureGates::default());
    evaluate(&Subject::created(document, "uid"), &Selection::of(&kuberay)).findings
}

fn job(text: &str, mode: Mode, image: Image) -> String {
    let image = match image {
        Image::Official(version) => format!("rayproject/ray:{version}"),
        Image::Unknown => "registry.example/team/image:1".to_owned(),
    };
    let mode = match mode {
        Mode::Command => "K8sJobMode",
        Mode::Http => "HTTPMode",
    };
    let container = json!({"name": "ray-head", "image": image});
    json!({
        "apiVersion": "ray.io/v1",
        "kind": "RayJob",
        "metadata": {"name": "train", "namespace": "default"},
        "spec": {
            "entrypoint": "python train.py",
            "submissionMode": mode,
            "shutdownAfterJobFinishes": true,
            "runtimeEnvYAML": text,
            "rayClusterSpec": {"headGroupSpec": {"template": {"spec": {"containers": [container]}}}},
        },
    })
    .to_string()
}
