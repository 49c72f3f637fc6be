//! What the status of a policy says, with one replica and with two, of which one hangs, and dies.

use std::time::Duration;

use anyhow::{Result, ensure};
use raygate_control_plane::{Installation, User, eventually};
use serde_json::{Value, json};

use super::scenarios;
use crate::clusters::{Clusters, Guarded};
use crate::manifests::policy;
use crate::raygate;

scenarios![
    enforced_is_what_every_ready_replica_serves,
    a_broken_policy_keeps_what_it_said_also_in_a_fresh_replica,
    policies_may_come_before_a_raygate_that_never_starts
];

/// A replica that dies gives nothing back: another waits until its Lease has run out.
const SAID_WITHIN: Duration = Duration::from_secs(40);
const NAMESPACE: &str = "raygate-system";

/// What no controller does here: says to which pods the Service leads.
fn lead_to(admin: &User, replicas: &[(&str, bool)]) -> Result<()> {
    let endpoints: Vec<_> = replicas
        .iter()
        .enumerate()
        .map(|(number, (name, is_ready))| {
            json!({
                "addresses": [format!("10.0.0.{}", number + 1)],
                "conditions": {"ready": is_ready},
                "targetRef": {"kind": "Pod", "name": name, "namespace": NAMESPACE},
            })
        })
        .collect();
    let slice = json!({
        "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
        "metadata": {
            "name": "raygate", "namespace": NAMESPACE,
            "labels": {"kubernetes.io/service-name": "raygate"},
        },
        "ports": [{"name": "webhook", "port": 10250, "protocol": "TCP"}],
        "endpoints": endpoints,
    });
    admin.kubectl(["apply", "-f", "-"]).stdin(slice.to_string()).run()?.expect_success().map(drop)
}

fn apply(admin: &User, name: &str, spec: &Value) -> Result<()> {
    let apply = admin.kubectl(["apply", "-f", "-"]).stdin(policy(name, spec).to_string());
    apply.run()?.expect_success().map(drop)
}

fn about(namespace: &str, label: &str) -> Value {
    json!({"match": {"namespaces": [namespace]}, "require": {"labels": {(label): ".+"}}})
}

/// Waits until a condition of a policy's present generation is like that; its message goes back.
fn says(admin: &User, name: &str, kind: &str, status: &str, reason: &str) -> Result<String> {
    eventually(&format!("{kind} of {name} is {status}, {reason}"), SAID_WITHIN, || {
        let stored = admin.kubectl(["get", "rjp", name, "-o", "json"]).json()?;
        let conditions = stored["status"]["conditions"].as_array().cloned().unwrap_or_default();
        let found = conditions.iter().find(|condition| {
            condition["type"] == kind
                && condition["status"] == status
                && condition["reason"] == reason
                && condition["observedGeneration"] == stored["metadata"]["generation"]
        });
        Ok(found.map(|condition| condition["message"].as_str().unwrap_or_default().to_owned()))
    })
}

fn enforced_is_what_every_ready_replica_serves(_: &Clusters) -> Result<()> {
    let Guarded { raygate, control_plane } = Guarded::start(&raygate::chart()?)?;
    let admin = control_plane.admin()?;
    apply(&admin, "told", &about("default", "first"))?;
    says(&admin, "told", "Accepted", "True", "Sound")?;
    says(&admin, "told", "Enforced", "Unknown", "NoReplicas")?;
    lead_to(&admin, &[("raygate-0", true)])?;
    says(&admin, "told", "Enforced", "True", "Served")?;

    // The second is there, and has not said anything yet.
    lead_to(&admin, &[("raygate-0", true), ("raygate-1", true)])?;
    let message = says(&admin, "told", "Enforced", "False", "Waiting")?;
    ensure!(message.contains("raygate-1") && !message.contains("raygate-0"), "{message}");
    let second = raygate.another(1)?;
    says(&admin, "told", "Enforced", "True", "Served")?;

    second.halt()?;
    apply(&admin, "told", &about("default", "second"))?;
    let message = says(&admin, "told", "Enforced", "False", "Waiting")?;
    ensure!(message.contains("raygate-1") && !message.contains("raygate-0"), "{message}");
    second.resume()?;
    says(&admin, "told", "Enforced", "True", "Served")?;

    // One is killed, whichever writes the status: its endpoint goes, and the other says so in the end.
    second.halt()?;
    drop(second);
    apply(&admin, "told", &about("default", "third"))?;
    says(&admin, "told", "Enforced", "False", "Waiting")?;
    lead_to(&admin, &[("raygate-0", true), ("raygate-1", false)])?;
    says(&admin, "told", "Enforced", "True", "Served")?;
    let shown = admin.kubectl(["get", "rjp", "told"]).run()?.expect_success()?;
    let line: Vec<_> = shown.stdout.lines().nth(1).unwrap_or_default().split_whitespace().collect();
    assert_eq!(line[..5], ["told", "0", "Deny", "True", "True"], "{shown}");
    the_writer_hands_over(&admin, raygate)
}

/// A replica that stops gives its duty to another at once.
fn the_writer_hands_over(admin: &User, mut raygate: Installation) -> Result<()> {
    let next = raygate.another(2)?;
    raygate.stop()?;
    lead_to(admin, &[("raygate-2", true)])?;
    eventually("the other writes", SAID_WITHIN, || {
        Ok(next.log()?.contains("this replica writes the status").then_some(()))
    })?;
    let leases = admin.kubectl(["get", "leases", "-n", NAMESPACE, "-o", "name"]).run()?.expect_success()?;
    ensure!(!leases.stdout.contains("raygate-0-policies"), "{leases}");
    says(admin, "told", "Enforced", "True", "Served").map(drop)
}

fn a_broken_policy_keeps_what_it_said_also_in_a_fresh_replica(_: &Clusters) -> Result<()> {
    let mut chart = raygate::chart()?;
    chart.values["policyWebhook"] = json!({"enabled": false});
    chart.values["drainDelaySeconds"] = json!(0);
    let Guarded { mut raygate, control_plane } = Guarded::start(&chart)?;
    let admin = control_plane.admin()?;
    lead_to(&admin, &[("raygate-0", true)])?;
    apply(&admin, "kept", &about("default", "kept"))?;
    says(&admin, "kept", "Enforced", "True", "Served")?;
    let mut broken = about("default", "new");
    broken["rules"] = json!([{"rules": ["no-such-rule"], "action": "Deny"}]);
    apply(&admin, "kept", &broken)?;
    let message = says(&admin, "kept", "Accepted", "False", "Mistakes")?;
    ensure!(message.contains("spec.rules[0].rules[0]"), "{message}");
    let message = says(&admin, "kept", "Enforced", "False", "NotAccepted")?;
    ensure!(message.contains("generation 1"), "{message}");

    raygate.stop()?;
    raygate.start()?;
    let job = crate::manifests::rayjob("kept");
    let refused = admin.create("default", &job).run()?.expect_failure()?;
    ensure!(refused.stderr.contains("`kept`") && !refused.stderr.contains("`new`"), "{refused}");
    apply(&admin, "kept", &json!({"match": {"namespaces": ["default"]}}))?;
    says(&admin, "kept", "Accepted", "True", "Sound")?;
    admin.create("default", &job).run()?.expect_success().map(drop)
}

fn policies_may_come_before_a_raygate_that_never_starts(_: &Clusters) -> Result<()> {
    let control_plane = raygate_control_plane::ControlPlane::start()?;
    control_plane.install_kuberay_crds()?;
    let chart = raygate::chart()?;
    let admin = control_plane.admin()?;
    let (path, namespace) = (chart.path.to_string_lossy(), chart.namespace.as_str());
    let mut values = chart.values.clone();
    values["policies"] = json!({"in-the-release": about("default", "in-the-release")});
    let install =
        ["upgrade", "raygate", &path, "--install", "--create-namespace", "-n", namespace, "-f", "-"];
    admin.helm(install).stdin(values.to_string()).run()?.expect_success()?;
    let wait = ["wait", "--for=condition=Established", "--timeout=30s", "crd/rayjobpolicies.raygate.dev"];
    admin.kubectl(wait).run()?.expect_success()?;
    // Nobody answers at the Service's address.
    apply(&admin, "early", &about("default", "early"))?;
    apply(&admin, "early", &about("default", "changed"))?;
    admin.kubectl(["delete", "rjp", "early"]).run()?.expect_success()?;
    admin.helm(["uninstall", "raygate", "-n", namespace]).run()?.expect_success()?;
    // The definition stays, and with it what was written under it.
    admin.kubectl(["get", "crd", "rayjobpolicies.raygate.dev"]).run()?.expect_success().map(drop)
}
