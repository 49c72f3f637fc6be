//! A bounded number of requests over a few keep-alive connections; each review has a uid of its own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio_rustls::TlsConnector;

use crate::process::Pair;

const CONNECTIONS: usize = 4;

/// How long a server may take to start listening.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) struct Load {
    runtime: Runtime,
    review: Arc<Review>,
    connector: TlsConnector,
    path: &'static str,
}

/// A review, cut where its uid stands.
struct Review {
    before: Vec<u8>,
    after: Vec<u8>,
}

impl Load {
    /// `path` is where the review goes.
    pub(crate) fn new(pair: &Pair, body: &[u8], path: &'static str) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let connector = TlsConnector::from(Arc::new(pair.trust()));
        Self { runtime, review: Arc::new(Review::cut(body)), path, connector }
    }

    /// Sends so many requests and reads the answers.
    pub(crate) fn run(&self, address: SocketAddr, requests: usize) {
        let connections = requests.min(CONNECTIONS);
        self.runtime.block_on(async {
            let clients: Vec<_> = (0..connections)
                .map(|client| {
                    let numbers = (client..requests).step_by(connections);
                    let connector = self.connector.clone();
                    tokio::spawn(ask(connector, (address, self.path), Arc::clone(&self.review), numbers))
                })
                .collect();
            for client in clients {
                client.await.expect("every request is answered");
            }
        });
    }
}

async fn ask(
    connector: TlsConnector,
    (address, path): (SocketAddr, &str),
    review: Arc<Review>,
    numbers: impl Iterator<Item = usize>,
) {
    let mut sender = connect(&connector, address).await;
    for number in numbers {
        let request = Request::post(path)
            .header(HOST, "localhost")
            .header(CONTENT_TYPE, "application/json")
            .body(Full::new(review.with_uid(number)))
            .expect("a request");
        sender.ready().await.expect("kept alive");
        let response = sender.send_request(request).await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK);
        response.into_body().collect().await.expect("a body");
    }
}

async fn connect(connector: &TlsConnector, address: SocketAddr) -> SendRequest<Full<Bytes>> {
    let deadline = Instant::now() + PATIENCE;
    let tcp = loop {
        match TcpStream::connect(address).await {
            Ok(tcp) => break tcp,
            Err(error) => assert!(Instant::now() < deadline, "nobody listens: {error}"),
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    };
    tcp.set_nodelay(true).expect("a socket");
    let name = ServerName::try_from("localhost").expect("a name");
    let tls = connector.connect(name, tcp).await.expect("a handshake");
    let (sender, driver) = handshake(TokioIo::new(tls)).await.expect("HTTP/1.1");
    tokio::spawn(driver);
    sender
}

impl Review {
    fn cut(body: &[u8]) -> Self {
        let review: serde_json::Value = serde_json::from_slice(body).expect("JSON");
        let uid = review["request"]["uid"].as_str().expect("a uid").as_bytes();
        let start = body.windows(uid.len()).position(|bytes| bytes == uid).expect("it is in there");
        Self { before: body[..start].to_vec(), after: body[start + uid.len()..].to_vec() }
    }

    fn with_uid(&self, number: usize) -> Bytes {
        let uid = format!("00000000-0000-4000-8000-{number:012}");
        [&self.before, uid.as_bytes(), &self.after].concat().into()
    }
}
