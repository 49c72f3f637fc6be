//! Nothing that may be a secret is printed, wherever a finding stands beside it.

use serde_json::{Value, json};

use crate::folder::{Folder, job};
use crate::written;

const SECRET: &str = "xyzzy-Tr0ub4dor";

/// A job with a secret in each place where people put one, and a mistake beside each.
fn manifest() -> Value {
    let mut job = job("");
    let url = format!("https://user:{SECRET}@example.com/code.zip?token={SECRET}");
    json_patch::merge(
        &mut job,
        &json!({
            "metadata": {"annotations": {"note": SECRET}},
            "spec": {
                "entrypoint": format!("python train.py --token {SECRET} --from {url} 'unclosed"),
                "runtimeEnvYAML": format!("env_vars: {{TOKEN: {SECRET}, N: 1}}\nworking_dir: {url}\npip: [{url}\n"),
                "metadata": {"owner": SECRET, "n": 1},
                "ttlSecondsAfterFinished": -1,
                "submitterPodTemplate": {"spec": {"restartPolicy": "Always", "containers": [
                    {"name": "s_s", "image": "rayproject/ray:2.56.0", "args": [SECRET], "env": [{"name": "A=B", "value": SECRET}]}
                ]}},
                "rayClusterSpec": {
                    "gcsFaultToleranceOptions": {"redisAddress": format!("redis://u:{SECRET}@redis:6379"), "redisPassword": {"value": SECRET, "valueFrom": {}}},
                    "headGroupSpec": {
                        "rayStartParams": {"redis-password": SECRET, "num-cpus": "many", "dashboard-host": "127.0.0.1"},
                        "template": {"metadata": {"annotations": {"a b": SECRET}}, "spec": {"containers": [{
                            "name": "ray_head",
                            "image": "rayproject/ray:2.56.0",
                            "command": [SECRET],
                            "args": [SECRET],
                            "env": [
                                {"name": "A=B", "value": SECRET},
                                {"name": "TOKEN", "value": SECRET, "valueFrom": {"secretKeyRef": {}}},
                                {"name": "RAY_REDIS_ADDRESS", "value": SECRET},
                            ],
                            "livenessProbe": {"httpGet": {"port": 0, "httpHeaders": [{"name": "Authorization", "value": SECRET}]}},
                        }]}},
                    },
                },
            },
        }),
    );
    job
}

#[test]
fn no_format_holds_a_secret() {
    let job = manifest();
    let block = written::yaml(&job);
    let folder = Folder::with("block.yaml", &block);
    folder.write("one-line.json", job.to_string());
    folder.write("pretty.json", serde_json::to_string_pretty(&job).unwrap());
    folder.write("broken.yaml", format!("{block}  - {SECRET}: [{SECRET}\n"));
    folder.write("old.yaml", block.replace("num-cpus", "num-gpus"));
    for file in ["block.yaml", "one-line.json", "pretty.json", "broken.yaml", "block.yaml --old old.yaml"] {
        for format in ["text", "json", "sarif", "junit", "github", "text --color always"] {
            let answer = folder.check(&format!("{file} --format {format}"));
            assert_ne!(answer.code, 0, "{file} {format}");
            for part in [SECRET, "xyzzy", "Tr0ub4dor"] {
                assert!(!answer.stdout.contains(part), "{file} {format}: {}", answer.stdout);
                assert!(!answer.stderr.contains(part), "{file} {format}: {}", answer.stderr);
            }
        }
    }
}

#[test]
fn there_is_a_mistake_beside_the_secrets() {
    let folder = Folder::with("job.yaml", &written::yaml(&manifest()));
    let answer = folder.check("job.yaml --format json");
    let findings = answer.json()["findings"].as_array().unwrap().clone();
    let fields: Vec<_> = findings.iter().map(|found| found["field"].as_str().unwrap()).collect();
    for part in
        ["template.metadata.annotations", "runtimeEnvYAML", ".env[", "rayStartParams", "submitterPodTemplate"]
    {
        assert!(fields.iter().any(|field| field.contains(part)), "{part}: {fields:?}");
    }
}

#[test]
fn urls_among_the_paths_are_told_without_what_may_be_secret() {
    let folder = Folder::new();
    let answer = folder.check(&format!("https://user:{SECRET}@example.com/job.yaml?token={SECRET}#{SECRET}"));
    assert_eq!(answer.code, 2);
    assert!(answer.stdout.contains("https://example.com/job.yaml"), "{answer:?}");
    assert!(!answer.stdout.contains(SECRET), "{answer:?}");
}

#[test]
fn a_line_break_that_only_yaml_knows_uncovers_no_secret() {
    let block = format!("|\n    pip: [a]\n    pipp: [{SECRET}]\n    working_dir: /a");
    let manifest = crate::folder::manifest("spec: {runtimeEnvYAML: HERE}").replace("HERE", &block);
    for before in ["", "\u{feff}", "# a\r# b\r", "# a\r\r\r\r# b\n"] {
        let answer = Folder::with("job.yaml", &format!("{before}{manifest}")).check("job.yaml");
        assert!(answer.stdout.contains("    pipp:…"), "{before:?}: {answer:?}");
        assert!(!answer.stdout.contains(SECRET), "{before:?}: {answer:?}");
    }
}

#[test]
fn secrets_far_away_on_one_long_line_are_not_drawn_either() {
    let mut job = job("spec: {ttlSecondsAfterFinished: -1}");
    let env: Vec<_> = (0..400).map(|number| json!({"name": format!("N{number}"), "value": SECRET})).collect();
    job["spec"]["rayClusterSpec"]["headGroupSpec"]["template"]["spec"]["containers"][0]["env"] = env.into();
    let items: Vec<_> = std::iter::repeat_n(&job, 20).collect();
    let list = json!({"apiVersion": "v1", "kind": "List", "items": items});
    let answer = Folder::with("list.json", &list.to_string()).check("list.json");
    let drawn = answer.stdout.lines().filter(|line| line.contains("\"ttlSecondsAfterFinished\":-1}"));
    assert_eq!(drawn.count(), 20, "{answer:?}");
    assert!(!answer.stdout.contains(SECRET), "{answer:?}");
}
