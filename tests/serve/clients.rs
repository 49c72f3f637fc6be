//! `serve --client-ca --client-name`: who is served, what the others are told, and that readiness needs neither.

use std::fs;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    SanType,
};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tempfile::TempDir;

use crate::client::{Connection, HTTP1, HTTP2, admin, becomes_ready, connect, metric, post, review, trust};
use crate::program::{Program, eventually, run};

/// An authority for clients.
struct Clients(CertifiedIssuer<'static, KeyPair>);

impl Clients {
    fn new() -> Self {
        let mut parameters = CertificateParams::new([]).expect("no names");
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        Self(CertifiedIssuer::self_signed(parameters, key).expect("a CA"))
    }

    /// A TLS configuration that trusts the program and shows a certificate with these names.
    fn issue(
        &self,
        program: &Program,
        common: &str,
        alternative: &[&str],
        protocols: &[&str],
    ) -> Arc<ClientConfig> {
        let mut parameters = CertificateParams::new([]).expect("no names");
        parameters.distinguished_name.push(DnType::CommonName, common);
        let alternative =
            alternative.iter().map(|name| SanType::DnsName((*name).try_into().expect("a name")));
        parameters.subject_alt_names = alternative.collect();
        parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        let key = KeyPair::generate().expect("a key");
        let certificate = parameters.signed_by(&key, &self.0).expect("signed");
        let mut roots = RootCertStore::empty();
        let pem = fs::read(program.ca()).expect("the announced CA file");
        roots.add(CertificateDer::from_pem_slice(&pem).expect("PEM")).expect("a CA");
        let mut config =
            ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()
                .expect("versions")
                .with_root_certificates(roots)
                .with_client_auth_cert(
                    vec![certificate.der().clone()],
                    PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
                )
                .expect("a pair");
        config.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
        Arc::new(config)
    }

    /// A program that serves clients of this authority with these names.
    fn serve(&self, names: &str) -> (Program, TempDir) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("client-ca.crt");
        fs::write(&file, self.0.pem()).expect("a file");
        let program = Program::start(&["--client-ca", file.to_str().expect("UTF-8"), "--client-name", names]);
        (program, folder)
    }
}

/// The status and the text of the answer to a review; none when the handshake fails.
async fn ask(program: &Program, config: Arc<ClientConfig>) -> Option<(u16, String)> {
    let stream = connect(program, config).await.ok()?;
    let mut connection = Connection::over(stream).await;
    let body = review("asked").to_string();
    let request =
        crate::client::request(hyper::Method::POST, "/validate").body(body.into()).expect("a request");
    // In TLS 1.3 a client learns of its refusal when it reads.
    connection.send(request).await.ok().map(|answer| (answer.status, answer.body))
}

#[tokio::test]
async fn clients_with_an_allowed_name_are_served_and_the_others_are_told_why_not() {
    let clients = Clients::new();
    let (program, _folder) = clients.serve("kube-apiserver,apiserver.example.com");
    for protocols in [HTTP1, HTTP2] {
        let by_common_name = clients.issue(&program, "kube-apiserver", &[], protocols);
        assert_eq!(ask(&program, by_common_name).await.expect("an answer").0, 200);
        let by_alternative = clients.issue(&program, "somebody", &["apiserver.example.com"], protocols);
        assert_eq!(ask(&program, by_alternative).await.expect("an answer").0, 200);

        let (status, line) = ask(&program, clients.issue(&program, "kubelet", &["n.example.com"], protocols))
            .await
            .expect("an answer");
        assert_eq!((status, line.lines().count()), (403, 1), "{line}");
        assert!(line.contains("`kubelet, n.example.com`") && line.contains("--client-name"), "{line}");
        let (status, line) = ask(&program, trust(&program, protocols)).await.expect("an answer");
        assert_eq!((status, line.lines().count()), (403, 1), "{line}");
        assert!(line.contains("showed none") && line.contains("--client-ca"), "{line}");
    }
    let stranger = Clients::new().issue(&program, "kube-apiserver", &[], HTTP1);
    assert_eq!(ask(&program, stranger).await, None, "of another authority: the handshake fails");
    assert_eq!(metric(&program, "raygate_http_errors_total{status=\"403\"}").await, 4);
}

#[tokio::test]
async fn readiness_is_proved_though_clients_need_certificates_and_nobody_counts_it() {
    let (program, _folder) = Clients::new().serve("kube-apiserver");
    becomes_ready(&program).await;
    let metrics = admin(&program, "/metrics").await.body;
    let counted: Vec<_> = metrics
        .lines()
        .filter(|line| {
            line.starts_with("raygate_requests_total") || line.starts_with("raygate_open_connections")
        })
        .filter(|line| !line.ends_with(" 0"))
        .collect();
    assert_eq!(counted, [""; 0], "the own client is no client");
    assert!(!program.stderr().contains("readiness"), "{}", program.stderr());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_authority_in_the_file_is_asked_for() {
    let (old, new) = (Clients::new(), Clients::new());
    let (program, folder) = old.serve("kube-apiserver");
    let (by_old, by_new) = (
        old.issue(&program, "kube-apiserver", &[], HTTP1),
        new.issue(&program, "kube-apiserver", &[], HTTP1),
    );
    assert_eq!(ask(&program, Arc::clone(&by_new)).await, None);
    fs::write(folder.path().join("client-ca.crt"), "no certificate").expect("a file");
    tokio::task::block_in_place(|| {
        eventually("it is told", || {
            program.stderr().contains("the old one is still asked for").then_some(())
        });
    });
    assert_eq!(ask(&program, Arc::clone(&by_old)).await.expect("an answer").0, 200);
    fs::write(folder.path().join("client-ca.crt"), old.0.pem() + &new.0.pem()).expect("a file");
    let runtime = tokio::runtime::Handle::current();
    tokio::task::block_in_place(|| {
        eventually("both are served", || {
            runtime.block_on(ask(&program, Arc::clone(&by_new))).filter(|(status, _)| *status == 200)
        });
    });
    assert_eq!(ask(&program, by_old).await.expect("an answer").0, 200);
}

#[tokio::test]
async fn without_the_flags_any_client_is_served_also_one_that_shows_a_certificate() {
    let program = Program::start(&[]);
    let config = Clients::new().issue(&program, "anybody", &[], HTTP1);
    assert_eq!(ask(&program, config).await.expect("an answer").0, 200);
    assert_eq!(post(&program, "/validate", review("plain").to_string()).await.status, 200);
}

#[test]
fn each_of_the_two_flags_asks_for_the_other_and_the_file_must_hold_certificates() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("client-ca.crt");
    fs::write(&file, "nothing").expect("a file");
    let file = file.to_str().expect("UTF-8");
    for (flags, word) in [
        (vec!["--client-ca", file], "--client-name"),
        (vec!["--client-name", "kube-apiserver"], "--client-ca"),
        (vec!["--client-ca", file, "--client-name", "kube-apiserver"], "no readable certificate"),
    ] {
        let output =
            run(&[&["serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"], &*flags].concat());
        let stderr = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(word), "{word}: {stderr}");
    }
}
