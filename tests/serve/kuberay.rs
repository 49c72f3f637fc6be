//! For which KubeRay the program judges, as far as that can be told without a cluster.

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;

use serde_json::json;

use crate::client::{admin, metric, post, review};
use crate::program::{Program, eventually, run};

/// A kubeconfig of a cluster whose API server has gone.
fn kubeconfig_of_nobody(name: &str) -> PathBuf {
    let port = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    let kubeconfig = json!({
        "apiVersion": "v1", "kind": "Config", "current-context": "gone",
        "clusters": [{"name": "gone", "cluster": {"server": format!("https://{port}")}}],
        "users": [{"name": "gone", "user": {"token": "t"}}],
        "contexts": [{"name": "gone", "context": {"cluster": "gone", "user": "gone"}}],
    });
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, kubeconfig.to_string()).expect("a folder for tests");
    path
}

#[tokio::test]
async fn an_api_server_that_does_not_answer_keeps_nobody_waiting() {
    let kubeconfig = kubeconfig_of_nobody("gone.json");
    let program = Program::start(&["--kubeconfig", kubeconfig.to_str().expect("UTF-8")]);
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
    assert_eq!(admin(&program, "/readyz").await.status, 200);
    assert_eq!(metric(&program, "raygate_kuberay_info{version=\"1.7\",source=\"assumed\"}").await, 1);
}

#[tokio::test]
async fn with_a_given_version_nobody_needs_to_be_asked() {
    let kubeconfig = kubeconfig_of_nobody("not-needed.json");
    let kubeconfig = kubeconfig.to_str().expect("UTF-8");
    let program = Program::start(&["--kubeconfig", kubeconfig, "--kuberay-version", "1.5"]);
    assert_eq!(metric(&program, "raygate_kuberay_info{version=\"1.5\",source=\"flag\"}").await, 1);
    assert!(!program.stderr().contains("has not told yet"), "{}", program.stderr());
}

#[test]
fn a_gate_that_the_given_version_does_not_know_is_refused() {
    let gates = ["--kuberay-version", "1.5", "--kuberay-feature-gates", "RayClusterMTLS=true"];
    for command in ["serve", "rules"] {
        let output = run(&[&[command][..], &gates].concat());
        let stderr = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(1), "{stderr}");
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
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("--kubeconfig /nonexistent/kubeconfig"), "{stderr}");
}
