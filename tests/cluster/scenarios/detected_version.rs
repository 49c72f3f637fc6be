//! Without a version in the chart's values, Raygate reads KubeRay's off the RayJob CRD, with the rights that the chart gives.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};
use raygate_control_plane::{Chart, ControlPlane, Identity, Installation, eventually};
use serde_json::{Value, json};

use super::scenarios;
use crate::clusters::{Clusters, Guarded};
use crate::manifests::rayjob;
use crate::raygate;

scenarios![
    jobs_are_judged_for_the_installed_kuberay,
    another_version_than_the_given_one_is_counted,
    until_kuberay_is_installed_the_newest_is_assumed
];

const SEEN_WITHIN: Duration = Duration::from_secs(30);
const CRD: &str = "rayjobs.ray.io";
const ACCOUNT: &str = "system:serviceaccount:raygate-system:raygate";
/// One more than KubeRay allows since 1.4.
const LONG_NAME: &str = "a-name-of-forty-eight-characters-is-one-too-long";

/// The chart without a version of KubeRay.
fn undecided() -> Result<Chart> {
    let mut chart = raygate::chart()?;
    chart.values["kuberay"] = json!({});
    Ok(chart)
}

fn judges_for(raygate: &Installation, version: &str, source: &str) -> Result<()> {
    let line = format!("raygate_kuberay_info{{version=\"{version}\",source=\"{source}\"}} 1\n");
    eventually(&format!("the metrics say {}", line.trim()), SEEN_WITHIN, || {
        Ok(raygate.metrics()?.contains(&line).then_some(()))
    })
}

fn jobs_are_judged_for_the_installed_kuberay(_: &Clusters) -> Result<()> {
    let Guarded { raygate, control_plane } = Guarded::start(&undecided()?)?;
    let alice = control_plane.user(Identity::Alice)?;
    let admin = control_plane.admin()?;
    judges_for(&raygate, "1.6", "crd")?;
    let refused = alice.create("default", &rayjob(LONG_NAME)).run()?.expect_failure()?;
    ensure!(refused.stderr.contains("RJ003"), "{refused}");

    let spec = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties";
    let remove = |field: &str| json!({"op": "remove", "path": format!("{spec}/{field}")});
    let as_in_1_3 = Value::Array(vec![
        json!({"op": "test", "path": "/spec/versions/0/name", "value": "v1"}),
        remove("deletionStrategy"),
        remove("preRunningDeadlineSeconds"),
        remove("rayClusterSpec/properties/autoscalerOptions/properties/version"),
    ]);
    let patch = ["patch", "crd", CRD, "--type=json", "-p", &as_in_1_3.to_string()];
    admin.kubectl(patch).run()?.expect_success()?;
    judges_for(&raygate, "1.3", "crd")?;
    alice.create("default", &rayjob(LONG_NAME)).run()?.expect_success()?;

    for (verb, what, answer) in [
        ("get", "crd/rayjobs.ray.io", "yes\n"),
        ("watch", "crd/rayjobs.ray.io", "yes\n"),
        ("get", "crd/rayclusters.ray.io", "no\n"),
        ("update", "crd/rayjobs.ray.io", "no\n"),
        ("list", "secrets", "no\n"),
        ("list", "rayjobs.ray.io", "no\n"),
    ] {
        let asked = admin.kubectl(["auth", "can-i", verb, what, "--as", ACCOUNT]).run()?;
        assert_eq!(asked.stdout, answer, "{asked}");
    }
    Ok(())
}

fn another_version_than_the_given_one_is_counted(_: &Clusters) -> Result<()> {
    let control_plane = ControlPlane::start()?;
    control_plane.install_kuberay_crds()?;
    let mut chart = raygate::chart()?;
    chart.values["kuberay"] = json!({"version": "1.5"});
    // With a version, and without policies to watch, the chart's account has neither token nor rights.
    chart.values["watchPolicies"] = json!(false);
    let kubeconfig = control_plane.admin()?.kubeconfig().to_string_lossy().into_owned();
    chart.values["extraEnv"] = json!([{"name": "RAYGATE_KUBECONFIG", "value": kubeconfig}]);
    let raygate = install(&control_plane, &chart)?;
    judges_for(&raygate, "1.5", "flag")?;
    eventually("the mismatch is counted and logged", SEEN_WITHIN, || {
        let counted = raygate.metrics()?.contains("raygate_kuberay_version_mismatches_total 1\n");
        let logged = raygate.log()?.contains("\"kuberay\":\"1.5\",\"installed\":\"1.6\"");
        Ok((counted && logged).then_some(()))
    })?;
    judges_for(&raygate, "1.5", "flag")
}

fn until_kuberay_is_installed_the_newest_is_assumed(_: &Clusters) -> Result<()> {
    let control_plane = ControlPlane::start()?;
    let mut raygate = install(&control_plane, &undecided()?)?;
    judges_for(&raygate, "1.7", "assumed")?;
    control_plane.install_kuberay_crds()?;
    judges_for(&raygate, "1.6", "crd")?;

    let admin = control_plane.admin()?;
    let kind = "clusterrolebinding";
    admin.kubectl(["delete", kind, "raygate-kuberay-version"]).run()?.expect_success()?;
    raygate.stop()?;
    // Ready all the same.
    raygate.start()?;
    judges_for(&raygate, "1.7", "assumed")?;
    eventually("the log says why", SEEN_WITHIN, || Ok(raygate.log()?.contains("is forbidden").then_some(())))
}

fn install(control_plane: &ControlPlane, chart: &Chart) -> Result<Installation> {
    Installation::install(control_plane, chart, Path::new(env!("CARGO_BIN_EXE_raygate")))
}
