//! Whether this server enforces: `admin` asks, and a client of the process's own sends reviews through the TLS socket, to be
//! judged by a configuration that nobody can change. A poisonous job must be denied, a good one completed and let in.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use axum::Router;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use raygate_core::admission::{Configuration, Endpoint, Record};
use rustls::pki_types::ServerName;
use serde_json::{Value, json};
use tokio::net::TcpSocket;
use tokio::sync::Mutex;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::handlers::Gate;
use super::pinned;
use super::tls::Certificates;
use super::{Observer, Refusal, routes};

/// A verdict about ourselves is good for this long.
const FRESH: Duration = Duration::from_secs(1);
/// All that is asked takes milliseconds; the kubelet waits for 3 seconds.
const PATIENCE: Duration = Duration::from_secs(2);
/// The name that is asked for: any does, because the certificate is compared whole.
const NAME: &str = "raygate-readiness";

/// Why it is not proved that this server enforces.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unproved {
    #[error("its own TLS socket cannot be used")]
    Socket(#[from] io::Error),
    #[error("its own TLS socket cannot be asked")]
    Tls(#[from] rustls::Error),
    #[error("its own TLS socket does not speak HTTP")]
    Http(#[from] hyper::Error),
    #[error("its own TLS socket did not answer in time")]
    Slow(#[from] tokio::time::error::Elapsed),
    #[error("its own TLS socket answered {0} to a review")]
    Status(StatusCode),
    #[error("its own answer is no AdmissionReview")]
    Answer(#[from] serde_json::Error),
    #[error("{0}")]
    Verdict(&'static str),
}

/// Asks the own TLS socket.
pub(super) struct Enforcement {
    address: SocketAddr,
    certificates: Arc<Certificates>,
    last: Mutex<Option<(Instant, Result<(), String>)>>,
}

impl Enforcement {
    /// `listening` is where the TLS socket listens.
    pub(super) fn new(listening: SocketAddr, certificates: Arc<Certificates>) -> Self {
        let mut address = listening;
        if address.ip().is_unspecified() {
            address.set_ip(match address {
                SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
                SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            });
        }
        Self { address, certificates, last: Mutex::default() }
    }

    /// Why it is not proved that reviews are judged here; what was found a moment ago is not asked again.
    pub(super) async fn obstacle(&self) -> Option<String> {
        let mut last = self.last.lock().await;
        if let Some((_, result)) = last.as_ref().filter(|(at, _)| at.elapsed() < FRESH) {
            return result.clone().err();
        }
        let result = timeout(PATIENCE, self.prove()).await.map_err(Unproved::from).flatten();
        let result = result.map_err(|error| chain(&error));
        *last = Some((Instant::now(), result.clone()));
        result.err()
    }

    async fn prove(&self) -> Result<(), Unproved> {
        let mut connection = self.connect().await?;
        let denied = ask(&mut connection, "/validate", &poisonous()).await?;
        if denied["allowed"] != json!(false) {
            return Err(Unproved::Verdict("a job that would stop KubeRay's operator was let in"));
        }
        let completed = ask(&mut connection, "/mutate", &good()).await?;
        if completed["allowed"] != json!(true) || completed["patchType"] != json!("JSONPatch") {
            return Err(Unproved::Verdict("a good job was not completed"));
        }
        let admitted = ask(&mut connection, "/validate", &good()).await?;
        if admitted["allowed"] != json!(true) {
            return Err(Unproved::Verdict("a good job was denied"));
        }
        Ok(())
    }

    async fn connect(&self) -> Result<SendRequest<Full<Bytes>>, Unproved> {
        let socket = if self.address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        // Bound before it connects: the other end knows the address when it accepts.
        socket.bind(SocketAddr::new(self.address.ip(), 0))?;
        self.certificates.own_client().connects_from(socket.local_addr()?);
        let config = pinned::client(&self.certificates)?;
        let tcp = socket.connect(self.address).await?;
        let name = ServerName::try_from(NAME).map_err(|_| Unproved::Verdict("no name to ask for"))?;
        let tls = TlsConnector::from(Arc::new(config)).connect(name, tcp).await?;
        let (sender, connection) = handshake(TokioIo::new(tls)).await?;
        // How it ends shows in the answers.
        tokio::spawn(async { drop(connection.await) });
        Ok(sender)
    }
}

/// Sends a review; what comes back is its response.
async fn ask(
    connection: &mut SendRequest<Full<Bytes>>,
    path: &str,
    review: &Value,
) -> Result<Value, Unproved> {
    let request = Request::post(path).header(HOST, NAME).header(CONTENT_TYPE, "application/json");
    let request = request.body(Full::from(review.to_string()));
    let request = request.map_err(|_| Unproved::Verdict("no review to send"))?;
    let answer = connection.send_request(request).await?;
    let status = answer.status();
    if status != StatusCode::OK {
        return Err(Unproved::Status(status));
    }
    let body = answer.into_body().collect().await?.to_bytes();
    Ok(serde_json::from_slice::<Value>(&body)?["response"].take())
}

/// The paths of the reviews, judged by the configuration without any policy, unheard by anybody.
pub(super) fn reviews() -> Router {
    let configuration = Arc::new(ArcSwap::from_pointee(Configuration::default()));
    routes::reviews(Gate::new(configuration, Arc::new(Nobody), PATIENCE))
}

fn good() -> Value {
    let container = json!({"name": "ray", "image": "rayproject/ray:2.56.0"});
    review(&json!({
        "entrypoint": "python job.py",
        "shutdownAfterJobFinishes": true,
        "rayClusterSpec": {"rayVersion": "2.56.0", "headGroupSpec": {
            "rayStartParams": {}, "template": {"spec": {"containers": [container]}},
        }},
    }))
}

/// No operator can read the list of RayJobs once this is among them.
fn poisonous() -> Value {
    let mut review = good();
    review["request"]["object"]["spec"]["suspend"] = json!("perhaps");
    review
}

fn review(spec: &Value) -> Value {
    json!({
        "apiVersion": "admission.k8s.io/v1",
        "kind": "AdmissionReview",
        "request": {
            "uid": "raygate-readiness",
            "kind": {"group": "ray.io", "version": "v1", "kind": "RayJob"},
            "resource": {"group": "ray.io", "version": "v1", "resource": "rayjobs"},
            "name": "readiness",
            "namespace": "default",
            "operation": "CREATE",
            "userInfo": {"username": "raygate"},
            "object": {
                "apiVersion": "ray.io/v1",
                "kind": "RayJob",
                "metadata": {"name": "readiness", "namespace": "default"},
                "spec": spec,
            },
        },
    })
}

/// An error with what caused it, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

/// Whom the own client's reviews concern.
struct Nobody;

impl Observer for Nobody {
    fn answered(&self, _: Endpoint, _: &Record<'_>, _: Duration) {}
    fn refused(&self, _: &Refusal) {}
    fn panicked(&self) {}
    fn connection_opened(&self) {}
    fn connection_closed(&self) {}
    fn connection_turned_away(&self) {}
    fn connection_failed(&self, _: &io::Error) {}
    fn metrics(&self) -> String {
        String::new()
    }
    fn set_log_level(&self, _: &str) -> bool {
        false
    }
}
