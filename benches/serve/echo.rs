//! The bare server to compare with: the same TLS, HTTP and router, reading the body and answering a constant.

use std::net::SocketAddr;

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::header::CONTENT_TYPE;
use axum::routing::post;
use axum_server::accept::{TcpConfigAcceptor, TcpSocketConfig};
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use tokio::runtime::Builder;

/// Makes this bench's binary the server: followed by the address, the certificate and the key.
pub(crate) const ARGUMENT: &str = "--as-echo-server";

const ANSWER: &str = r#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"allowed":true,"uid":"3c5d6f0e-6a1b-4c0e-9a55-0f6a4b8f2d11"}}"#;

pub(crate) fn run() {
    let arguments: Vec<_> = std::env::args().skip_while(|argument| argument != ARGUMENT).collect();
    let [_, address, certificate, key, ..] = arguments.as_slice() else {
        unreachable!("`Server::echo` gives all three")
    };
    let address: SocketAddr = address.parse().expect("an address");
    let workers = std::thread::available_parallelism().map_or(1, |threads| threads.get().min(4));
    let runtime =
        Builder::new_multi_thread().worker_threads(workers).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let echo = async |body: Bytes| {
            std::hint::black_box(body);
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
