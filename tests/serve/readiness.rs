//! `/readyz` proves that reviews are judged, whatever the policies say and however many connections are open.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use arc_swap::ArcSwap;
use raygate::certificates::Authority;
use raygate::server::clients::ClientNames;
use raygate::server::shutdown::Signals;
use raygate::server::tls::{Certificates, Pair};
use raygate::server::{Limits, Preparation, Server, Stopping};
use raygate::telemetry::Telemetry;
use raygate_core::admission::Configuration;

use crate::client::{Connection, HTTP1, admin_at, becomes_ready, post, review};
use crate::program::{PATIENCE, Program};

#[tokio::test]
async fn policies_that_turn_rules_off_and_a_missing_cluster_keep_nobody_from_being_ready() {
    let folder = tempfile::tempdir().expect("a folder");
    let policy = "apiVersion: raygate.dev/v1alpha1\nkind: RayJobPolicy\nmetadata: {name: lenient}\nspec: {rules: [{rules: [RJ106], action: \"Off\"}]}\n";
    fs::write(folder.path().join("lenient.yaml"), policy).expect("a file");
    for flags in [
        ["--policy", folder.path().to_str().expect("UTF-8")],
        ["--enforcement", "audit"],
        ["--kuberay-version", "1.3"],
        ["--controller-users", "raygate"],
    ] {
        let program = Program::start(&flags);
        becomes_ready(&program).await;
    }
}

#[tokio::test]
async fn a_full_house_is_ready_all_the_same() {
    let program = Program::start(&["--max-connections", "1"]);
    let mut seated = Connection::open(&program, HTTP1).await;
    assert_eq!(seated.post("/validate", review("seated").to_string()).await.status, 200);
    for _ in 0..3 {
        becomes_ready(&program).await;
    }
    assert_eq!(post(&program, "/validate", review("other").to_string()).await.status, 503);
}

/// The judging runtime has one thread, and a task that never yields takes it.
#[tokio::test]
async fn a_runtime_that_is_stuck_is_told_by_probes_that_still_answer() {
    let (listener, admin) =
        (TcpListener::bind(ANY).expect("a port"), TcpListener::bind(ANY).expect("a port"));
    let address = admin.local_addr().expect("an address");
    let (release, released) = mpsc::channel::<()>();
    let (block, blocked) = mpsc::channel::<()>();
    let judging = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let serving = tokio::spawn(server(listener, admin).run(Signals::catch().expect("signals")));
            while blocked.try_recv().is_err() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            // Until the test lets go, nothing else runs here.
            let _ = released.recv();
            serving.abort();
        });
    });
    answers(address, "/readyz", 200, "ok").await;
    block.send(()).expect("it waits");
    answers(address, "/readyz", 503, "did not answer in time").await;
    answers(address, "/livez", 200, "ok").await;
    drop(release);
    judging.join().expect("it ends");
}

const ANY: &str = "127.0.0.1:0";

fn server(listener: TcpListener, admin: TcpListener) -> Server {
    let issued = Authority::new(1).and_then(|authority| authority.issue(&["localhost".to_owned()]));
    let issued = issued.expect("a pair");
    let (certificate, key) = (issued.certificate.as_bytes(), issued.key.as_bytes());
    let here = Path::new("here");
    let pair = Pair::from_pem((here, certificate), (here, key), SystemTime::now()).expect("a good pair");
    let preparation = Preparation::default();
    preparation.finish();
    let tokio = |listener: TcpListener| {
        listener.set_nonblocking(true).expect("a socket");
        tokio::net::TcpListener::from_std(listener).expect("a socket")
    };
    let long = Duration::from_mins(1);
    Server {
        listener: tokio(listener),
        admin: tokio(admin),
        certificates: Arc::new(Certificates::new(pair, None).expect("a configuration")),
        client_names: ClientNames::default(),
        configuration: Arc::new(ArcSwap::from_pointee(Configuration::default())),
        preparation,
        limits: Limits { connections: 8, handshake: long, first_request: long, body: long, idle: long },
        stopping: Stopping { drain_delay: Duration::ZERO, timeout: Duration::ZERO },
        observer: Arc::new(Telemetry::default()),
    }
}

/// Waits until a probe has this answer.
async fn answers(address: SocketAddr, path: &str, status: u16, word: &str) {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let answer = admin_at(address, path).await;
        if answer.status == status && answer.body.contains(word) {
            return;
        }
        assert!(Instant::now() < deadline, "{path} is not {status}: {answer:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
