//! The RayJob interface that the users of some clusters were given, as a CRD of its own and under KubeRay's.

use std::path::Path;

use anyhow::{Result, ensure};
use raygate_control_plane::{ControlPlane, Identity};
use serde_json::{Value, json};

use super::scenarios;
use crate::clusters::{Clusters, Guarded};
use crate::raygate;

scenarios![
    its_example_is_admitted_and_completed,
    its_example_is_admitted_under_kuberays_crd,
    its_rows_are_checked
];

/// The interface's own JSON example.
fn example() -> Result<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cluster/older-interface/example.json");
    Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?)
}

fn with_its_crd() -> Result<Guarded> {
    let control_plane = ControlPlane::start()?;
    let crd = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cluster/older-interface/crd.yaml");
    control_plane.install_crds(&crd)?;
    Guarded::install(control_plane, &raygate::chart()?)
}

fn its_example_is_admitted_and_completed(_: &Clusters) -> Result<()> {
    let guarded = with_its_crd()?;
    let alice = guarded.control_plane.user(Identity::Alice)?;
    let applied = alice.apply("default", &example()?).run()?.expect_success()?;
    ensure!(applied.stderr.is_empty(), "without a warning: {applied}");
    let stored = alice.kubectl(["get", "rayjob", "example-rayjob", "-n", "default", "-o", "json"]).json()?;
    let mut expected = example()?["spec"].clone();
    expected["jobId"] = stored["spec"]["jobId"].clone();
    assert_eq!(stored["spec"], expected);
    ensure!(stored["spec"]["jobId"].as_str().is_some_and(|id| id.starts_with("example-rayjob-")), "{stored}");
    Ok(())
}

fn its_example_is_admitted_under_kuberays_crd(clusters: &Clusters) -> Result<()> {
    let control_plane = &clusters.guarded()?.control_plane;
    let (alice, namespace) = (control_plane.user(Identity::Alice)?, control_plane.namespace("interface")?);
    let mut job = example()?;
    job["metadata"]["namespace"] = namespace.as_str().into();
    // KubeRay's CRD does not know runtimeEnv, status.status and status.message, and kubectl would refuse them itself.
    let create = ["create", "--validate=warn", "-n", &namespace, "-o", "json", "-f", "-"];
    let stored = alice.kubectl(create).stdin(job.to_string()).json()?;
    ensure!(stored["spec"]["jobId"].as_str().is_some_and(|id| id.starts_with("example-rayjob-")), "{stored}");
    Ok(())
}

fn its_rows_are_checked(_: &Clusters) -> Result<()> {
    let guarded = with_its_crd()?;
    let alice = guarded.control_plane.user(Identity::Alice)?;
    let cases = [
        (json!({"entrypoint": null}), "RJ301"),
        (json!({"runtimeEnv": "- a list"}), "RJ302"),
        (json!({"runtimeEnvYAML": "pip: [polars]"}), "RJ007"),
        (json!({"ttlSecondsAfterFinished": -1}), "RJ104"),
        (json!({"shutdownAfterJobFinishes": false}), "RJ102"),
        (
            json!({"suspend": true, "shutdownAfterJobFinishes": null, "ttlSecondsAfterFinished": null}),
            "RJ103",
        ),
        (json!({"jobId": "a/b"}), "RJ113"),
        (json!({"rayClusterSpec": null}), "RJ006"),
    ];
    for (spec, code) in cases {
        let mut job = example()?;
        json_patch::merge(&mut job, &json!({"spec": spec}));
        let refused = alice.create("default", &job).run()?.expect_failure()?;
        ensure!(refused.stderr.contains(code), "{code}: {refused}");
    }
    Ok(())
}
