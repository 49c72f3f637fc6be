//! A webhook that allows everything and keeps every AdmissionReview exactly as the API server sent it.

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::{Value, json};

use crate::{Certificate, ControlPlane, User, eventually};

const PORT: u16 = 8443;
const ACTIVE_WITHIN: Duration = Duration::from_secs(30);

/// One AdmissionReview.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Which webhook was called: `/mutate` or `/validate`.
    pub path: String,
    /// The body, byte for byte.
    pub body: Vec<u8>,
}

type Reviews = Arc<Mutex<Vec<Recorded>>>;

/// The webhook server; it stops when it is dropped.
#[derive(Debug)]
pub struct Recorder {
    reviews: Reviews,
    handle: Handle<SocketAddr>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Recorder {
    /// Serves `/mutate` and `/validate` behind a Service of this namespace, and has the API server call both for
    /// everything that happens to RayJobs in it. KubeRay's CRDs must be installed.
    ///
    /// # Errors
    ///
    /// When the Service's address is taken or the API server refuses the Service or the configurations.
    pub fn install(control_plane: &ControlPlane, namespace: &str) -> Result<Self> {
        let apply = ["apply", "--server-side", "-o", "json", "-f", "-"];
        let admin = control_plane.admin()?;
        let service = json!({
            "apiVersion": "v1", "kind": "Service",
            "metadata": {"name": "recorder", "namespace": namespace},
            "spec": {"ports": [{"port": PORT}]},
        });
        let service = admin.kubectl(apply).stdin(service.to_string()).json()?;
        let address: IpAddr = service["spec"]["clusterIP"].as_str().unwrap_or_default().parse()?;
        let certificate = Certificate::for_service("recorder", namespace)?;
        let recorder = Self::start(SocketAddr::from((address, PORT)), &certificate)?;
        for configuration in configurations(namespace, &certificate.authority) {
            admin.kubectl(apply).stdin(configuration.to_string()).json()?;
        }
        recorder.become_active(&admin, namespace)?;
        Ok(recorder)
    }

    /// The API server learns of configurations by a watch, a moment after it has stored them.
    fn become_active(&self, admin: &User, namespace: &str) -> Result<()> {
        let probe =
            json!({"apiVersion": "ray.io/v1", "kind": "RayJob", "metadata": {"name": "probe"}, "spec": {}});
        let create = ["create", "--dry-run=server", "-n", namespace, "-f", "-"];
        eventually("the API server calls both webhooks of the recorder", ACTIVE_WITHIN, || {
            admin.kubectl(create).stdin(probe.to_string()).run()?.expect_success()?;
            Ok((self.take().len() == 2).then_some(()))
        })
    }

    /// Takes all reviews recorded so far.
    pub fn take(&self) -> Vec<Recorded> {
        std::mem::take(&mut *self.reviews.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn start(address: SocketAddr, certificate: &Certificate) -> Result<Self> {
        let listener = TcpListener::bind(address)
            .with_context(|| format!("cannot listen on the Service's address {address}"))?;
        listener.set_nonblocking(true)?;
        let chain = CertificateDer::from_pem_slice(certificate.certificate.as_bytes())?;
        let key = PrivateKeyDer::from_pem_slice(certificate.key.as_bytes())?;
        let tls = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![chain], key)?;
        let tls = RustlsConfig::from_config(Arc::new(tls));
        let (reviews, handle) = (Reviews::default(), Handle::new());
        let router = axum::Router::new().fallback(record).with_state(Arc::clone(&reviews));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let server = {
            let _entered = runtime.enter();
            axum_server::from_tcp_rustls(listener, tls)?.handle(handle.clone())
        };
        // It ends by the handle alone; what its accept loop might complain about shows as a review that is missing.
        let thread = thread::spawn(move || drop(runtime.block_on(server.serve(router.into_make_service()))));
        Ok(Self { reviews, handle, thread: Some(thread) })
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.handle.shutdown();
        if let Some(thread) = self.thread.take() {
            // A panic in it has failed the webhook call already.
            let _ = thread.join();
        }
    }
}

async fn record(State(reviews): State<Reviews>, path: Uri, body: Bytes) -> Response {
    let uid = serde_json::from_slice(&body).ok().and_then(|review: Value| {
        let uid = review.get("request")?.get("uid")?;
        uid.as_str().map(ToOwned::to_owned)
    });
    let Some(uid) = uid else {
        return (StatusCode::BAD_REQUEST, "no AdmissionReview with a uid").into_response();
    };
    let recorded = Recorded { path: path.path().to_owned(), body: body.into() };
    reviews.lock().unwrap_or_else(PoisonError::into_inner).push(recorded);
    let response = json!({
        "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
        "response": {"uid": uid, "allowed": true},
    });
    ([("Content-Type", "application/json")], response.to_string()).into_response()
}

fn configurations(namespace: &str, authority: &str) -> [Value; 2] {
    let configuration = |kind: &str, path: &str| {
        json!({
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": kind,
            "metadata": {"name": format!("recorder-{namespace}")},
            "webhooks": [{
                "name": "recorder.tests.raygate.dev",
                "clientConfig": {
                    "service": {"name": "recorder", "namespace": namespace, "port": PORT, "path": path},
                    "caBundle": BASE64_STANDARD.encode(authority),
                },
                "rules": [{
                    "apiGroups": ["ray.io"], "apiVersions": ["v1"], "resources": ["rayjobs"],
                    "operations": ["CREATE", "UPDATE", "DELETE"],
                }],
                "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}},
                "admissionReviewVersions": ["v1"],
                "sideEffects": "None",
                "failurePolicy": "Fail",
                "timeoutSeconds": 5,
            }],
        })
    };
    [
        configuration("MutatingWebhookConfiguration", "/mutate"),
        configuration("ValidatingWebhookConfiguration", "/validate"),
    ]
}
