//! Secrets in plain sight: each place is named, no answer holds one, and no annotation hides the warning.

use raygate_core::document::Document;
use raygate_core::evaluate::evaluate;
use raygate_core::finding::Level;
use raygate_core::kuberay::KubeRay;
use raygate_core::rules::{Selection, find};
use raygate_core::subject::Subject;
use serde_json::{Value, json};

use crate::support::{create, job_with, review, update, with};

/// What must be in no answer.
const SECRET: &str = "hunter2-and-more";

/// A job with a secret in each place that rules look at, with the rule and the field of each.
#[expect(clippy::too_many_lines, reason = "all places of a job that may hold a secret")]
fn careless() -> (Value, [(&'static str, &'static str); 15]) {
    let variable = json!([{"name": "DB_PASSWORD", "value": SECRET}]);
    let address = format!("https://me:{SECRET}@host.example/a.zip");
    let job = job_with(&json!({
        "metadata": {"annotations": {
            "raygate.dev/ignore": "RJ501,RJ502,RJ503,RJ504,RJ516",
            "checksum/secret": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "example.com/source": address,
        }},
        "spec": {
            "metadata": {"db-password": SECRET, "owner": "team-a"},
            "entrypoint": format!("python train.py --password {SECRET}"),
            "runtimeEnvYAML": format!("working_dir: {address}\nenv_vars:\n  DB_PASSWORD: {SECRET}\n"),
            "submitterPodTemplate": {"spec": {
                "restartPolicy": "Never",
                "containers": [{"name": "submitter", "image": "rayproject/ray:2.56.0", "env": variable}],
            }},
            "rayClusterSpec": {
                "enableInTreeAutoscaling": true,
                "autoscalerOptions": {"env": variable},
                "gcsFaultToleranceOptions": {"redisAddress": "redis:6379", "redisPassword": {"value": SECRET}},
                "headGroupSpec": {
                    "rayStartParams": {"system-config": format!("'{{\"a\":\"{address}\"}}'")},
                    "template": {"metadata": {"annotations": {"source": address}}, "spec": {
                        "initContainers": [{"name": "fetch", "image": "alpine/git:2.47.2", "args": ["clone", address], "env": variable}],
                        "containers": [{
                            "name": "ray-head",
                            "image": "rayproject/ray:2.56.0",
                            "env": variable,
                            "livenessProbe": {"httpGet": {"port": 8080, "httpHeaders": [
                                {"name": "Accept", "value": "text/plain"},
                                {"name": "Authorization", "value": format!("Bearer {SECRET}-7Yk2pQ9v")},
                            ]}},
                            "lifecycle": {"postStart": {"exec": {"command": ["/bin/sh", "-c", format!("curl {address}")]}}},
                        }],
                    }},
                },
            },
        },
    }));
    let places = [
        ("RJ501", "spec.rayClusterSpec.headGroupSpec.template.spec.containers[0].env[0].value"),
        ("RJ501", "spec.rayClusterSpec.headGroupSpec.template.spec.initContainers[0].env[0].value"),
        ("RJ501", "spec.submitterPodTemplate.spec.containers[0].env[0].value"),
        ("RJ501", "spec.rayClusterSpec.autoscalerOptions.env[0].value"),
        ("RJ502", "spec.runtimeEnvYAML"),
        ("RJ502", "spec.runtimeEnvYAML"),
        ("RJ503", "spec.entrypoint"),
        ("RJ503", "spec.rayClusterSpec.headGroupSpec.rayStartParams[system-config]"),
        ("RJ503", "spec.rayClusterSpec.headGroupSpec.template.spec.initContainers[0].args[1]"),
        (
            "RJ503",
            "spec.rayClusterSpec.headGroupSpec.template.spec.containers[0].lifecycle.postStart.exec.command[2]",
        ),
        (
            "RJ503",
            "spec.rayClusterSpec.headGroupSpec.template.spec.containers[0].livenessProbe.httpGet.httpHeaders[1].value",
        ),
        ("RJ516", "spec.metadata[db-password]"),
        ("RJ516", "metadata.annotations[example.com/source]"),
        ("RJ516", "spec.rayClusterSpec.headGroupSpec.template.metadata.annotations.source"),
        ("RJ504", "spec.rayClusterSpec.gcsFaultToleranceOptions.redisPassword.value"),
    ];
    (job, places)
}

fn of_secrets(warned: &[&'static str]) -> Vec<&'static str> {
    let (_, places) = careless();
    warned.iter().copied().filter(|code| places.iter().any(|(known, _)| known == code)).collect()
}

#[test]
fn each_secret_is_told_by_its_place_and_never_shown() {
    let (job, places) = careless();
    let text = job.to_string();
    let document: Document<'_> = serde_json::from_str(&text).expect("JSON");
    let found = evaluate(&Subject::created(&document, "uid"), &Selection::of(&KubeRay::default())).findings;
    assert!(found.iter().all(|finding| !finding.line().contains("hunter2")), "{found:?}");
    let of_secrets = found.iter().filter(|finding| places.iter().any(|(code, _)| finding.rule.code == *code));
    let told: Vec<_> =
        of_secrets.clone().map(|finding| (finding.rule.code, finding.path().to_string())).collect();
    for (code, path) in places {
        assert!(told.contains(&(code, path.to_owned())), "{code} {path} is missing in {told:?}");
    }
    assert_eq!(told.len(), places.len(), "{told:?}");
    let inside: Vec<_> =
        of_secrets.filter_map(|finding| finding.inside).map(|place| (place.line, place.column)).collect();
    assert_eq!(inside, [(1, 14), (3, 16)]);
}

#[test]
fn no_answer_holds_a_secret_and_no_annotation_hides_the_warning() {
    let answer = create(&careless().0).validate();
    assert!(answer.allowed(), "{answer:?}");
    assert_eq!(of_secrets(&answer.warned), ["RJ501", "RJ502", "RJ503", "RJ504", "RJ516"]);
    assert!(!answer.body.to_string().contains("hunter2"), "{:?}", answer.warnings());
}

#[test]
fn a_secret_that_was_there_is_not_told_again_and_a_new_one_is() {
    let (stored, _) = careless();
    let other = with(&stored, &json!({"spec": {"suspend": true}}));
    assert!(of_secrets(&update(&stored, &other).validate().warned).is_empty());
    let new = with(&stored, &json!({"spec": {"entrypoint": "DB_PASSWORD=another-one python train.py"}}));
    assert_eq!(of_secrets(&update(&stored, &new).validate().warned), ["RJ503"]);
}

#[test]
fn rules_about_security_never_deny() {
    for code in 501..=529 {
        let Some(rule) = find(&format!("RJ{code}")) else { continue };
        assert!(rule.level < Level::Deny && !rule.may_be_ignored(), "{code}");
    }
    assert!(find("RJ501").is_some());
    let deleted = review("DELETE", &Value::Null, &careless().0).validate();
    assert!(deleted.allowed() && deleted.warned.is_empty());
}
