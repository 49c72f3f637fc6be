//! For which KubeRay the program judges, as far as that can be told without a cluster.

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::api_server::{ApiServer, State};

use crate::client::{admin, becomes_ready, metric, metric_becomes, post, review};
use crate::program::{Program, eventually, run};

/// A kubeconfig of a cluster whose API server has gone.
fn kubeconfig_of_nobody(name: &str) -> PathBuf {
    let port = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    kubeconfig(name, &format!("https://{port}"))
}

fn kubeconfig(name: &str, server: &str) -> PathBuf {
    let kubeconfig = json!({
        "apiVersion": "v1", "kind": "Config", "current-context": "it",
        "clusters": [{"name": "it", "cluster": {"server": server}}],
        "users": [{"name": "it", "user": {"token": "t"}}],
        "contexts": [{"name": "it", "context": {"cluster": "it", "user": "it"}}],
    });
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, kubeconfig.to_string()).expect("a folder for tests");
    path
}

#[tokio::test]
async fn an_api_server_that_does_not_answer_keeps_nobody_waiting() {
    let kubeconfig = kubeconfig_of_nobody("gone.json");
    let kubeconfig = kubeconfig.to_str().expect("UTF-8");
    let program = Program::start(&["--kubeconfig", kubeconfig, "--watch-policies", "false"]);
    assert_eq!(
        post(&program, "/validate", review("u").to_string()).await.status,
        200,
        "served from the start"
    );
    let told = eventually("it is ready", || {
        let stderr = program.stderr();
        stderr.contains("has not told yet").then_some(stderr)
    });
    assert!(
        told.contains("cannot be asked which KubeRay runs") && told.contains("Connection refused"),
        "{told}"
    );
    becomes_ready(&program).await;
    assert_eq!(metric(&program, &judging("1.7", "assumed")).await, 1);
}

/// It would let through what they refuse.
#[tokio::test]
async fn before_the_policies_of_the_cluster_were_read_nobody_is_sent_here() {
    let kubeconfig = kubeconfig_of_nobody("gone-with-policies.json");
    let kubeconfig = kubeconfig.to_str().expect("UTF-8");
    let program = Program::start(&["--kubeconfig", kubeconfig, "--kuberay-version", "1.6"]);
    eventually("the log tells", || {
        program.stderr().contains("the policies of the cluster cannot be followed").then_some(())
    });
    let ready = admin(&program, "/readyz").await;
    assert_eq!((ready.status, ready.body.trim()), (503, "not ready: the cluster has not been read yet"));
    assert_eq!(metric(&program, "raygate_watch_failing{resource=\"rayjobpolicies\"}").await, 1);
}

/// The series of the metric that says for which KubeRay jobs are judged.
fn judging(version: &str, source: &str) -> String {
    format!("raygate_kuberay_info{{version=\"{version}\",source=\"{source}\"}}")
}

/// A CRD with these fields in its `spec`.
fn crd(spec: &Value) -> State {
    State::Crd(json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": "rayjobs.ray.io", "resourceVersion": "1"},
        "spec": {"versions": [{"name": "v1", "schema": {"openAPIV3Schema": {"properties": {"spec": {"properties": spec}}}}}]},
    }))
}

#[tokio::test]
async fn what_was_seen_stays_true_while_the_api_server_is_away() {
    let server = ApiServer::start(crd(&json!({"deletionStrategy": {}})));
    let kubeconfig = kubeconfig("away.json", &server.url());
    let program = Program::start(&["--kubeconfig", kubeconfig.to_str().expect("UTF-8")]);
    metric_becomes(&program, &judging("1.5", "crd"), 1).await;
    becomes_ready(&program).await;

    server.turn(State::Away);
    eventually("it is noticed", || program.stderr().contains("cannot be asked").then_some(()));
    assert_eq!(metric(&program, &judging("1.5", "crd")).await, 1);
    assert_eq!(admin(&program, "/readyz").await.status, 200);

    server.turn(crd(&json!({"preRunningDeadlineSeconds": {}})));
    metric_becomes(&program, &judging("1.6", "crd"), 1).await;
    server.turn(State::Forbidden);
    eventually("it is noticed", || program.stderr().contains("is forbidden").then_some(()));
    assert_eq!(metric(&program, &judging("1.6", "crd")).await, 1);
}

#[tokio::test]
async fn a_crd_that_tells_nothing_is_taken_for_the_newest() {
    let server = ApiServer::start(State::Crd(json!({
        "metadata": {"name": "rayjobs.ray.io", "resourceVersion": "1"},
        "spec": {"versions": [{"name": "v1", "schema": {"openAPIV3Schema": {"type": "object"}}}]},
    })));
    let kubeconfig = kubeconfig("unclear.json", &server.url());
    let program = Program::start(&["--kubeconfig", kubeconfig.to_str().expect("UTF-8")]);
    eventually("it is said", || program.stderr().contains("lists no fields").then_some(()));
    assert_eq!(metric(&program, &judging("1.7", "assumed")).await, 1);
}

#[tokio::test]
async fn with_a_given_version_nobody_needs_to_be_asked() {
    let kubeconfig = kubeconfig_of_nobody("not-needed.json");
    let kubeconfig = kubeconfig.to_str().expect("UTF-8");
    let program = Program::start(&["--kubeconfig", kubeconfig, "--kuberay-version", "1.5"]);
    assert_eq!(metric(&program, &judging("1.5", "flag")).await, 1);
    assert!(!program.stderr().contains("has not told yet"), "{}", program.stderr());
}

#[test]
fn a_gate_that_the_given_version_does_not_know_is_refused() {
    let gates = ["--kuberay-version", "1.5", "--kuberay-feature-gates", "RayClusterMTLS=true"];
    for command in ["serve", "rules"] {
        let output = run(&[&[command][..], &gates].concat());
        let stderr = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains("KubeRay 1.5 has no feature gate `RayClusterMTLS`"), "{stderr}");
        assert!(stderr.contains("RayMultiHostIndexing") && !stderr.contains("RayCronJob"), "{stderr}");
    }
}

#[test]
fn a_gate_of_another_version_than_the_assumed_one_is_said() {
    let program = Program::start(&["--kuberay-feature-gates", "AsyncJobInfoQuery=true"]);
    eventually("the gate is named", || {
        program.stderr().contains("unknown=\"AsyncJobInfoQuery\"").then_some(())
    });
}

#[test]
fn a_kubeconfig_that_cannot_be_read_is_named() {
    let output = run(&["serve", "--kubeconfig", "/nonexistent/kubeconfig"]);
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("--kubeconfig /nonexistent/kubeconfig"), "{stderr}");
}
