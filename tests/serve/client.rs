//! A small client: TLS with chosen protocols, HTTP/1.1 and HTTP/2 on it, and bare streams for those who misbehave.

use std::fs;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HOST, HeaderMap};
use hyper::http::request::Builder;
use hyper::{Method, Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::program::{PATIENCE, Program};

pub(crate) const HTTP1: &[&str] = &["http/1.1"];
pub(crate) const HTTP2: &[&str] = &["h2"];
pub(crate) const BOTH: &[&str] = &["h2", "http/1.1"];

pub(crate) type Stream = TlsStream<TcpStream>;

/// A whole response.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("text"))
    }

    async fn read(response: Response<hyper::body::Incoming>) -> Self {
        let (head, body) = response.into_parts();
        let body = body.collect().await.expect("a whole body").to_bytes();
        let body = String::from_utf8(body.to_vec()).expect("UTF-8");
        Self { status: head.status.as_u16(), headers: head.headers, body }
    }
}

/// A review of a small job, with this uid.
pub(crate) fn review(uid: &str) -> Value {
    let mut review: Value = serde_json::from_str(include_str!("../../examples/review.json")).expect("JSON");
    review["request"]["uid"] = json!(uid);
    review
}

/// A review whose body has this many bytes.
pub(crate) fn review_of_size(uid: &str, bytes: usize) -> Vec<u8> {
    let mut review = review(uid);
    let annotation = |length| json!({"padding": "x".repeat(length)});
    review["request"]["object"]["metadata"]["annotations"] = annotation(0);
    let missing = bytes - review.to_string().len();
    review["request"]["object"]["metadata"]["annotations"] = annotation(missing);
    let body = review.to_string().into_bytes();
    assert_eq!(body.len(), bytes);
    body
}

/// A trusting TLS configuration; sharing it between connections lets sessions resume.
pub(crate) fn trust(program: &Program, protocols: &[&str]) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    let pem = fs::read(program.ca()).expect("the announced CA file");
    roots.add(CertificateDer::from_pem_slice(&pem).expect("PEM")).expect("a CA");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
    Arc::new(config)
}

pub(crate) async fn connect(program: &Program, config: Arc<ClientConfig>) -> std::io::Result<Stream> {
    let tcp = TcpStream::connect(program.listen).await?;
    tcp.set_nodelay(true)?;
    let name = ServerName::try_from("localhost").expect("a name");
    timeout(PATIENCE, TlsConnector::from(config).connect(name, tcp)).await.expect("a handshake")
}

/// A connection with these protocols, over which nothing was said yet.
pub(crate) async fn silent(program: &Program, protocols: &[&str]) -> Stream {
    connect(program, trust(program, protocols)).await.expect("a connection")
}

/// An open connection on which requests follow each other.
pub(crate) enum Connection {
    Http1(hyper::client::conn::http1::SendRequest<Full<Bytes>>),
    Http2(hyper::client::conn::http2::SendRequest<Full<Bytes>>),
}

impl Connection {
    pub(crate) async fn open(program: &Program, protocols: &[&str]) -> Self {
        Self::over(silent(program, protocols).await).await
    }

    /// Speaks what the handshake agreed on.
    pub(crate) async fn over(stream: Stream) -> Self {
        let http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
        let io = TokioIo::new(stream);
        if http2 {
            let executor = TokioExecutor::new();
            let (sender, driver) = hyper::client::conn::http2::handshake(executor, io).await.expect("HTTP/2");
            tokio::spawn(driver);
            return Self::Http2(sender);
        }
        let (sender, driver) = hyper::client::conn::http1::handshake(io).await.expect("HTTP/1.1");
        tokio::spawn(driver);
        Self::Http1(sender)
    }

    pub(crate) async fn send(&mut self, request: Request<Full<Bytes>>) -> hyper::Result<Answer> {
        let response = match self {
            Self::Http1(sender) => {
                sender.ready().await?;
                timeout(PATIENCE, sender.send_request(request)).await
            }
            Self::Http2(sender) => timeout(PATIENCE, sender.send_request(request)).await,
        };
        Ok(Answer::read(response.expect("an answer in time")?).await)
    }

    pub(crate) async fn post(&mut self, path: &str, body: impl Into<Bytes>) -> Answer {
        let request = request(Method::POST, path).body(Full::new(body.into())).expect("a request");
        self.send(request).await.expect("an answer")
    }
}

pub(crate) fn request(method: Method, path: &str) -> Builder {
    let uri = format!("https://localhost{path}");
    Request::builder()
        .method(method)
        .uri(uri)
        .header(HOST, "localhost")
        .header(CONTENT_TYPE, "application/json")
}

/// One request on a connection of its own.
pub(crate) async fn post(program: &Program, path: &str, body: impl Into<Bytes>) -> Answer {
    Connection::open(program, HTTP1).await.post(path, body).await
}

/// One GET on the admin port.
pub(crate) async fn admin(program: &Program, path: &str) -> Answer {
    admin_at(program.admin, path).await
}

/// The same, wherever that port is.
pub(crate) async fn admin_at(address: SocketAddr, path: &str) -> Answer {
    ask_admin(address, Request::get(path), "").await
}

/// One PUT on the admin port.
pub(crate) async fn put(program: &Program, path: &str, body: &'static str) -> Answer {
    ask_admin(program.admin, Request::put(path), body).await
}

async fn ask_admin(address: SocketAddr, request: Builder, body: &'static str) -> Answer {
    let tcp = TcpStream::connect(address).await.expect("the admin port");
    let (mut sender, driver) =
        hyper::client::conn::http1::handshake(TokioIo::new(tcp)).await.expect("HTTP/1.1");
    tokio::spawn(driver);
    let request = request.header(HOST, "localhost").body(Full::new(Bytes::from(body))).expect("a request");
    Answer::read(sender.send_request(request).await.expect("an answer")).await
}

/// Waits until `/readyz` says yes.
pub(crate) async fn becomes_ready(program: &Program) {
    let polling = async {
        while admin(program, "/readyz").await.status != 200 {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, polling).await.expect("it becomes ready");
}

/// The value of one metric line, written without its value.
pub(crate) async fn metric(program: &Program, series: &str) -> u64 {
    let text = admin(program, "/metrics").await.body;
    let value = text.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    value.map_or(0, |value| value.parse().expect("a number"))
}

/// Waits until a metric has a value.
pub(crate) async fn metric_becomes(program: &Program, series: &str, value: u64) {
    let polling = async {
        while metric(program, series).await != value {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, polling).await.expect(series);
}

/// The head of a POST that promises a body.
pub(crate) async fn promise_body(stream: &mut Stream, length: usize) {
    let head = format!(
        "POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.expect("a head");
}

/// All that still comes until the other side closes.
pub(crate) async fn rest(stream: &mut Stream) -> String {
    let mut bytes = Vec::new();
    // How it closes (a TLS goodbye or a bare FIN) is its own affair.
    let _ = timeout(PATIENCE, stream.read_to_end(&mut bytes)).await.expect("closed in time");
    String::from_utf8_lossy(&bytes).into_owned()
}
