//! Policies as objects of the cluster: what comes, changes, breaks and goes there decides about jobs, and no job waits for it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use raygate_control_plane::{Identity, Output, User, eventually};
use serde_json::{Value, json};

use super::scenarios;
use crate::clusters::{Clusters, Guarded};
use crate::manifests::{policy, rayjob};
use crate::raygate;

scenarios![
    policies_come_change_break_and_go_while_jobs_are_applied,
    a_namespace_and_its_job_may_stand_in_one_file,
    a_label_moves_a_namespace_into_a_policy,
    a_broken_policy_is_refused_with_all_its_mistakes,
    users_groups_and_service_accounts_are_told_apart,
    the_account_may_do_what_it_needs_and_nothing_else,
    without_the_api_server_verdicts_go_on_and_afterwards_policies_do,
    policies_may_be_defined_later
];

/// Well above what a change takes, which is some milliseconds.
const SEEN_WITHIN: Duration = Duration::from_secs(20);
const ACCOUNT: &str = "system:serviceaccount:raygate-system:raygate";
const APPLIES: usize = 100;

fn apply(admin: &User, name: &str, spec: &Value) -> Result<()> {
    let apply = admin.kubectl(["apply", "--server-side", "-f", "-"]);
    apply.stdin(policy(name, spec).to_string()).run()?.expect_success().map(drop)
}

fn delete(admin: &User, name: &str) -> Result<()> {
    admin.kubectl(["delete", "rjp", name]).run()?.expect_success().map(drop)
}

/// A policy about one namespace, which asks for these labels.
fn asking_for(namespace: &str, labels: &[&str]) -> Value {
    let labels: serde_json::Map<_, _> =
        labels.iter().map(|label| ((*label).to_owned(), json!(".+"))).collect();
    json!({"match": {"namespaces": [namespace]}, "require": {"labels": labels}})
}

fn create(user: &User, namespace: &str) -> Result<Output> {
    let create = ["create", "--dry-run=server", "-n", namespace, "-f", "-"];
    user.kubectl(create).stdin(rayjob("tried").to_string()).run()
}

/// Waits until a job is let in, or refused with all these words.
fn becomes(user: &User, namespace: &str, refused_with: Option<&str>) -> Result<()> {
    let what =
        refused_with.map_or_else(|| "jobs are let in".to_owned(), |word| format!("jobs are refused: {word}"));
    eventually(&what, SEEN_WITHIN, || {
        let output = create(user, namespace)?;
        let is_so = match refused_with {
            None => output.status.success(),
            Some(word) => !output.status.success() && output.stderr.contains(word),
        };
        Ok(is_so.then_some(()))
    })
}

fn policies_come_change_break_and_go_while_jobs_are_applied(_: &Clusters) -> Result<()> {
    let mut chart = raygate::chart()?;
    // A broken policy is to be stored, as one that an older version has let in.
    chart.values["policyWebhook"] = json!({"enabled": false});
    let guarded = Guarded::start(&chart)?;
    let namespace = guarded.control_plane.namespace("busy")?;
    let (admin, alice) = (guarded.control_plane.admin()?, guarded.control_plane.user(Identity::Alice)?);
    let is_over = AtomicBool::new(false);
    let answers = thread::scope(|scope| {
        let applying = scope.spawn(|| {
            let mut answers = Vec::new();
            while !is_over.load(Ordering::Relaxed) {
                answers.push(create(&alice, &namespace)?);
            }
            Ok::<_, anyhow::Error>(answers)
        });
        let changes = || {
            apply(&admin, "busy", &asking_for(&namespace, &["first", "second"]))?;
            becomes(&alice, &namespace, Some("`first`"))?;
            apply(&admin, "busy", &asking_for(&namespace, &["third", "fourth"]))?;
            becomes(&alice, &namespace, Some("`fourth`"))?;
            // Nothing that the schema could see is wrong with it: what it said before stays.
            let mut broken = asking_for(&namespace, &["fifth"]);
            broken["require"]["annotations"] = json!({"a": "("});
            apply(&admin, "busy", &broken)?;
            eventually("the log tells what is wrong", SEEN_WITHIN, || {
                Ok(guarded.raygate.log()?.contains("spec.require.annotations.a").then_some(()))
            })?;
            becomes(&alice, &namespace, Some("`third`"))?;
            delete(&admin, "busy")?;
            becomes(&alice, &namespace, None)
        };
        let outcome = changes();
        is_over.store(true, Ordering::Relaxed);
        let answers = applying.join().expect("the thread that applies");
        outcome.and(answers)
    })?;
    ensure!(answers.len() > 4, "{}", answers.len());
    for answer in answers.iter().filter(|answer| !answer.status.success()) {
        let names = |label: &str| answer.stderr.contains(&format!("`{label}`"));
        let sets = [["first", "second"], ["third", "fourth"]].map(|set| set.map(names));
        ensure!(
            sets == [[true, true], [false, false]] || sets == [[false, false], [true, true]],
            "neither of one set alone: {answer}"
        );
        ensure!(!names("fifth") && answer.stderr.contains("is invalid"), "{answer}");
    }
    Ok(())
}

fn a_namespace_and_its_job_may_stand_in_one_file(clusters: &Clusters) -> Result<()> {
    let control_plane = &clusters.guarded()?.control_plane;
    let admin = control_plane.admin()?;
    // Whatever the labels of the namespace are, they must be known.
    let spec = json!({
        "match": {"namespaces": ["fresh-*"], "namespaceSelector": {"matchLabels": {"tier": "gpu"}}},
        "require": {"labels": {"cost-center": ".+"}},
    });
    apply(&admin, "fresh", &spec)?;
    let probe = control_plane.namespace("fresh")?;
    admin.kubectl(["label", "namespace", &probe, "tier=gpu"]).run()?.expect_success()?;
    becomes(&admin, &probe, Some("cost-center"))?;
    for number in 0..APPLIES {
        let (is_gpu, name) = (number % 2 == 0, format!("fresh-file-{number}"));
        let labels = if is_gpu { json!({"tier": "gpu"}) } else { json!({}) };
        let namespace =
            json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}});
        let mut job = rayjob("first");
        job["metadata"]["namespace"] = name.into();
        let file = format!("{namespace}\n---\n{job}\n");
        let applied = admin.kubectl(["apply", "-f", "-"]).stdin(file).run()?;
        ensure!(applied.status.success() != is_gpu, "{number}: {applied}");
        ensure!(!is_gpu || applied.stderr.contains("cost-center"), "{number}: {applied}");
    }
    delete(&admin, "fresh")
}

fn a_label_moves_a_namespace_into_a_policy(clusters: &Clusters) -> Result<()> {
    let control_plane = &clusters.guarded()?.control_plane;
    let (admin, alice) = (control_plane.admin()?, control_plane.user(Identity::Alice)?);
    let namespace = control_plane.namespace("moving")?;
    let spec = json!({
        "match": {"namespaceSelector": {"matchExpressions": [{"key": "moved", "operator": "Exists"}]}},
        "require": {"labels": {"cost-center": ".+"}},
    });
    apply(&admin, "moving", &spec)?;
    becomes(&alice, &namespace, None)?;
    admin.kubectl(["label", "namespace", &namespace, "moved=yes"]).run()?.expect_success()?;
    becomes(&alice, &namespace, Some("cost-center"))?;
    admin.kubectl(["label", "namespace", &namespace, "moved-"]).run()?.expect_success()?;
    becomes(&alice, &namespace, None)?;
    delete(&admin, "moving")
}

fn a_broken_policy_is_refused_with_all_its_mistakes(clusters: &Clusters) -> Result<()> {
    let admin = clusters.guarded()?.control_plane.admin()?;
    let spec = json!({
        "match": {"namespaces": ["team-[ab]"]},
        "rules": [{"rules": ["cluster-outlives-jobs"], "action": "Deny"}],
        "limits": {"rayVersion": "newest"},
    });
    let refused = admin.kubectl(["apply", "-f", "-"]).stdin(policy("broken", &spec).to_string()).run()?;
    let refused = refused.expect_failure()?;
    let lines: Vec<_> = refused.stderr.lines().collect();
    ensure!(lines.len() == 4 && lines[0] == "The RayJobPolicy \"broken\" is invalid: ", "{refused}");
    for field in ["spec.match.namespaces[0]", "spec.rules[0].rules[0]", "spec.limits.rayVersion"] {
        ensure!(
            lines[1..].iter().any(|line| line.starts_with(&format!("* {field}: "))),
            "{field}: {refused}"
        );
    }
    Ok(())
}

fn users_groups_and_service_accounts_are_told_apart(clusters: &Clusters) -> Result<()> {
    let control_plane = &clusters.guarded()?.control_plane;
    let admin = control_plane.admin()?;
    let namespace = control_plane.namespace("asking")?;
    let everybody = [Identity::Admin, Identity::Alice, Identity::Kueue];
    let users = everybody.map(|who| control_plane.user(who)).into_iter().collect::<Result<Vec<_>>>()?;
    for (subject, expected) in [
        (json!({"kind": "User", "name": "ali*"}), [true, false, true]),
        (json!({"kind": "Group", "name": "data-science"}), [true, false, true]),
        (json!({"kind": "ServiceAccount", "namespace": "kueue-system", "name": "*"}), [true, true, false]),
        (json!({"kind": "Group", "name": "system:mast*"}), [false, true, true]),
    ] {
        let mut spec = asking_for(&namespace, &["cost-center"]);
        spec["match"]["subjects"] = json!([subject]);
        apply(&admin, "asking", &spec)?;
        eventually(&format!("{subject} decides"), SEEN_WITHIN, || {
            let outputs = users.iter().map(|user| create(user, &namespace)).collect::<Result<Vec<_>>>()?;
            let admitted: Vec<_> = outputs.iter().map(|output| output.status.success()).collect();
            Ok((admitted == expected).then_some(()))
        })?;
    }
    delete(&admin, "asking")
}

fn the_account_may_do_what_it_needs_and_nothing_else(clusters: &Clusters) -> Result<()> {
    let admin = clusters.guarded()?.control_plane.admin()?;
    for (verb, what, answer) in [
        ("list", "rayjobpolicies.raygate.dev", "yes\n"),
        ("watch", "rayjobpolicies.raygate.dev", "yes\n"),
        ("watch", "namespaces", "yes\n"),
        ("patch", "rayjobpolicies.raygate.dev", "no\n"),
        ("delete", "rayjobpolicies.raygate.dev", "no\n"),
        ("patch", "namespaces", "no\n"),
        ("list", "secrets", "no\n"),
        ("list", "pods", "no\n"),
        ("create", "rayjobs.ray.io", "no\n"),
        ("update", "leases.coordination.k8s.io", "no\n"),
        ("list", "endpointslices.discovery.k8s.io", "no\n"),
    ] {
        let asked = admin.kubectl(["auth", "can-i", verb, what, "--as", ACCOUNT]).run()?;
        assert_eq!(asked.stdout, answer, "{asked}");
    }
    let own =
        ["auth", "can-i", "update", "leases.coordination.k8s.io", "-n", "raygate-system", "--as", ACCOUNT];
    assert_eq!(admin.kubectl(own).run()?.stdout, "yes\n");
    Ok(())
}

fn without_the_api_server_verdicts_go_on_and_afterwards_policies_do(_: &Clusters) -> Result<()> {
    let Guarded { raygate, mut control_plane } = Guarded::start(&raygate::chart()?)?;
    let admin = control_plane.admin()?;
    apply(&admin, "before", &asking_for("default", &["before"]))?;
    becomes(&admin, "default", Some("`before`"))?;
    control_plane.kill_api_server()?;
    eventually("the log and the metrics tell", SEEN_WITHIN, || {
        let counted = raygate.metrics()?.contains("raygate_watch_failing{resource=\"rayjobpolicies\"} 1\n");
        Ok((counted && raygate.log()?.contains("what was seen last stays")).then_some(()))
    })?;
    let in_force = "raygate_policies{source=\"object\"} 1\n";
    ensure!(raygate.metrics()?.contains(in_force), "the policy is in force");
    ensure!(raygate.is_ready()?, "a lost watch makes nobody unready");

    control_plane.restart_api_server()?;
    let first = eventually("a job is judged", SEEN_WITHIN, || {
        let output = create(&admin, "default")?;
        Ok((!output.stderr.contains("failed calling webhook")).then_some(output))
    })?;
    ensure!(first.stderr.contains("`before`"), "{first}");
    apply(&admin, "after", &asking_for("default", &["after"]))?;
    becomes(&admin, "default", Some("`after`"))?;
    let metrics = raygate.metrics()?;
    ensure!(metrics.contains("raygate_watch_failing{resource=\"rayjobpolicies\"} 0\n"), "{metrics}");
    Ok(())
}

fn policies_may_be_defined_later(_: &Clusters) -> Result<()> {
    let mut chart = raygate::chart()?;
    chart.values["crds"] = json!({"install": false});
    let Guarded { raygate, control_plane } = Guarded::start(&chart)?;
    let admin = control_plane.admin()?;
    ensure!(raygate.log()?.contains("no RayJobPolicy is defined"), "{}", raygate.log()?);
    becomes(&admin, "default", None)?;
    let path = chart.path.join("files/rayjobpolicies.yaml");
    control_plane.install_crds(&path)?;
    apply(&admin, "later", &asking_for("default", &["later"]))?;
    becomes(&admin, "default", Some("`later`"))?;
    // With its definition a policy goes, too.
    let gone = admin.kubectl(["delete", "crd", "rayjobpolicies.raygate.dev"]).run()?.expect_success();
    gone.context("the definition is deleted")?;
    becomes(&admin, "default", None)
}
