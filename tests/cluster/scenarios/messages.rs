//! What docs/troubleshooting.md is indexed by: a real API server gets no answer, for each reason there is, and says so in
//! the words that stand there.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use raygate_control_plane::{Certificate, ControlPlane, Identity, Replica, eventually};
use serde_json::{Value, json};

use super::scenarios;
use crate::clusters::Clusters;
use crate::manifests::rayjob;

scenarios![
    an_api_server_without_an_answer_says_what_the_documentation_says,
    mistakes_that_come_before_raygate_are_told_as_the_documentation_says,
];

/// A changed configuration reaches the API server by a watch.
const SEEN_WITHIN: Duration = Duration::from_secs(30);

fn an_api_server_without_an_answer_says_what_the_documentation_says(clusters: &Clusters) -> Result<()> {
    let control_plane = clusters.bare()?;
    let namespace = control_plane.namespace("messages")?;
    for service in ["raygate", "other"] {
        let create =
            ["create", "service", "externalname", service, "--external-name=localhost", "-n", &namespace];
        control_plane.admin()?.kubectl(create).run()?.expect_success()?;
    }
    let certificate = Certificate::for_service("raygate", &namespace)?;
    let stranger = Certificate::for_service("raygate", &namespace)?;
    let raygate = free_port()?;
    let _replica = serve(control_plane, &namespace, raygate, &certificate)?;
    let (silent, other_protocol) = (TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?, no_tls()?);
    let silent = (silent.local_addr()?.port(), silent);

    let (ca, other_ca) = (certificate.authority.as_str(), stranger.authority.as_str());
    let cases = [
        ("connect: connection refused", "raygate", free_port()?, "/validate", ca),
        ("context deadline exceeded", "raygate", silent.0, "/validate", ca),
        ("http: server gave HTTP response to HTTPS client", "raygate", other_protocol, "/validate", ca),
        ("x509: certificate signed by unknown authority", "raygate", raygate, "/validate", other_ca),
        ("x509: certificate is valid for raygate.", "other", raygate, "/validate", ca),
        ("the server could not find the requested resource", "raygate", raygate, "/nowhere", ca),
        ("service \"raygate\" not found", "gone", raygate, "/validate", ca),
    ];
    for (words, service, port, path, authority) in cases {
        documented(words)?;
        let configuration = configuration(&namespace, (service, port, path), authority);
        let printed = words.replace("service \"raygate\"", "service \"gone\"");
        is_said(control_plane, &namespace, &configuration, &printed)?;
    }
    // None of them keeps a job from being deleted; they are registered for nothing that a deletion is.
    let alice = control_plane.user(Identity::Alice)?;
    alice.kubectl(["delete", "rayjob", "stored", "-n", &namespace]).run()?.expect_success()?;
    Ok(())
}

/// Applies the configuration, and a job until kubectl prints these words about it.
fn is_said(control_plane: &ControlPlane, namespace: &str, configuration: &Value, words: &str) -> Result<()> {
    let (admin, alice) = (control_plane.admin()?, control_plane.user(Identity::Alice)?);
    // A stored job, for the end: made while nobody is asked.
    if admin.kubectl(["get", "rayjob", "stored", "-n", namespace]).run()?.expect_success().is_err() {
        alice.create(namespace, &rayjob("stored")).run()?.expect_success()?;
    }
    admin.kubectl(["apply", "-f", "-"]).stdin(configuration.to_string()).run()?.expect_success()?;
    let mut last = String::new();
    let said = eventually(words, SEEN_WITHIN, || {
        let refused = alice.create(namespace, &rayjob("unanswered")).run()?;
        last = format!("{refused}");
        if refused.status.success() {
            // The configuration was not seen yet: away with what came in, which asks nobody.
            alice.kubectl(["delete", "rayjob", "unanswered", "-n", namespace]).run()?.expect_success()?;
        }
        let is_meant = refused.stderr.contains("failed calling webhook \"validate.rayjobs.raygate.dev\"");
        Ok((is_meant && refused.stderr.contains(words)).then_some(()))
    });
    said.with_context(|| format!("the last answer: {last}"))
}

fn mistakes_that_come_before_raygate_are_told_as_the_documentation_says(clusters: &Clusters) -> Result<()> {
    let control_plane = &clusters.guarded()?.control_plane;
    let namespace = control_plane.namespace("before")?;
    let (admin, alice) = (control_plane.admin()?, control_plane.user(Identity::Alice)?);
    let mut quoted = rayjob("quoted");
    quoted["spec"]["ttlSecondsAfterFinished"] = json!("soon");
    let mut misspelt = rayjob("misspelt");
    misspelt["spec"]["shutDownAfterJobFinishes"] = json!(true);
    let mut kind = rayjob("kind");
    kind["kind"] = json!("RayJobs");
    let mut poison = rayjob("poison");
    poison["spec"]["rayClusterSpec"]["headGroupSpec"]["template"]["spec"]["containers"][0]["resources"]["limits"]
        ["memory"] = json!("1e1.5");
    let policy = json!({
        "apiVersion": "raygate.dev/v1alpha1", "kind": "RayJobPolicy", "metadata": {"name": "messages"},
        "spec": {"match": {"namespaces": ["team-[a-z]"]}},
    });
    let cases = [
        (quoted, "spec.ttlSecondsAfterFinished in body must be of type integer: \"string\""),
        (misspelt, "unknown field \"spec.shutDownAfterJobFinishes\""),
        (kind.clone(), "no matches for kind \"RayJobs\" in version \"ray.io/v1\""),
        (poison, "KubeRay's operator would stop for the whole cluster"),
    ];
    // Who may not list definitions gets kubectl's other words for a kind that is not there.
    let forbidden = "failed to check CRD: failed to list CRDs";
    documented(forbidden)?;
    let refused = alice.create(&namespace, &kind).run()?.expect_failure()?;
    ensure!(refused.stderr.contains(forbidden), "{forbidden}: {refused}");
    for (object, words) in cases {
        documented(words)?;
        let refused = admin.create(&namespace, &object).run()?.expect_failure()?;
        ensure!(refused.stderr.contains(words), "{words}: {refused}");
    }
    let words = "spec.match.namespaces[0]: `[` is not known in patterns, only `*` and `?` are";
    documented(words)?;
    let refused = admin.create(&namespace, &policy).run()?.expect_failure()?;
    ensure!(refused.stderr.contains(words), "{words}: {refused}");
    Ok(())
}

fn documented(words: &str) -> Result<()> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/troubleshooting.md");
    ensure!(fs::read_to_string(page)?.contains(words), "docs/troubleshooting.md does not have: {words}");
    Ok(())
}

fn configuration(namespace: &str, (service, port, path): (&str, u16, &str), authority: &str) -> Value {
    json!({
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
        "metadata": {"name": format!("messages-{namespace}")},
        "webhooks": [{
            "name": "validate.rayjobs.raygate.dev",
            "clientConfig": {
                "service": {"name": service, "namespace": namespace, "port": port, "path": path},
                "caBundle": BASE64_STANDARD.encode(authority),
            },
            "rules": [{
                "apiGroups": ["ray.io"], "apiVersions": ["v1"], "resources": ["rayjobs"],
                "operations": ["CREATE", "UPDATE"],
            }],
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}},
            "admissionReviewVersions": ["v1"],
            "sideEffects": "None",
            "failurePolicy": "Fail",
            "timeoutSeconds": 1,
        }],
    })
}

/// Raygate behind this port, with this certificate.
fn serve(
    control_plane: &ControlPlane,
    namespace: &str,
    port: u16,
    certificate: &Certificate,
) -> Result<Replica> {
    let account = ["create", "serviceaccount", "raygate", "-n", namespace];
    control_plane.admin()?.kubectl(account).run()?.expect_success()?;
    let folder = tempfile::tempdir()?;
    let (pair, key) = (folder.path().join("tls.crt"), folder.path().join("tls.key"));
    fs::write(&pair, &certificate.certificate)?;
    fs::write(&key, &certificate.key)?;
    let arguments = [
        format!("--tls-cert={}", pair.display()),
        format!("--tls-key={}", key.display()),
        "--kuberay-version=1.6".into(),
        "--watch-policies=false".into(),
    ];
    let mut replica = Replica::start(
        control_plane,
        ("messages", Path::new(env!("CARGO_BIN_EXE_raygate"))),
        SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        (namespace, "raygate"),
        &arguments.each_ref().map(String::as_str),
    )?;
    replica.become_ready()?;
    Ok(replica)
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// A server of another protocol, until the program ends.
fn no_tls() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listener.local_addr()?.port();
    thread::spawn(move || {
        use std::io::Write;
        for mut connection in listener.incoming().flatten() {
            let _ = connection.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        }
    });
    Ok(port)
}
