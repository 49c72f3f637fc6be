//! Raygate serves only an API server that shows a certificate: with the configuration that certs/api-server holds.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use raygate_control_plane::{ControlPlane, Identity, Installation};
use rcgen::{BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
use serde_json::json;
use tempfile::TempDir;

use super::scenarios;
use crate::clusters::{Clusters, Guarded};
use crate::manifests::rayjob;
use crate::raygate;

scenarios![
    an_api_server_with_a_certificate_is_served_if_its_name_is_allowed,
    an_api_server_without_a_certificate_is_told_what_is_missing
];

/// What certs/README.md has an admin put on the machine of the API server, with this folder in the place of theirs.
fn on_the_api_server(folder: &Path) -> Result<()> {
    let (key, client_key) = (KeyPair::generate()?, KeyPair::generate()?);
    let mut authority = CertificateParams::new([])?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    fs::write(folder.join("client-ca.crt"), authority.self_signed(&key)?.pem())?;
    let mut client = CertificateParams::new([])?;
    client.distinguished_name.push(DnType::CommonName, "kube-apiserver-to-raygate");
    client.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let client = client.signed_by(&client_key, &Issuer::new(authority, key))?;
    fs::write(folder.join("client.crt"), client.pem())?;
    fs::write(folder.join("client.key"), client_key.serialize_pem())?;
    let documented = Path::new(env!("CARGO_MANIFEST_DIR")).join("certs/api-server");
    for file in ["admission.yaml", "webhooks.kubeconfig"] {
        let text = fs::read_to_string(documented.join(file))?;
        let text = text.replace("/etc/kubernetes/raygate", folder.to_str().context("a path in UTF-8")?);
        // Here the Service's port needs no root.
        let text = text.replace("name: raygate.raygate-system.svc", "name: raygate.raygate-system.svc:8443");
        fs::write(folder.join(file), text)?;
    }
    Ok(())
}

fn chart_for(folder: &TempDir, name: &str) -> Result<raygate_control_plane::Chart> {
    let mut chart = raygate::chart()?;
    let authority = folder.path().join("client-ca.crt");
    chart.values["extraArgs"] =
        json!([format!("--client-ca={}", authority.display()), format!("--client-name={name}")]);
    Ok(chart)
}

fn an_api_server_with_a_certificate_is_served_if_its_name_is_allowed(_: &Clusters) -> Result<()> {
    let folder = tempfile::tempdir()?;
    on_the_api_server(folder.path())?;
    let configuration = folder.path().join("admission.yaml");
    let flag = format!("--admission-control-config-file={}", configuration.display());
    let control_plane = ControlPlane::start_with(&[flag])?;
    control_plane.install_kuberay_crds()?;
    // Ready, and called: what a job is judged by goes through both webhooks.
    let chart = chart_for(&folder, "kube-apiserver-to-raygate")?;
    let Guarded { raygate, control_plane } = Guarded::install(control_plane, &chart)?;
    let alice = control_plane.user(Identity::Alice)?;
    let mut bad = rayjob("bad");
    bad["spec"]["ttlSecondsAfterFinished"] = json!(-1);
    let refused = alice.create("default", &bad).run()?.expect_failure()?;
    ensure!(refused.stderr.contains("spec.ttlSecondsAfterFinished"), "{refused}");
    drop(raygate);

    let mut chart = chart_for(&folder, "somebody-else")?;
    chart.values["certificates"] = chart_values(&control_plane)?;
    let _raygate = Installation::install(&control_plane, &chart, Path::new(env!("CARGO_BIN_EXE_raygate")))?;
    let refused = alice.create("default", &rayjob("good")).run()?.expect_failure()?;
    for part in ["failed calling webhook", "`kube-apiserver-to-raygate`", "--client-name"] {
        ensure!(refused.stderr.contains(part), "{part}: {refused}");
    }
    Ok(())
}

/// The certificates that are installed already: others would be trusted a moment later only.
fn chart_values(control_plane: &ControlPlane) -> Result<serde_json::Value> {
    let get = ["get", "values", "raygate", "-n", "raygate-system", "-o", "json"];
    Ok(control_plane.admin()?.helm(get).json()?["certificates"].take())
}

fn an_api_server_without_a_certificate_is_told_what_is_missing(_: &Clusters) -> Result<()> {
    let folder = tempfile::tempdir()?;
    on_the_api_server(folder.path())?;
    let control_plane = ControlPlane::start()?;
    control_plane.install_kuberay_crds()?;
    let program = Path::new(env!("CARGO_BIN_EXE_raygate"));
    let chart = chart_for(&folder, "kube-apiserver-to-raygate")?;
    let _raygate = Installation::install(&control_plane, &chart, program)?;
    let alice = control_plane.user(Identity::Alice)?;
    let refused = alice.create("default", &rayjob("good")).run()?.expect_failure()?;
    for part in ["failed calling webhook", "showed none", "certs/README.md"] {
        ensure!(refused.stderr.contains(part), "{part}: {refused}");
    }
    Ok(())
}
