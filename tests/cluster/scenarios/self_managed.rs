//! Certificates that Raygate keeps itself, in a real API server: made, published, repaired and replaced, while somebody
//! applies jobs all the time.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use raygate_control_plane::{Api, Certificate, ControlPlane, Replica, User, eventually};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::scenarios;
use crate::clusters::Clusters;
use crate::manifests::rayjob;

scenarios![
    a_replica_without_any_certificate_makes_publishes_and_repairs,
    a_new_authority_comes_without_a_failed_call
];

const SOON: Duration = Duration::from_secs(30);
const LATER: Duration = Duration::from_secs(90);
const NAMESPACE: &str = "raygate-system";
const SECRET: [&str; 4] = ["secret", "raygate-certificates", "-n", NAMESPACE];
const KINDS: [&str; 2] = ["mutatingwebhookconfiguration", "validatingwebhookconfiguration"];
const DRY_RUN: &str = "/apis/ray.io/v1/namespaces/default/rayjobs?dryRun=All";

/// A control plane with everything but a replica.
struct Prepared {
    control_plane: ControlPlane,
    admin: User,
    address: SocketAddr,
}

impl Prepared {
    fn start() -> Result<Self> {
        let control_plane = ControlPlane::start()?;
        control_plane.install_kuberay_crds()?;
        let admin = control_plane.admin()?;
        let objects = include_str!("self-managed.yaml");
        admin.kubectl(["apply", "-f", "-"]).stdin(objects).run()?.expect_success()?;
        for configuration in configurations() {
            apply(&admin, &configuration)?;
        }
        let service = admin.kubectl(["get", "service", "raygate", "-n", NAMESPACE, "-o", "json"]).json()?;
        let address = service["spec"]["clusterIP"].as_str().context("the Service has an address")?;
        let address = SocketAddr::new(address.parse()?, 8443);
        Ok(Self { control_plane, admin, address })
    }

    fn replica(&self, name: &str, listen: SocketAddr) -> Result<Replica> {
        let program = Path::new(env!("CARGO_BIN_EXE_raygate"));
        let flags = [
            "--tls-secret=raygate-system/raygate-certificates",
            "--tls-service=raygate",
            "--webhook-configurations=raygate",
            "--kuberay-version=1.6",
            "--watch-policies=false",
            "--drain-delay=0s",
        ];
        Replica::start(&self.control_plane, (name, program), listen, (NAMESPACE, "raygate"), &flags)
    }

    /// Waits until the API server calls the replica and believes it.
    fn become_active(&self) -> Result<()> {
        let mut api = self.control_plane.api()?;
        let mut bad = rayjob("bad");
        bad["spec"]["ttlSecondsAfterFinished"] = json!(-1);
        eventually("a bad job is refused", SOON, || Ok((api.post(DRY_RUN, &bad)?.0 == 422).then_some(())))
    }

    /// What is trusted, by each webhook of both configurations.
    fn trusted(&self) -> Result<Vec<String>> {
        let mut bundles = Vec::new();
        for kind in KINDS {
            let configuration = self.admin.kubectl(["get", kind, "raygate", "-o", "json"]).json()?;
            for webhook in configuration["webhooks"].as_array().context("it has webhooks")? {
                bundles.push(webhook["clientConfig"]["caBundle"].as_str().unwrap_or_default().to_owned());
            }
        }
        Ok(bundles)
    }

    fn secret(&self) -> Result<Value> {
        let get = ["get"].into_iter().chain(SECRET).chain(["-o", "json"]);
        Ok(self.admin.kubectl(get).json()?["data"].take())
    }
}

fn apply(admin: &User, object: &Value) -> Result<()> {
    admin.kubectl(["apply", "-f", "-"]).stdin(object.to_string()).run()?.expect_success().map(drop)
}

/// As a chart would write them: without `caBundle`, and fail-closed.
fn configurations() -> [Value; 2] {
    let webhook = |name: &str, path: &str| {
        json!({
            "name": format!("{name}.rayjobs.raygate.dev"),
            "clientConfig": {
                "service": {"name": "raygate", "namespace": NAMESPACE, "port": 8443, "path": path},
            },
            "rules": [{
                "apiGroups": ["ray.io"], "apiVersions": ["v1"], "resources": ["rayjobs"],
                "operations": ["CREATE", "UPDATE"],
            }],
            "admissionReviewVersions": ["v1"], "sideEffects": "None", "failurePolicy": "Fail",
            "timeoutSeconds": 5,
        })
    };
    let configuration = |kind: &str, webhooks: &[Value]| {
        json!({
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": kind,
            "metadata": {"name": "raygate"}, "webhooks": webhooks,
        })
    };
    [
        configuration("MutatingWebhookConfiguration", &[webhook("mutate", "/mutate")]),
        configuration(
            "ValidatingWebhookConfiguration",
            &[webhook("validate", "/validate"), webhook("again", "/validate")],
        ),
    ]
}

/// Somebody who applies jobs all the time.
struct Applying {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<Result<(usize, Vec<String>)>>,
}

impl Applying {
    fn start(mut api: Api) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let job = rayjob("applied");
        let thread = thread::spawn(move || {
            let (mut calls, mut failures) = (0, Vec::new());
            while !stopped.load(Ordering::Relaxed) {
                let (status, answer) = api.post(DRY_RUN, &job)?;
                calls += 1;
                if status != 201 {
                    failures.push(format!("{status}: {answer}"));
                }
                thread::sleep(Duration::from_millis(5));
            }
            Ok((calls, failures))
        });
        Self { stop, thread }
    }

    /// Stops; no call must have failed.
    fn end(self) -> Result<usize> {
        self.stop.store(true, Ordering::Relaxed);
        let (calls, failures) = self.thread.join().map_err(|_| anyhow!("whoever applies has panicked"))??;
        ensure!(failures.is_empty(), "{} of {calls} calls failed: {}", failures.len(), failures[0]);
        ensure!(calls > 0, "nothing was applied");
        Ok(calls)
    }
}

fn a_replica_without_any_certificate_makes_publishes_and_repairs(_: &Clusters) -> Result<()> {
    let prepared = Prepared::start()?;
    let mut replica = prepared.replica("replica", prepared.address)?;
    replica.become_ready()?;
    prepared.become_active()?;
    let (bundles, secret) = (prepared.trusted()?, prepared.secret()?);
    let ours = secret["ca.crt"].as_str().context("the Secret has a CA")?.to_owned();
    assert_eq!(bundles, [ours.as_str(); 3]);
    managed_by_its_own_name(&prepared.admin)?;

    // Somebody else's write, whatever it is, is undone.
    let foreign = BASE64_STANDARD.encode(Certificate::for_service("other", NAMESPACE)?.authority);
    for (kind, webhook) in [(KINDS[0], 0), (KINDS[1], 0), (KINDS[1], 1)] {
        let path = format!("/webhooks/{webhook}/clientConfig/caBundle");
        let change = json!([{"op": "replace", "path": path, "value": foreign}]).to_string();
        prepared
            .admin
            .kubectl(["patch", kind, "raygate", "--type=json", "-p", &change])
            .run()?
            .expect_success()?;
        repaired(&prepared, &ours)?;
    }
    for configuration in configurations() {
        let replace = prepared.admin.kubectl(["replace", "-f", "-"]).stdin(configuration.to_string());
        replace.run()?.expect_success()?;
        repaired(&prepared, &ours)?;
        let server_side =
            ["apply", "--server-side", "--force-conflicts", "--field-manager=gitops", "-f", "-"];
        prepared.admin.kubectl(server_side).stdin(configuration.to_string()).run()?.expect_success()?;
        let mut emptied = configuration;
        emptied["webhooks"][0]["clientConfig"]["caBundle"] = json!("");
        prepared.admin.kubectl(server_side).stdin(emptied.to_string()).run()?.expect_success()?;
        repaired(&prepared, &ours)?;
    }

    // The Secret is put back as it was, and nobody notices.
    prepared.become_active()?;
    let applying = Applying::start(prepared.control_plane.api()?);
    spoil_the_secret(&prepared, &secret, &foreign)?;
    applying.end()?;
    let log = replica.log()?;
    ensure!(replica.stop()?.success(), "it ends well");
    ensure!(!log.contains("PRIVATE KEY"), "no key in the log");
    Ok(())
}

fn repaired(prepared: &Prepared, ours: &str) -> Result<()> {
    let is_ours = || Ok(prepared.trusted()?.iter().all(|bundle| bundle == ours).then_some(()));
    eventually("every caBundle is ours again", SOON, is_ours)
}

fn managed_by_its_own_name(admin: &User) -> Result<()> {
    for kind in KINDS {
        let get = ["get", kind, "raygate", "--show-managed-fields", "-o", "json"];
        let configuration = admin.kubectl(get).json()?;
        let managers = configuration["metadata"]["managedFields"].as_array().context("managed fields")?;
        let own = managers.iter().find(|manager| manager["manager"] == "raygate-certificates");
        let own = own.with_context(|| format!("{kind} has no manager of ours"))?["fieldsV1"].to_string();
        ensure!(own.contains("f:caBundle") && !own.contains("f:rules"), "more or less than ours: {own}");
    }
    Ok(())
}

fn spoil_the_secret(prepared: &Prepared, secret: &Value, foreign: &str) -> Result<()> {
    let restored = |what: &str| {
        let is_restored = || Ok(prepared.secret().ok().filter(|now| now == secret).map(drop));
        eventually(&format!("the Secret is put back that was {what}"), SOON, is_restored)
    };
    let delete = ["delete"].into_iter().chain(SECRET);
    prepared.admin.kubectl(delete).run()?.expect_success()?;
    restored("deleted")?;
    for (what, data) in [
        ("emptied", json!({"tls.key": ""})),
        ("truncated", json!({"ca.crt": null, "ca.key": null, "tls.crt": ""})),
        ("given foreign values", json!({"ca.crt": foreign, "tls.crt": foreign})),
    ] {
        let change = json!({"data": data}).to_string();
        let patch = ["patch"].into_iter().chain(SECRET).chain(["--type=merge", "-p", &change]);
        prepared.admin.kubectl(patch).run()?.expect_success()?;
        restored(what)?;
    }
    Ok(())
}

fn a_new_authority_comes_without_a_failed_call(_: &Clusters) -> Result<()> {
    let prepared = Prepared::start()?;
    let old = old_certificates(&prepared.admin)?;
    let mut serving = prepared.replica("serving", prepared.address)?;
    // Whichever of the two has the duty, the one that serves must hear of it.
    let mut other = prepared.replica("other", SocketAddr::from(([127, 0, 0, 1], 0)))?;
    serving.become_ready()?;
    other.become_ready()?;
    prepared.become_active()?;

    let applying = Applying::start(prepared.control_plane.api()?);
    let is_switched = || {
        let secret = prepared.secret()?;
        let bundles = prepared.trusted()?;
        let text = |key: &str| BASE64_STANDARD.decode(secret[key].as_str().unwrap_or_default());
        let bundle = BASE64_STANDARD.encode([text("ca.crt")?, text("previous-ca.crt")?].concat());
        let is_new = secret["ca.crt"] != old["ca.crt"] && secret["previous-ca.crt"] == old["ca.crt"];
        Ok((is_new && bundles.iter().all(|trusted| *trusted == bundle)).then_some(()))
    };
    eventually("the new CA signs and the old one is still trusted", LATER, is_switched)?;
    let new = eventually("the replica serves with the new pair", SOON, || {
        let log = serving.log()?;
        Ok((log.matches("serving with the pair").count() == 2).then_some(log))
    })?;
    applying.end()?;
    let logs = new + &other.log()?;
    for step in ["Introduce", "Switch"] {
        assert_eq!(logs.matches(&format!("\"{step}\"")).count(), 1, "one writer, once: {logs}");
    }
    Ok(())
}

/// A Secret and configurations as Raygate left them most of a year ago.
fn old_certificates(admin: &User) -> Result<Value> {
    let (key, leaf_key) = (KeyPair::generate()?, KeyPair::generate()?);
    let day = Duration::from_hours(24);
    let now = OffsetDateTime::now_utc();
    let mut authority = CertificateParams::new([])?;
    authority.distinguished_name.push(DnType::CommonName, "raygate CA");
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    (authority.not_before, authority.not_after) = (now - day * 300, now + day * 65);
    let names = ["svc", "svc.cluster.local"].map(|end| format!("raygate.{NAMESPACE}.{end}"));
    let mut leaf = CertificateParams::new([names.as_slice(), &[format!("raygate.{NAMESPACE}")]].concat())?;
    (leaf.not_before, leaf.not_after) = (now - day, now + day * 60);
    let ca = authority.self_signed(&key)?.pem();
    let ca_key = key.serialize_pem();
    let leaf = leaf.signed_by(&leaf_key, &Issuer::new(authority, key))?.pem();
    let values =
        [("ca.crt", &ca), ("ca.key", &ca_key), ("tls.crt", &leaf), ("tls.key", &leaf_key.serialize_pem())]
            .map(|(key, value)| (key.to_owned(), Value::from(BASE64_STANDARD.encode(value))));
    let data = Value::Object(values.into_iter().collect());
    let metadata = json!({"name": SECRET[1], "namespace": NAMESPACE});
    let secret = json!({
        "apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/tls", "metadata": metadata, "data": data,
    });
    admin.kubectl(["create", "-f", "-"]).stdin(secret.to_string()).run()?.expect_success()?;
    Ok(data)
}
