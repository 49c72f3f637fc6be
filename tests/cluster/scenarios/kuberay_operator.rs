//! The real operator at work: it is the judge of what Raygate says KubeRay does.

use std::time::Duration;

use anyhow::{Context, Result};
use raygate_control_plane::{Identity, Operator, Recorder, eventually};
use serde_json::Value;

use super::scenarios;
use crate::clusters::Clusters;
use crate::manifests::rayjob;

scenarios![a_rayjob_lives_and_dies];

const PATIENCE: Duration = Duration::from_secs(30);

fn a_rayjob_lives_and_dies(clusters: &Clusters) -> Result<()> {
    let control_plane = clusters.bare()?;
    let namespace = control_plane.namespace("operated")?;
    let recorder = Recorder::install(control_plane, &namespace)?;
    let mut operator = Operator::start(control_plane, Some(&namespace))?;
    let alice = control_plane.user(Identity::Alice)?;
    alice.create(&namespace, &rayjob("operated")).run()?.expect_success()?;

    let get = ["get", "rayjob", "operated", "-n", &namespace, "-o", "json"];
    let initialized = eventually("the operator initializes the job", PATIENCE, || {
        operator.log()?;
        let job = alice.kubectl(get).json()?;
        Ok((job["status"]["jobDeploymentStatus"] == "Initializing").then_some(job))
    });
    let job = initialized.with_context(|| operator.log().unwrap_or_else(|error| format!("{error:#}")))?;
    let cluster = job["status"]["rayClusterName"].as_str().context("an initialized job has a RayCluster")?;
    alice.kubectl(["get", "raycluster", cluster, "-n", &namespace]).run()?.expect_success()?;

    // kubectl waits until the operator has removed its finalizer.
    let delete = ["delete", "rayjob", "operated", "-n", &namespace, "--timeout=30s"];
    alice.kubectl(delete).run()?.expect_success()?;
    let by_operator = |review: &&Value| {
        let (request, user) = (&review["request"], Identity::KubeRayOperator.name());
        request["operation"] == "UPDATE" && request["userInfo"]["username"] == user
    };
    let reviews = recorder.take().into_iter().map(|call| serde_json::from_slice(&call.body));
    let reviews = reviews.collect::<Result<Vec<Value>, _>>()?;
    let updates: Vec<_> =
        reviews.iter().filter(by_operator).map(|review| &review["request"]["object"]).collect();
    assert!(
        updates.iter().any(|job| job["metadata"]["deletionTimestamp"].is_null()),
        "it adds its finalizer"
    );
    assert!(
        updates.iter().any(|job| job["metadata"]["deletionTimestamp"].is_string()),
        "it removes its finalizer"
    );
    Ok(())
}
