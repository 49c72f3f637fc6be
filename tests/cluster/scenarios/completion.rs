//! What Raygate adds, as the real API server stores it.

use anyhow::{Context, Result, ensure};
use raygate_control_plane::{Identity, User};
use serde_json::{Value, json};

use super::scenarios;
use crate::clusters::Clusters;
use crate::manifests::rayjob;

scenarios![
    a_job_is_stored_completed,
    a_dry_run_shows_the_completed_job_and_stores_nothing,
    applying_server_side_again_changes_nothing,
    applying_client_side_again_changes_nothing,
    a_generated_name_gets_an_id_of_its_stem,
    a_started_job_keeps_its_id_over_a_replace,
];

fn get(user: &User, namespace: &str, name: &str) -> Result<Value> {
    user.kubectl(["get", "rayjob", name, "-n", namespace, "-o", "json"]).json()
}

fn dashboard_host(job: &Value) -> &Value {
    &job["spec"]["rayClusterSpec"]["headGroupSpec"]["rayStartParams"]["dashboard-host"]
}

fn job_id(job: &Value) -> Result<&str> {
    job["spec"]["jobId"].as_str().with_context(|| format!("the job has an id: {}", job["spec"]))
}

fn a_job_is_stored_completed(clusters: &Clusters) -> Result<()> {
    let control_plane = &clusters.guarded()?.control_plane;
    let (alice, namespace) = (control_plane.user(Identity::Alice)?, control_plane.namespace("completed")?);
    for params in [json!({}), Value::Null, json!({"num-cpus": "1"})] {
        let mut job = rayjob("completed");
        job["spec"]["rayClusterSpec"]["headGroupSpec"]["rayStartParams"] = params;
        alice.create(&namespace, &job).run()?.expect_success()?;
        let stored = get(&alice, &namespace, "completed")?;
        assert_eq!(dashboard_host(&stored), "0.0.0.0");
        ensure!(job_id(&stored)?.starts_with("completed-"), "{}", stored["spec"]);
        alice.kubectl(["delete", "rayjob", "completed", "-n", &namespace]).run()?.expect_success()?;
    }
    Ok(())
}

fn a_dry_run_shows_the_completed_job_and_stores_nothing(clusters: &Clusters) -> Result<()> {
    let control_plane = &clusters.guarded()?.control_plane;
    let (alice, namespace) = (control_plane.user(Identity::Alice)?, control_plane.namespace("dry")?);
    let apply = ["apply", "--dry-run=server", "-n", &namespace, "-o", "json", "-f", "-"];
    let shown = alice.kubectl(apply).stdin(rayjob("dry").to_string()).json()?;
    ensure!(job_id(&shown)?.starts_with("dry-"), "{shown}");
    let jobs = alice.kubectl(["get", "rayjobs", "-n", &namespace, "-o", "json"]).json()?;
    ensure!(jobs["items"].as_array().is_some_and(Vec::is_empty), "{jobs}");
    Ok(())
}

fn applying_server_side_again_changes_nothing(clusters: &Clusters) -> Result<()> {
    again(clusters, "server-side", &["apply", "--server-side"])
}

fn applying_client_side_again_changes_nothing(clusters: &Clusters) -> Result<()> {
    again(clusters, "client-side", &["apply"])
}

fn again(clusters: &Clusters, name: &str, apply: &[&str]) -> Result<()> {
    let control_plane = &clusters.guarded()?.control_plane;
    let (alice, namespace) = (control_plane.user(Identity::Alice)?, control_plane.namespace(name)?);
    let manifest = rayjob(name).to_string();
    let apply = || {
        let arguments = apply.iter().copied().chain(["-n", namespace.as_str(), "-f", "-"]);
        alice.kubectl(arguments).stdin(manifest.as_str()).run()?.expect_success()
    };
    apply()?;
    let first = get(&alice, &namespace, name)?;
    for _ in 0..3 {
        apply()?;
    }
    let last = get(&alice, &namespace, name)?;
    assert_eq!(first["spec"], last["spec"]);
    assert_eq!(first["metadata"]["generation"], last["metadata"]["generation"]);
    assert_eq!(
        first["metadata"]["resourceVersion"], last["metadata"]["resourceVersion"],
        "nothing was written"
    );
    Ok(())
}

fn a_generated_name_gets_an_id_of_its_stem(clusters: &Clusters) -> Result<()> {
    let control_plane = &clusters.guarded()?.control_plane;
    let (alice, namespace) = (control_plane.user(Identity::Alice)?, control_plane.namespace("generated")?);
    let mut job = rayjob("x");
    job["metadata"] = json!({"generateName": "nightly-"});
    let create = ["create", "-n", &namespace, "-o", "json", "-f", "-"];
    let stored = alice.kubectl(create).stdin(job.to_string()).json()?;
    ensure!(stored["metadata"]["name"].as_str().is_some_and(|name| name.starts_with("nightly-")), "{stored}");
    ensure!(job_id(&stored)?.starts_with("nightly-"), "{stored}");
    Ok(())
}

fn a_started_job_keeps_its_id_over_a_replace(clusters: &Clusters) -> Result<()> {
    let control_plane = &clusters.guarded()?.control_plane;
    let (alice, namespace) = (control_plane.user(Identity::Alice)?, control_plane.namespace("kept")?);
    alice.create(&namespace, &rayjob("kept")).run()?.expect_success()?;
    let status = json!({"status": {"jobDeploymentStatus": "Running"}}).to_string();
    let patch =
        ["patch", "rayjob", "kept", "-n", &namespace, "--subresource=status", "--type=merge", "-p", &status];
    control_plane.admin()?.kubectl(patch).run()?.expect_success()?;
    let before = get(&alice, &namespace, "kept")?;
    let mut other = rayjob("kept");
    other["spec"]["activeDeadlineSeconds"] = 3600.into();
    alice
        .kubectl(["replace", "-n", &namespace, "-f", "-"])
        .stdin(other.to_string())
        .run()?
        .expect_success()?;
    let after = get(&alice, &namespace, "kept")?;
    assert_eq!(job_id(&after)?, job_id(&before)?);
    assert_eq!(after["spec"]["activeDeadlineSeconds"], 3600);
    Ok(())
}
