//! The real KubeRay operator and Raygate in one cluster: neither is in the other's way, and one keeps the other alive.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use raygate_control_plane::{ControlPlane, Identity, Operator, User, eventually};
use serde_json::{Value, json};

use super::scenarios;
use crate::clusters::{Clusters, Guarded};
use crate::manifests::rayjob;
use crate::raygate;

scenarios![
    a_completed_job_lives_suspends_resumes_and_dies,
    what_came_in_before_raygate_can_be_mended_and_deleted,
    one_unreadable_job_stops_the_operator_unless_raygate_keeps_it_out
];

const PATIENCE: Duration = Duration::from_mins(1);

fn a_completed_job_lives_suspends_resumes_and_dies(clusters: &Clusters) -> Result<()> {
    let guarded = clusters.guarded()?;
    let control_plane = &guarded.control_plane;
    let (alice, namespace) = (control_plane.user(Identity::Alice)?, control_plane.namespace("alive")?);
    let mut operator = Operator::start(control_plane, Some(&namespace))?;
    let job = Job { user: &alice, namespace: &namespace, name: "alive" };
    alice.apply(&namespace, &rayjob("alive")).run()?.expect_success()?;
    let id = job.get()?["spec"]["jobId"].clone();
    ensure!(id.as_str().is_some_and(|id| id.starts_with("alive-")), "completed: {id}");

    let started = job.reach("Initializing", &mut operator)?;
    assert_eq!(started["status"]["jobId"], id, "the operator takes the id that Raygate made");
    job.patch(&json!({"spec": {"suspend": true}}))?;
    job.reach("Suspended", &mut operator)?;
    job.patch(&json!({"spec": {"suspend": false}}))?;
    job.reach("Initializing", &mut operator)?;
    // Not before the operator has removed its finalizer.
    alice
        .kubectl(["delete", "rayjob", "alive", "-n", &namespace, "--timeout=30s"])
        .run()?
        .expect_success()?;

    let operator = Identity::KubeRayOperator.name();
    let log = guarded.raygate.log()?;
    let by_operator: Vec<_> =
        log.lines().filter(|line| line.contains(operator) && line.contains(&namespace)).collect();
    ensure!(!by_operator.is_empty(), "the operator's writes were seen");
    let hindered: Vec<_> = by_operator
        .iter()
        .filter(|line| line.contains("denied\"") && !line.contains("\"denied\":\"\""))
        .collect();
    ensure!(hindered.is_empty(), "{hindered:?}");
    Ok(())
}

fn what_came_in_before_raygate_can_be_mended_and_deleted(_: &Clusters) -> Result<()> {
    // A control plane of its own: without the webhooks everybody's jobs would come in.
    let Guarded { control_plane, raygate: _raygate } = Guarded::start(&raygate::chart()?)?;
    let (alice, namespace) = (control_plane.user(Identity::Alice)?, control_plane.namespace("before")?);
    let mut operator = Operator::start(&control_plane, Some(&namespace))?;
    let webhooks = Webhooks::remove(&control_plane)?;
    for name in ["to-delete", "to-mend"] {
        let mut job = rayjob(name);
        job["spec"]["shutdownAfterJobFinishes"] = false.into();
        eventually("a bad job comes in", PATIENCE, || {
            let output = alice.create(&namespace, &job).run()?;
            Ok(output.status.success().then_some(()))
        })?;
        let failed =
            Job { user: &alice, namespace: &namespace, name }.reach("ValidationFailed", &mut operator)?;
        let message = failed["status"]["message"].as_str().unwrap_or_default();
        ensure!(message.contains("TTLSecondsAfterFinished"), "KubeRay says what RJ102 says: {message}");
    }
    webhooks.put_back(&control_plane)?;
    eventually("Raygate refuses bad jobs again", PATIENCE, || {
        let mut job = rayjob("another");
        job["spec"]["shutdownAfterJobFinishes"] = false.into();
        let create = ["create", "--dry-run=server", "-n", &namespace, "-f", "-"];
        let output = alice.kubectl(create).stdin(job.to_string()).run()?;
        Ok(output.stderr.contains("RJ102").then_some(()))
    })?;

    let job = Job { user: &alice, namespace: &namespace, name: "to-mend" };
    let labelled = job.patch(&json!({"metadata": {"labels": {"team": "a"}}}))?;
    ensure!(labelled.stderr.is_empty(), "a label is no reason to speak: {labelled}");
    let edited = job.patch(&json!({"spec": {"entrypoint": "python other.py"}}))?;
    ensure!(edited.stderr.contains("Warning: RJ102"), "what was wrong before is a warning: {edited}");
    let worse =
        alice.kubectl(job.patch_arguments(&json!({"spec": {"backoffLimit": -1}}).to_string())).run()?;
    ensure!(worse.expect_failure()?.stderr.contains("RJ109"), "what is wrong now is refused");
    let mended = job.patch(&json!({"spec": {"shutdownAfterJobFinishes": true}}))?;
    ensure!(!mended.stderr.contains("RJ102"), "{mended}");
    ensure!(
        mended.stderr.contains("Warning: RJ807"),
        "the mended job is refused for good all the same: {mended}"
    );
    for name in ["to-delete", "to-mend"] {
        alice
            .kubectl(["delete", "rayjob", name, "-n", &namespace, "--timeout=30s"])
            .run()?
            .expect_success()?;
    }
    Ok(())
}

fn one_unreadable_job_stops_the_operator_unless_raygate_keeps_it_out(_: &Clusters) -> Result<()> {
    // A control plane of its own: everybody's jobs would stand still.
    let Guarded { control_plane, raygate: _raygate } = Guarded::start(&raygate::chart()?)?;
    let alice = control_plane.user(Identity::Alice)?;
    let [mine, hers] = [control_plane.namespace("mine")?, control_plane.namespace("hers")?];
    let mut operator = Operator::start(&control_plane, None)?;
    for object in unreadable() {
        let refused = alice.create(&hers, &object).run()?.expect_failure()?;
        ensure!(refused.stderr.contains("RJ009"), "{refused}");
    }
    let job = |name| Job { user: &alice, namespace: &mine, name };
    alice.create(&mine, &rayjob("with-raygate")).run()?.expect_success()?;
    job("with-raygate").reach("Initializing", &mut operator)?;

    let _webhooks = Webhooks::remove(&control_plane)?;
    let [poison, ..] = unreadable();
    eventually("the unreadable job comes in", PATIENCE, || {
        Ok(alice.create(&hers, &poison).run()?.status.success().then_some(()))
    })?;
    let failures = |operator: &mut Operator| -> Result<usize> {
        Ok(operator.log()?.matches("failed to list *v1.RayJob").count())
    };
    let before = eventually("the operator cannot read it", PATIENCE, || {
        Ok(Some(failures(&mut operator)?).filter(|failures| *failures > 0))
    })?;
    alice.create(&mine, &rayjob("without-raygate")).run()?.expect_success()?;
    eventually("the operator has tried again", PATIENCE, || {
        Ok((failures(&mut operator)? > before + 1).then_some(()))
    })?;
    let forgotten = job("without-raygate").get()?;
    ensure!(forgotten["status"].is_null(), "somebody else's job is looked after: {forgotten}");

    alice.kubectl(["delete", "rayjob", "unreadable", "-n", &hers]).run()?.expect_success()?;
    job("without-raygate").reach("Initializing", &mut operator).map(drop)
}

/// Objects of all kinds that KubeRay's CRDs accept and its operator cannot read.
fn unreadable() -> [Value; 4] {
    let mut job = rayjob("unreadable");
    job["spec"]["rayClusterSpec"]["headGroupSpec"]["template"]["spec"]["containers"][0]["resources"]["limits"]
        ["memory"] = "1e1.5".into();
    let cluster = &job["spec"]["rayClusterSpec"];
    let object = |kind: &str, spec: Value| json!({"apiVersion": "ray.io/v1", "kind": kind, "metadata": {"name": "unreadable"}, "spec": spec});
    let others = [
        object("RayCluster", cluster.clone()),
        object("RayService", json!({"rayClusterConfig": cluster})),
        object("RayCronJob", json!({"schedule": "@daily", "jobTemplate": job["spec"]})),
    ];
    let [cluster, service, cron_job] = others;
    [job, cluster, service, cron_job]
}

/// One job of somebody.
struct Job<'a> {
    user: &'a User,
    namespace: &'a str,
    name: &'a str,
}

impl Job<'_> {
    fn get(&self) -> Result<Value> {
        self.user.kubectl(["get", "rayjob", self.name, "-n", self.namespace, "-o", "json"]).json()
    }

    fn reach(&self, state: &str, operator: &mut Operator) -> Result<Value> {
        let reached = eventually(&format!("{} becomes {state}", self.name), PATIENCE, || {
            let job = self.get()?;
            Ok((job["status"]["jobDeploymentStatus"] == state).then_some(job))
        });
        reached.with_context(|| operator.log().unwrap_or_else(|error| format!("{error:#}")))
    }

    fn patch_arguments<'a>(&'a self, patch: &'a str) -> [&'a str; 8] {
        ["patch", "rayjob", self.name, "-n", self.namespace, "--type=merge", "-p", patch]
    }

    fn patch(&self, patch: &Value) -> Result<raygate_control_plane::Output> {
        self.user.kubectl(self.patch_arguments(&patch.to_string())).run()?.expect_success()
    }
}

/// The webhook configurations, kept while they are not in the cluster.
struct Webhooks(Value);

impl Webhooks {
    const KINDS: &str = "mutatingwebhookconfigurations,validatingwebhookconfigurations";

    fn remove(control_plane: &ControlPlane) -> Result<Self> {
        let admin = control_plane.admin()?;
        let mut list = admin.kubectl(["get", Self::KINDS, "-o", "json"]).json()?;
        for item in list["items"].as_array_mut().context("a list has items")? {
            if let Some(metadata) = item["metadata"].as_object_mut() {
                metadata.retain(|key, _| ["name", "labels", "annotations"].contains(&key.as_str()));
            }
        }
        admin.kubectl(["delete", Self::KINDS, "--all"]).run()?.expect_success()?;
        Ok(Self(list))
    }

    fn put_back(self, control_plane: &ControlPlane) -> Result<()> {
        control_plane
            .admin()?
            .kubectl(["create", "-f", "-"])
            .stdin(self.0.to_string())
            .run()?
            .expect_success()
            .map(drop)
    }
}
