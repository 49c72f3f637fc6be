//! What people see: ten RayJobs with something wrong, through every way by which kubectl writes an object.
//!
//! `golden/refusals` holds what the real kubectl printed; `UPDATE=1` rewrites it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use raygate_control_plane::{Identity, Output, User};
use serde_json::{Value, json};

use super::scenarios;
use crate::clusters::Clusters;
use crate::manifests::rayjob;

scenarios![
    kubectl_lists_all_problems_of_a_new_job,
    every_way_to_change_a_job_is_refused_alike,
    a_refused_force_leaves_the_running_job_alive,
];

/// Names and merge patches of a good job's spec. All of them pass KubeRay's CRD.
fn bad_specs() -> [(&'static str, Value); 10] {
    let long_id = "x".repeat(300);
    [
        (
            "nothing-shuts-down",
            json!({"shutdownAfterJobFinishes": null, "suspend": true, "ttlSecondsAfterFinished": 600}),
        ),
        (
            "numbers-below-zero",
            json!({"ttlSecondsAfterFinished": -1, "backoffLimit": -2, "activeDeadlineSeconds": 0}),
        ),
        ("mistyped-mode", json!({"submissionMode": "K8SJobMode", "jobId": "a b"})),
        (
            "busy-selector",
            json!({
                "clusterSelector": {"ray.io/cluster": "shared"}, "suspend": true, "backoffLimit": 1, "submissionMode": "SidecarMode",
            }),
        ),
        ("no-cluster", json!({"rayClusterSpec": null, "shutdownAfterJobFinishes": true})),
        (
            "no-containers",
            json!({"rayClusterSpec": {
                "headGroupSpec": {"template": {"spec": {"containers": []}}},
                "workerGroupSpecs": [{"groupName": "gpu", "template": {"spec": {"containers": []}}}],
            }}),
        ),
        ("long-id", json!({"jobId": long_id, "entrypoint": "  "})),
        ("broken-environment", json!({"runtimeEnvYAML": "pip: [pandas", "entrypoint": null})),
        ("environment-list", json!({"runtimeEnvYAML": "- pip\n- conda\n"})),
        (
            "interactive-retries",
            json!({
                "submissionMode": "InteractiveMode", "backoffLimit": 3, "clusterSelector": {"app": "shared"},
            }),
        ),
    ]
}

fn bad_job(name: &str, spec: &Value) -> Value {
    let mut job = rayjob(name);
    json_patch::merge(&mut job, &json!({"spec": spec}));
    job
}

fn kubectl_lists_all_problems_of_a_new_job(clusters: &Clusters) -> Result<()> {
    let control_plane = &clusters.guarded()?.control_plane;
    let (alice, namespace) = (control_plane.user(Identity::Alice)?, control_plane.namespace("refused")?);
    for (name, spec) in bad_specs() {
        let refused = alice.create(&namespace, &bad_job(name, &spec)).run()?.expect_failure()?;
        compare_with_golden(name, &refused, &namespace)?;
    }
    let names = ["a-name-of-forty-eight-characters-is-one-too-long", "1job"];
    for (golden, name) in ["long-name", "malformed-name"].into_iter().zip(names) {
        let refused = alice.create(&namespace, &rayjob(name)).run()?.expect_failure()?;
        compare_with_golden(golden, &refused, &namespace)?;
    }
    let jobs = alice.kubectl(["get", "rayjobs", "-n", &namespace, "-o", "json"]).json()?;
    ensure!(jobs["items"].as_array().is_some_and(Vec::is_empty), "nothing was stored: {jobs}");
    Ok(())
}

fn every_way_to_change_a_job_is_refused_alike(clusters: &Clusters) -> Result<()> {
    let control_plane = &clusters.guarded()?.control_plane;
    let (alice, namespace) = (control_plane.user(Identity::Alice)?, control_plane.namespace("changed")?);
    let folder = Folder::create()?;
    for (name, spec) in bad_specs() {
        let bad = bad_job(name, &spec);
        let created = alice.create(&namespace, &bad).run()?.expect_failure()?;
        let expected = codes_and_fields(&created.stderr);
        ensure!(!expected.is_empty(), "{created}");
        alice.apply(&namespace, &rayjob(name)).run()?.expect_success()?;
        for (way, shown) in every_way(&alice, &namespace, name, &bad, &folder)? {
            assert_eq!(codes_and_fields(&shown), expected, "{way}: {shown}");
        }
    }
    Ok(())
}

/// What kubectl shows when the bad job is to be written over the good one that is stored.
fn every_way(
    alice: &User,
    namespace: &str,
    name: &str,
    bad: &Value,
    folder: &Folder,
) -> Result<Vec<(&'static str, String)>> {
    let mut whole = alice.kubectl(["get", "rayjob", name, "-n", namespace, "-o", "json"]).json()?;
    whole["spec"] = bad["spec"].clone();
    let replace = ["replace", "-n", namespace, "-f", "-"];
    let operations = json!([{"op": "replace", "path": "/spec", "value": bad["spec"]}]).to_string();
    let patch = ["patch", "rayjob", name, "-n", namespace, "--type=json", "-p", &operations];
    let outputs = [
        ("apply", alice.apply(namespace, bad).run()?),
        ("apply --server-side", server_side(alice, namespace, bad)?),
        ("replace", alice.kubectl(replace).stdin(whole.to_string()).run()?),
        ("patch", alice.kubectl(patch).run()?),
    ];
    let mut shown = vec![("edit", edit(alice, namespace, name, &whole, folder)?)];
    for (way, output) in outputs {
        shown.push((way, output.expect_failure().context(way)?.stderr));
    }
    Ok(shown)
}

/// An editor that writes the bad job, twice. kubectl opens it again with what was wrong as comments; what it then
/// opened is what people read.
fn edit(alice: &User, namespace: &str, name: &str, bad: &Value, folder: &Folder) -> Result<String> {
    let (bad, opened) = (folder.write("bad.json", &bad.to_string())?, folder.write("opened.yaml", "")?);
    let script = format!("cp \"$1\" {}\ncp {} \"$1\"\n", opened.display(), bad.display());
    let editor = format!("sh {}", folder.write("editor.sh", &script)?.display());
    let edit = ["edit", "rayjob", name, "-n", namespace];
    alice.kubectl(edit).env("KUBE_EDITOR", editor).run()?.expect_failure()?;
    Ok(fs::read_to_string(opened)?)
}

/// As a new job: over an old one, what another manager owns would stay and mend it.
fn server_side(alice: &User, namespace: &str, bad: &Value) -> Result<Output> {
    let mut bad = bad.clone();
    bad["metadata"]["name"] = "applied-server-side".into();
    alice.kubectl(["apply", "--server-side", "-n", namespace, "-f", "-"]).stdin(bad.to_string()).run()
}

fn a_refused_force_leaves_the_running_job_alive(clusters: &Clusters) -> Result<()> {
    let control_plane = &clusters.guarded()?.control_plane;
    let (alice, namespace) = (control_plane.user(Identity::Alice)?, control_plane.namespace("forced")?);
    alice.apply(&namespace, &rayjob("running")).run()?.expect_success()?;
    let status = json!({"status": {"jobDeploymentStatus": "Running", "jobStatus": "RUNNING"}}).to_string();
    let patch = [
        "patch",
        "rayjob",
        "running",
        "-n",
        &namespace,
        "--subresource=status",
        "--type=merge",
        "-p",
        &status,
    ];
    control_plane.admin()?.kubectl(patch).run()?.expect_success()?;
    let get = ["get", "rayjob", "running", "-n", &namespace, "-o", "json"];
    let before = alice.kubectl(get).json()?;

    let bad = bad_job("running", &json!({"backoffLimit": -1})).to_string();
    let force = ["apply", "--force", "-n", &namespace, "-f", "-"];
    let refused = alice.kubectl(force).stdin(bad).run()?.expect_failure()?;
    compare_with_golden("force-on-a-running-job", &refused, &namespace)?;

    let after = alice.kubectl(get).json()?;
    assert_eq!(after["metadata"]["uid"], before["metadata"]["uid"], "the job is the same one");
    assert_eq!(after["metadata"]["generation"], before["metadata"]["generation"], "and has not changed");
    Ok(())
}

/// `RJ103 spec.suspend` for each problem that kubectl shows, as a list of causes or inside a message.
fn codes_and_fields(shown: &str) -> BTreeSet<String> {
    let found = shown.lines().flat_map(|line| {
        let words: Vec<_> = line.split(' ').collect();
        let pairs = words.windows(2).filter(|pair| pair[0].starts_with("spec") && pair[1].starts_with("RJ"));
        pairs.map(|pair| format!("{} {}", pair[1], pair[0].trim_end_matches(':'))).collect::<Vec<_>>()
    });
    found.collect()
}

/// `namespace` is of this run.
fn compare_with_golden(name: &str, output: &Output, namespace: &str) -> Result<()> {
    let found = output.stderr.replace(namespace, "NAMESPACE");
    let path = golden(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &found)?;
    }
    let expected = fs::read_to_string(&path)
        .with_context(|| format!("{}: run with UPDATE=1 to write it", path.display()))?;
    assert_eq!(found, expected, "{name}: UPDATE=1 rewrites the golden file");
    Ok(())
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cluster/golden/refusals")
        .join(name)
        .with_extension("txt")
}

/// A folder for the files of a run.
struct Folder(PathBuf);

impl Folder {
    fn create() -> Result<Self> {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("refusals-{}", std::process::id()));
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    fn write(&self, name: &str, text: &str) -> Result<PathBuf> {
        let path = self.0.join(name);
        fs::write(&path, text)?;
        Ok(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left of it goes with target/.
        let _ = fs::remove_dir_all(&self.0);
    }
}
