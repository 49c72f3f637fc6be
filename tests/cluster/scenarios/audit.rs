//! `raygate audit` of a cluster without Raygate, in which anything could be stored: it finds what is wrong, and the
//! commands that it prints mend it.

use std::path::Path;
use std::process::{Command, Output};

use anyhow::{Context, Result, ensure};
use raygate_control_plane::{ControlPlane, User};
use serde_json::{Value, json};

use super::scenarios;
use crate::clusters::Clusters;
use crate::manifests::rayjob;

scenarios![
    what_is_stored_is_judged_as_if_it_came_now,
    poison_of_all_four_kinds_is_found_and_the_printed_commands_free_the_cluster,
    who_may_not_look_is_told_so_and_nothing_counts_as_clean,
];

/// What `raygate audit` answers to somebody.
fn audit(kubeconfig: &Path, arguments: &[&str]) -> Result<Output> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_raygate"));
    command.arg("audit").arg("--kubeconfig").arg(kubeconfig).args(arguments);
    command.output().context("raygate starts")
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap_or("no UTF-8")
}

/// The findings of `--format json`, each as namespace, kind, name and code, in order.
fn findings(kubeconfig: &Path, arguments: &[&str]) -> Result<(Option<i32>, Vec<String>)> {
    let output = audit(kubeconfig, &[arguments, &["--format", "json"]].concat())?;
    let report: Value =
        serde_json::from_slice(&output.stdout).with_context(|| format!("{output:?} is no report"))?;
    let errors = report["errors"].as_array().context("errors")?;
    ensure!(errors.is_empty(), "{errors:?}");
    let found = report["findings"].as_array().context("findings")?;
    let word = |found: &Value, key: &str| found[key].as_str().unwrap_or("-").to_owned();
    let line = |found: &Value| [word(found, "file"), word(found, "code"), word(found, "field")].join(" ");
    let mut lines: Vec<_> = found.iter().map(line).collect();
    lines.sort();
    Ok((output.status.code(), lines))
}

/// A control plane of its own: what is stored here would stop the operator of other scenarios.
fn control_plane() -> Result<(ControlPlane, User)> {
    let control_plane = ControlPlane::start()?;
    control_plane.install_kuberay_crds()?;
    let admin = control_plane.admin()?;
    Ok((control_plane, admin))
}

/// A job that nobody would shut down.
fn leaking(name: &str) -> Value {
    let mut job = rayjob(name);
    job["spec"]["suspend"] = json!(true);
    job["spec"]["shutdownAfterJobFinishes"] = json!(false);
    job["spec"]["ttlSecondsAfterFinished"] = json!(0);
    job
}

fn what_is_stored_is_judged_as_if_it_came_now(_: &Clusters) -> Result<()> {
    let (control_plane, admin) = control_plane()?;
    let (ours, theirs) = (control_plane.namespace("audited")?, control_plane.namespace("audited")?);
    for number in 0..5 {
        admin.create(&ours, &rayjob(&format!("good-{number}"))).run()?.expect_success()?;
    }
    admin.create(&ours, &leaking("ours")).run()?.expect_success()?;
    admin.create(&theirs, &leaking("theirs")).run()?.expect_success()?;
    let config = admin.kubeconfig();

    let denied = |namespace: &str, name: &str| {
        ["RJ103 spec.suspend", "RJ106 spec.shutdownAfterJobFinishes"]
            .map(|found| format!("{namespace}/rayjob/{name} {found}"))
    };
    let pages = ["-A", "--chunk-size", "2"];
    let (code, found) = findings(config, &pages)?;
    ensure!(code == Some(1), "{code:?}");
    ensure!(found == [denied(&ours, "ours"), denied(&theirs, "theirs")].concat(), "{found:?}");
    let (code, found) = findings(config, &["-n", &theirs])?;
    ensure!((code, found) == (Some(1), denied(&theirs, "theirs").to_vec()));
    // The namespace of the kubeconfig's context is `default`.
    ensure!(findings(config, &[])? == (Some(0), vec![]));
    ensure!(findings(config, &["-A", "--poison"])? == (Some(0), vec![]));

    let table = audit(config, &["-n", &ours])?;
    let table = text(&table.stdout);
    let row = table.lines().find(|line| line.contains("RJ103")).context("a row")?;
    ensure!(row.starts_with(&ours) && row.contains("deny") && row.contains("rayjob/ours"), "{table}");
    ensure!(table.contains("6 RayJobs judged; 1 denied, 1 warned"), "{table}");
    let lines = audit(config, &["-n", &ours, "--format", "text"])?;
    ensure!(text(&lines.stdout).contains("\"suspend\": true"), "{}", text(&lines.stdout));

    a_policy_is_tried_before_it_is_applied(&admin, &ours)
}

fn a_policy_is_tried_before_it_is_applied(admin: &User, namespace: &str) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let policy = folder.path().join("policy.yaml");
    let write = |label: &str| {
        std::fs::write(
            &policy,
            json!({"apiVersion": "raygate.dev/v1alpha1", "kind": "RayJobPolicy", "metadata": {"name": "deadlines"},
                "spec": {"match": {"namespaceSelector": {"matchLabels": {"tier": label}}},
                    "require": {"activeDeadlineSeconds": true}}})
            .to_string(),
        )
    };
    admin.kubectl(["label", "namespace", namespace, "tier=gpu"]).run()?.expect_success()?;
    let path = policy.to_string_lossy().into_owned();
    let arguments = ["-n", namespace, "--policy", path.as_str()];
    write("cpu")?;
    let (_, found) = findings(admin.kubeconfig(), &arguments)?;
    ensure!(found.len() == 2, "of other namespaces: {found:?}");
    write("gpu")?;
    let (code, found) = findings(admin.kubeconfig(), &arguments)?;
    let of_policy = found.iter().filter(|line| line.contains("activeDeadlineSeconds")).count();
    ensure!((code, of_policy) == (Some(1), 6), "{found:?}");
    Ok(())
}

/// One object of each kind that KubeRay's CRDs take and its operator cannot read.
fn poison() -> [Value; 4] {
    let job = rayjob("poison");
    let mut cluster = job["spec"]["rayClusterSpec"].clone();
    let limits = "/headGroupSpec/template/spec/containers/0/resources/limits";
    *cluster.pointer_mut(limits).expect("limits") = json!({"memory": "8Gi", "example.com/it's": "1e1.5"});
    let object = |kind: &str, spec: Value| json!({"apiVersion": "ray.io/v1", "kind": kind, "metadata": {"name": "poison"}, "spec": spec});
    let mut spec = job["spec"].clone();
    spec["rayClusterSpec"] = cluster.clone();
    [
        object("RayJob", spec.clone()),
        object("RayCluster", cluster.clone()),
        object("RayService", json!({"rayClusterConfig": cluster})),
        object("RayCronJob", json!({"schedule": "* * * * *", "jobTemplate": spec})),
    ]
}

fn poison_of_all_four_kinds_is_found_and_the_printed_commands_free_the_cluster(_: &Clusters) -> Result<()> {
    let (control_plane, admin) = control_plane()?;
    let namespace = control_plane.namespace("poisoned")?;
    for object in poison() {
        admin.create(&namespace, &object).run()?.expect_success()?;
    }
    // One that is being deleted stops the operator as well, which is to remove its finalizer.
    let mut leaving = poison()[1].clone();
    leaving["metadata"] = json!({"name": "leaving", "finalizers": ["ray.io/gcs-ft-redis-cleanup-finalizer"]});
    admin.create(&namespace, &leaving).run()?.expect_success()?;
    let delete = ["delete", "raycluster", "leaving", "-n", &namespace, "--wait=false"];
    admin.kubectl(delete).run()?.expect_success()?;

    let (code, found) = findings(admin.kubeconfig(), &["-A", "--poison"])?;
    let places: Vec<_> = found.iter().filter_map(|line| line.split(' ').next()).collect();
    let expected = [
        "raycluster/leaving",
        "raycluster/poison",
        "raycronjob/poison",
        "rayjob/poison",
        "rayservice/poison",
    ];
    let expected: Vec<_> = expected.iter().map(|place| format!("{namespace}/{place}")).collect();
    ensure!((code, places) == (Some(1), expected.iter().map(String::as_str).collect()), "{found:?}");
    let all = findings(admin.kubeconfig(), &["-A"])?;
    let places: Vec<_> = all.1.iter().filter(|line| line.contains("RJ009")).collect();
    ensure!(places.len() == 5, "the whole audit sees it as well: {all:?}");

    let table = audit(admin.kubeconfig(), &["-A", "--poison"])?;
    let commands = text(&table.stdout).lines().filter_map(|line| {
        line.split_once("take it out: ")?.1.split_once("; or delete").map(|(command, _)| command)
    });
    let commands: Vec<_> = commands.collect();
    ensure!(commands.len() == 5, "{}", text(&table.stdout));
    for command in commands {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", command]).env("KUBECONFIG", admin.kubeconfig()).env("PATH", admin.clients());
        let output = shell.output()?;
        ensure!(output.status.success(), "{command}: {}", text(&output.stderr));
    }
    let left = findings(admin.kubeconfig(), &["-A", "--poison"])?;
    ensure!(left == (Some(0), vec![]), "{left:?}");
    Ok(())
}

fn who_may_not_look_is_told_so_and_nothing_counts_as_clean(clusters: &Clusters) -> Result<()> {
    let control_plane = clusters.bare()?;
    let (admin, namespace) = (control_plane.admin()?, control_plane.namespace("closed")?);
    admin.kubectl(["create", "serviceaccount", "nobody", "-n", &namespace]).run()?.expect_success()?;
    let token = admin.kubectl(["create", "token", "nobody", "-n", &namespace]).run()?.expect_success()?;
    let folder = tempfile::tempdir()?;
    let config = folder.path().join("kubeconfig");
    let mut kubeconfig: Value = serde_json::from_slice(&std::fs::read(admin.kubeconfig())?)?;
    kubeconfig["users"][0]["user"] = json!({"token": token.stdout.trim()});
    std::fs::write(&config, kubeconfig.to_string())?;
    let output = audit(&config, &["-n", &namespace])?;
    ensure!(output.status.code() == Some(2), "{output:?}");
    ensure!(
        text(&output.stdout).contains("error: rayjobs: not allowed to list rayjobs"),
        "{}",
        text(&output.stdout)
    );

    kubeconfig["clusters"][0]["cluster"]["server"] = json!("https://127.0.0.1:1");
    std::fs::write(&config, kubeconfig.to_string())?;
    let output = audit(&config, &["-n", &namespace])?;
    ensure!(output.status.code() == Some(2), "{output:?}");
    ensure!(text(&output.stdout).contains("cannot list rayjobs"), "{}", text(&output.stdout));

    let output = audit(&config, &["--context", "elsewhere"])?;
    ensure!(output.status.code() == Some(2) && text(&output.stderr).contains("elsewhere"), "{output:?}");
    Ok(())
}
