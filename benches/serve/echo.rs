//! The bare servers to compare with: the same TLS, HTTP and router, reading the body and answering a constant, one of
//! them after a parse of the body into a `serde_json::Value`.

use std::hint::black_box;
use std::net::SocketAddr;

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::header::CONTENT_TYPE;
use axum::routing::post;
use axum_server::accept::{TcpConfigAcceptor, TcpSocketConfig};
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use tokio::runtime::Builder;

/// Makes this bench's binary the server: followed by what it does, the address, the certificate and the key.
pub(crate) const ARGUMENT: &str = "--as-bare-server";

/// What a bare server does with a body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    Nothing,
    Parse,
}

impl Work {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Parse => "parse",
        }
    }
}

const ANSWER: &str = r#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"allowed":true,"uid":"3c5d6f0e-6a1b-4c0e-9a55-0f6a4b8f2d11"}}"#;

pub(crate) fn run() {
    let arguments: Vec<_> = std::env::args().skip_while(|argument| argument != ARGUMENT).collect();
    let [_, work, address, certificate, key, ..] = arguments.as_slice() else {
        unreachable!("`Server::bare` gives all four")
    };
    let parses = work == Work::Parse.name();
    let address: SocketAddr = address.parse().expect("an address");
    let workers = std::thread::available_parallelism().map_or(1, |threads| threads.get().min(4));
    let runtime =
        Builder::new_multi_thread().worker_threads(workers).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let echo = async move |body: Bytes| {
            if parses {
                black_box(serde_json::from_slice::<serde_json::Value>(&body).expect("JSON"));
            }
            black_box(body);
            ([(CONTENT_TYPE, "application/json")], ANSWER)
        };
        let router = Router::new()
            .route("/validate", post(echo))
            .route("/mutate", post(echo))
            .layer(DefaultBodyLimit::disable());
        let config = RustlsConfig::from_pem_file(certificate, key).await.expect("a pair");
        let tcp = TcpConfigAcceptor::new(TcpSocketConfig::new().nodelay(true));
        let acceptor = RustlsAcceptor::new(config).acceptor(tcp);
        axum_server::bind(address)
            .acceptor(acceptor)
            .serve(router.into_make_service())
            .await
            .expect("served");
    });
}
