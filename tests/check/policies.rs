//! The policies in `examples/policies`: each is sound, refuses what it is there for, and lets the rest in.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::written;

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/policies").join(name)
}

/// The codes of what is denied under a policy, and the exit code.
fn denied(policy: &Path, change: &Value, flags: &[&str]) -> (Vec<String>, Option<i32>) {
    let folder = tempfile::tempdir().unwrap();
    let mut job: Value = serde_json::from_str(raygate_core::rules::examples::GOOD_JOB).unwrap();
    json_patch::merge(&mut job, change);
    let file = folder.path().join("job.json");
    fs::write(&file, job.to_string()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_raygate"));
    command.args(["check", "--format", "json", "--policy"]).arg(policy).arg(&file).args(flags);
    let output = command.output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let findings = report["findings"].as_array().unwrap().iter();
    let codes = findings.filter(|finding| finding["level"] == "deny");
    (codes.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect(), output.status.code())
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of lessons")]
fn every_example_is_sound_and_its_lesson_holds() {
    let in_team = |namespace: &str| json!({"metadata": {"namespace": namespace}});
    let paid = json!({
        "metadata": {"namespace": "team-a", "labels": {"cost-center": "RAY-17"}},
        "spec": {"activeDeadlineSeconds": 3600},
    });
    let image = |image: &str| {
        json!({"spec": {"rayClusterSpec": {"rayVersion": "2.56.0", "headGroupSpec": {
        "template": {"spec": {"containers": [{"name": "ray-head", "image": image}]}}}}}})
    };
    let open = json!({"spec": {"rayClusterSpec": {"headGroupSpec": {"serviceType": "LoadBalancer"}}}});
    let gpus = |gpus, deadline| group(gpus, "rayproject/ray:2.56.0", &deadline);
    let team_job =
        |spec: Value| json!({"metadata": {"namespace": "team-a"}, "spec": {"rayClusterSpec": spec}});
    let container = |name: &str, image: &str, limits: Value| json!([{"name": name, "image": image, "resources": {"limits": limits}}]);
    let head = |fields: &Value| {
        let containers = container("ray-head", "rayproject/ray:2.56.0", json!({"cpu": 2, "memory": "8Gi"}));
        let mut spec = json!({"containers": containers});
        json_patch::merge(&mut spec, fields);
        json!({"template": {"spec": spec}})
    };
    let gpu_workers = |replicas: i64| {
        let limits = json!({"cpu": 8, "memory": "64Gi", "nvidia.com/gpu": 4});
        let containers = container("ray-worker", "rayproject/ray:2.56.0-gpu", limits);
        team_job(json!({
            "headGroupSpec": head(&json!({})),
            "workerGroupSpecs": [{"groupName": "gpu", "replicas": replicas, "minReplicas": 0,
                "maxReplicas": replicas, "template": {"spec": {"containers": containers}}}],
        }))
    };
    let of_head = |fields: &Value| team_job(json!({"headGroupSpec": head(fields)}));
    let over_http = |mut job: Value, environment: &str| {
        json_patch::merge(
            &mut job,
            &json!({"spec": {"submissionMode": "HTTPMode", "runtimeEnvYAML": environment}}),
        );
        job
    };
    let tolerations = json!([{"key": "dedicated", "value": "ray", "effect": "NoSchedule"}]);
    let on_nodes = of_head(&json!({"nodeSelector": {"pool": "ray"}, "tolerations": tolerations}));
    let none: [&str; 0] = [];
    let mut tried = BTreeSet::new();
    for (name, change, codes) in [
        ("gpu-teams.yaml", &in_team("team-a"), &["RJ741", "RJ742"][..]),
        ("gpu-teams.yaml", &in_team("other"), &none),
        ("gpu-teams.yaml", &paid, &none),
        ("trusted-images.yaml", &image("registry.example.com/ray:2.56.0"), &none),
        ("trusted-images.yaml", &image("registry.example.com/ray:latest"), &["RJ745"]),
        ("trusted-images.yaml", &image("elsewhere.example.com/ray:2.56.0"), &["RJ745"]),
        ("closed-network.yaml", &open, &["RJ747"]),
        ("closed-network.yaml", &json!({}), &none),
        ("first-weeks.yaml", &json!({}), &none),
        ("gpu-hours.yaml", &json!({}), &none),
        ("gpu-hours.yaml", &gpus(8, json!(3600)), &none),
        ("gpu-hours.yaml", &gpus(8, json!(360_000)), &["RJ758"]),
        ("gpu-hours.yaml", &gpus(8, json!(null)), &["RJ758"]),
        ("gpu-hours.yaml", &gpus(32, json!(60)), &["RJ758"]),
        ("gpu-quota.yaml", &gpu_workers(4), &none),
        ("gpu-quota.yaml", &gpu_workers(5), &["RJ748"]),
        ("gpu-quota.yaml", &in_team("team-a"), &["RJ751"]),
        ("pod-security.yaml", &of_head(&json!({})), &none),
        ("pod-security.yaml", &of_head(&json!({"hostIPC": true})), &["RJ750"]),
        ("ray-nodes.yaml", &over_http(on_nodes, ""), &none),
        ("ray-nodes.yaml", &in_team("team-a"), &["RJ751", "RJ751", "RJ751"]),
        ("trusted-code.yaml", &over_http(json!({}), "working_dir: s3://ml-code/a.zip"), &none),
        ("trusted-code.yaml", &over_http(json!({}), "working_dir: s3://theirs/a.zip"), &["RJ752"]),
        ("trusted-code.yaml", &over_http(json!({}), "env_vars: {DB_PASSWORD: hunter2}"), &["RJ502"]),
    ] {
        assert_eq!(denied(&example(name), change, &[]).0, codes, "{name} {change}");
        tried.insert(name);
    }
    let files =
        fs::read_dir(example("")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    for file in files.filter(|file| !file.ends_with(".test.yaml") && !tried.contains(&file.as_str())) {
        // Those with tests of their own are tried by `raygate policy test`.
        let tests = file.replace(".yaml", ".test.yaml");
        assert!(example(&tests).exists(), "{file} is tried nowhere");
    }
}

#[test]
fn who_applies_it_is_asked_of_the_flags() {
    let job = json!({"metadata": {"namespace": "team-a"}});
    let runner = ["--user", "system:serviceaccount:ci:runner"];
    assert!(denied(&example("gpu-teams.yaml"), &job, &runner).0.is_empty());
    assert!(!denied(&example("gpu-teams.yaml"), &job, &["--user", "alice"]).0.is_empty());
}

#[test]
fn labels_of_a_namespace_that_nobody_gave_are_not_guessed() {
    let folder = tempfile::tempdir().unwrap();
    let policy = folder.path().join("policy.yaml");
    let spec =
        "match: {namespaceSelector: {matchLabels: {tier: gpu}}}\nrequire: {activeDeadlineSeconds: true}";
    fs::write(&policy, written::policy(spec)).unwrap();
    assert_eq!(denied(&policy, &json!({}), &[]).1, Some(2));
    assert_eq!(denied(&policy, &json!({}), &["--namespace-labels", "tier=gpu"]).0, ["RJ742"]);
    assert_eq!(denied(&policy, &json!({}), &["--namespace-labels", "tier=cpu"]), (vec![], Some(0)));
}

/// A change that gives the job one group of one worker.
fn group(gpus: u32, image: &str, deadline: &Value) -> Value {
    let limits = json!({"cpu": 1, "memory": "8Gi", "nvidia.com/gpu": gpus});
    let containers = json!([{"name": "w", "image": image, "resources": {"limits": limits}}]);
    let group = json!({
        "groupName": "gpu", "replicas": 1, "minReplicas": 1, "maxReplicas": 1, "rayStartParams": {},
        "template": {"spec": {"containers": containers}},
    });
    json!({"spec": {"activeDeadlineSeconds": deadline, "rayClusterSpec": {"workerGroupSpecs": [group]}}})
}

fn with_expression(folder: &Path, expression: &str) -> PathBuf {
    let validations = json!([{"expression": expression, "message": "only for operators"}]);
    let policy = folder.join("policy.yaml");
    fs::write(&policy, written::policy(&format!("validations: {validations}"))).unwrap();
    policy
}

#[test]
fn an_expression_may_ask_who_applies_it_and_its_mistakes_have_a_place() {
    let folder = tempfile::tempdir().unwrap();
    let by = with_expression(folder.path(), "request.userInfo.username == 'alice'");
    assert_eq!(denied(&by, &json!({}), &["--user", "bob"]).0, ["RJ758"]);
    assert!(denied(&by, &json!({}), &["--user", "alice"]).0.is_empty());
    let labels = with_expression(folder.path(), "namespaceObject.metadata.labels.tier == 'gpu'");
    assert_eq!(denied(&labels, &json!({}), &[]).1, Some(2));
    assert_eq!(denied(&labels, &json!({}), &["--namespace-labels", "tier=cpu"]).0, ["RJ758"]);
    let wrong = with_expression(folder.path(), "job.totals.gpu <= 1.0");
    let mut command = Command::new(env!("CARGO_BIN_EXE_raygate"));
    let output = command.args(["check", "--policy"]).arg(&wrong).arg(&wrong).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    let wanted =
        "spec.validations[0].expression: character 12 of the expression: there is no field of totals `gpu`";
    assert!(told.contains(wanted) && output.status.code() == Some(2), "{told}");
}

/// Each worked example of the guide, with a job of which it is true and one of which it is not.
#[test]
fn the_expressions_of_the_guide_do_what_they_say() {
    let guide = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/policy.md")).unwrap();
    let (_, block) = guide.split_once("```cel\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    let (own, ray) = ("registry.example.com/ray:2.56.0", "rayproject/ray:2.56.0");
    let pip = |requirement: &str| json!({"spec": {"runtimeEnvYAML": format!("pip: [\"{requirement}\"]")}});
    let large = json!({"spec": {"rayClusterSpec": {"headGroupSpec": {"template": {"spec": {"containers": [
        {"name": "ray-head", "image": ray, "resources": {"limits": {"cpu": 1, "memory": "2Ti"}}}]}}}}}});
    let none: &[&str] = &[];
    let tier = |tier| ["--namespace-labels", tier];
    let [gpu, cpu] = [tier("tier=gpu"), tier("tier=cpu")];
    let entrypoint = json!({"spec": {"entrypoint": "python other.py"}});
    let cases = [
        [(group(16, ray, &json!(7200)), none), (group(16, ray, &json!(7201)), none)],
        [(group(1, own, &json!(60)), none), (group(1, ray, &json!(60)), none)],
        [(pip("torch==2.4.0"), none), (pip("torch"), none)],
        [(group(1, ray, &json!(60)), &gpu[..]), (group(1, ray, &json!(60)), &cpu[..])],
        [(large.clone(), &["--group", "ray-operators"][..]), (large, none)],
        [(json!({}), none), (entrypoint, none)],
    ];
    let expressions: Vec<_> = block.split("\n\n").map(str::trim).collect();
    assert_eq!(expressions.len(), cases.len());
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old.json");
    fs::write(&old, raygate_core::rules::examples::GOOD_JOB).unwrap();
    for (at, (expression, cases)) in expressions.iter().zip(&cases).enumerate() {
        let policy = with_expression(folder.path(), expression);
        for ((change, flags), is_true) in cases.iter().zip([true, false]) {
            let mut flags = flags.to_vec();
            if at == 5 {
                flags.extend(["--old", old.to_str().unwrap()]);
            }
            let (codes, code) = denied(&policy, change, &flags);
            assert_eq!(
                codes.contains(&"RJ758".to_owned()),
                !is_true,
                "{expression}\n{change} {codes:?} {code:?}"
            );
        }
    }
}
