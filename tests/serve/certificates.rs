//! `raygate certs`, and what `serve` says to pairs that it cannot use.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;

use crate::program::{Program, run};

/// A folder of one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn path(&self, file: &str) -> String {
        self.0.join(file).to_str().expect("UTF-8").to_owned()
    }

    fn write(&self, file: &str, content: &str) -> String {
        fs::write(self.path(file), content).expect("a file");
        self.path(file)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn certs(folder: &Folder, more: &[&str]) -> std::process::Output {
    let out = folder.path("certs");
    run(&[&["certs", "--out", &out, "--service", "raygate", "--namespace", "ray-system"], more].concat())
}

#[tokio::test]
async fn what_certs_makes_is_served_and_trusted_under_the_services_names() {
    let folder = Folder::new("made");
    let output = certs(&folder, &["--dns", "localhost", "--dns", "10.1.2.3"]);
    assert!(output.status.success(), "{output:?}");
    let (certificate, key) = (folder.path("certs/tls.crt"), folder.path("certs/tls.key"));
    let program = Program::start(&["--tls-cert", &certificate, "--tls-key", &key]);
    assert!(!program.stderr().contains("on trial"), "{}", program.stderr());

    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(folder.path("certs/ca.crt")).expect("PEM")).expect("a CA");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
    for (name, trusted) in [
        ("raygate.ray-system.svc", true),
        ("raygate.ray-system.svc.cluster.local", true),
        ("raygate.ray-system", true),
        ("localhost", true),
        ("10.1.2.3", true),
        ("raygate.other.svc", false),
    ] {
        let tcp = TcpStream::connect(program.listen).await.expect("a connection");
        let server_name = name.try_into().expect("a name");
        assert_eq!(connector.connect(server_name, tcp).await.is_ok(), trusted, "{name}");
    }
}

#[test]
fn the_key_is_for_its_owner_alone_and_nothing_is_overwritten_unasked() {
    let folder = Folder::new("force");
    let first = String::from_utf8(certs(&folder, &[]).stdout).expect("UTF-8");
    for part in ["kubectl -n ray-system create secret tls", "caBundle", "raygate.ray-system.svc,"] {
        assert!(first.contains(part), "{first}");
    }
    let mode = |file: &str| fs::metadata(folder.path(file)).expect("made").permissions().mode() & 0o777;
    assert_eq!((mode("certs/tls.key"), mode("certs/tls.crt"), mode("certs/ca.crt")), (0o600, 0o644, 0o644));

    let key = fs::read(folder.path("certs/tls.key")).expect("a key");
    let again = certs(&folder, &[]);
    let stderr = String::from_utf8(again.stderr).expect("UTF-8");
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr.contains("ca.crt exists already") && stderr.contains("--force"), "{stderr}");
    assert_eq!(fs::read(folder.path("certs/tls.key")).expect("a key"), key);

    fs::set_permissions(folder.path("certs/tls.key"), fs::Permissions::from_mode(0o644)).expect("loosened");
    assert!(certs(&folder, &["--force"]).status.success());
    assert_ne!(fs::read(folder.path("certs/tls.key")).expect("a key"), key);
    assert_eq!(mode("certs/tls.key"), 0o600);
}

#[test]
fn a_name_that_no_certificate_can_carry_is_refused() {
    let folder = Folder::new("name");
    let output = certs(&folder, &["--dns", "not a name"]);
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(stderr.contains("--dns") && stderr.contains("`not a name`"), "{stderr}");
    assert!(!Path::new(&folder.path("certs")).exists());
}

#[test]
fn a_pair_that_cannot_be_used_is_refused_with_the_file_and_the_reason() {
    let folder = Folder::new("refused");
    let pair = |from: (i32, u8, u8), to: (i32, u8, u8)| {
        let mut parameters = CertificateParams::new(vec!["localhost".to_owned()]).expect("a name");
        parameters.not_before = date_time_ymd(from.0, from.1, from.2);
        parameters.not_after = date_time_ymd(to.0, to.1, to.2);
        let key = KeyPair::generate().expect("a key");
        (parameters.self_signed(&key).expect("signed").pem(), key.serialize_pem())
    };
    let (good, good_key) = pair((2020, 1, 1), (2999, 1, 1));
    let (_, other_key) = pair((2020, 1, 1), (2999, 1, 1));
    let (expired, expired_key) = pair((2020, 1, 1), (2021, 2, 3));
    let (future, future_key) = pair((2998, 1, 1), (2999, 1, 1));
    let cases: [(&str, &str, &str, &[&str]); 7] = [
        ("mismatch", &good, &other_key, &["mismatch.crt", "mismatch.key", "does not belong"]),
        ("expired", &expired, &expired_key, &["expired.crt", "has expired at 2021-02-03"]),
        ("future", &future, &future_key, &["future.crt", "only valid from 2998-01-01"]),
        ("empty", "", &good_key, &["empty.crt", "no readable certificate"]),
        ("swapped", &good_key, &good, &["swapped.crt", "no readable certificate"]),
        (
            "garbage",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            &good_key,
            &["garbage.crt"],
        ),
        ("keyless", &good, "hello", &["keyless.key", "no readable private key"]),
    ];
    for (name, certificate, key, parts) in cases {
        let certificate = folder.write(&format!("{name}.crt"), certificate);
        let key = folder.write(&format!("{name}.key"), key);
        refused(&certificate, &key, parts);
    }
    refused(&folder.path("absent.crt"), &folder.path("keyless.key"), &["absent.crt", "No such file"]);
}

fn refused(certificate: &str, key: &str, parts: &[&str]) {
    let addresses = ["--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"];
    let output =
        run(&[&["serve", "--tls-cert", certificate, "--tls-key", key], addresses.as_slice()].concat());
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    for part in parts {
        assert!(stderr.contains(part), "{part}: {stderr}");
    }
}
