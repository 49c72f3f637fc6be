//! The files of `serve --tls-cert --tls-key` change while it serves: a good pair is taken, a bad one is not.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::Arc;

use raygate::certificates::{Authority, ServingPair};
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tempfile::TempDir;

use crate::client::{BOTH, Connection, connect, metric, metric_becomes, review};
use crate::program::{Program, eventually};

const FAILURES: &str = "raygate_certificate_reload_failures_total";
const REFUSED: &str = "raygate_certificate_refused";

/// A folder as the kubelet makes it: each name is a link through `..data`, and that is the link that is swapped.
struct Mount(TempDir);

impl Mount {
    fn new(pair: &ServingPair) -> Self {
        let mount = Self(tempfile::tempdir().expect("a folder"));
        mount.swap("..first", pair);
        for name in ["tls.crt", "tls.key"] {
            symlink(Path::new("..data").join(name), mount.0.path().join(name)).expect("a link");
        }
        mount
    }

    fn swap(&self, version: &str, pair: &ServingPair) {
        let folder = self.0.path();
        fs::create_dir(folder.join(version)).expect("a folder");
        fs::write(folder.join(version).join("tls.crt"), &pair.certificate).expect("a file");
        fs::write(folder.join(version).join("tls.key"), &pair.key).expect("a file");
        symlink(version, folder.join("..new")).expect("a link");
        fs::rename(folder.join("..new"), folder.join("..data")).expect("in its place");
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("UTF-8").to_owned()
    }

    fn serve(&self) -> Program {
        Program::start(&["--tls-cert", &self.path("tls.crt"), "--tls-key", &self.path("tls.key")])
    }
}

fn issued() -> (Authority, ServingPair) {
    let authority = Authority::new(1).expect("a CA");
    let pair = authority.issue(&["localhost".to_owned()]).expect("a pair");
    (authority, pair)
}

fn trust(authority: &Authority) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    let pem = authority.certificate();
    roots.add(CertificateDer::from_pem_slice(pem.as_bytes()).expect("PEM")).expect("a CA");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = BOTH.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
    Arc::new(config)
}

/// Whether a new connection is served with a certificate of this CA.
async fn is_served(program: &Program, authority: &Authority) -> bool {
    let Ok(stream) = connect(program, trust(authority)).await else { return false };
    Connection::over(stream).await.post("/validate", review("new").to_string()).await.status == 200
}

fn becomes_served(program: &Program, authority: &Authority) {
    let runtime = tokio::runtime::Handle::current();
    tokio::task::block_in_place(|| {
        eventually("the new pair is served", || {
            runtime.block_on(is_served(program, authority)).then_some(())
        });
    });
}

/// The log is written by a thread of its own.
fn says(program: &Program, text: &str) {
    tokio::task::block_in_place(|| {
        eventually(text, || program.stderr().contains(text).then_some(()));
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_that_the_kubelet_swaps_in_is_served_and_open_connections_live_on() {
    let ((old_ca, old), (new_ca, new)) = (issued(), issued());
    let mount = Mount::new(&old);
    let program = mount.serve();
    let mut open = Connection::over(connect(&program, trust(&old_ca)).await.expect("the old pair")).await;
    assert_eq!(open.post("/validate", review("before").to_string()).await.status, 200);
    mount.swap("..second", &new);
    becomes_served(&program, &new_ca);
    assert!(!is_served(&program, &old_ca).await, "the old pair is gone");
    assert_eq!(open.post("/validate", review("after").to_string()).await.status, 200);
    assert_eq!(metric(&program, "raygate_certificate_reloads_total").await, 1);
    assert_eq!(metric(&program, FAILURES).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_editor_renames_or_a_script_rewrites_is_served_once_both_files_are_there() {
    let ((_, first), (second_ca, second), (third_ca, third)) = (issued(), issued(), issued());
    let mount = Mount::new(&first);
    let program = mount.serve();
    for (name, content) in [("tls.crt", &second.certificate), ("tls.key", &second.key)] {
        fs::write(mount.path(".beside"), content).expect("a file");
        fs::rename(mount.path(".beside"), mount.path(name)).expect("in its place");
    }
    becomes_served(&program, &second_ca);
    fs::write(mount.path("tls.key"), &third.key).expect("a file");
    fs::write(mount.path("tls.crt"), &third.certificate).expect("a file");
    becomes_served(&program, &third_ca);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_that_cannot_be_used_is_told_once_and_the_old_one_is_served_until_a_better_comes() {
    let ((old_ca, old), (new_ca, new)) = (issued(), issued());
    let mount = Mount::new(&old);
    let program = mount.serve();
    let not_after = metric(&program, "raygate_certificate_not_after_seconds").await;
    let cut = new.certificate[..new.certificate.len() / 2].to_owned();
    let mut parameters = CertificateParams::new(vec!["localhost".to_owned()]).expect("a name");
    (parameters.not_before, parameters.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 2, 3));
    let key = KeyPair::generate().expect("a key");
    let expired = parameters.self_signed(&key).expect("signed").pem();
    let bad = [
        (new.certificate.clone(), old.key.clone(), "does not belong to the key"),
        (expired, key.serialize_pem(), "has expired at 2021-02-03"),
        (cut, new.key.clone(), "no readable certificate"),
        (new.certificate.clone(), String::new(), "no readable private key"),
    ];
    for (number, (certificate, key, reason)) in (1..).zip(bad) {
        mount.swap(&format!("..bad-{number}"), &ServingPair { certificate, key });
        metric_becomes(&program, FAILURES, number).await;
        says(&program, reason);
        assert!(is_served(&program, &old_ca).await, "{reason}");
    }
    fs::remove_file(mount.path("..data")).expect("a link");
    metric_becomes(&program, FAILURES, 5).await;
    says(&program, "cannot read");
    assert_eq!(metric(&program, REFUSED).await, 1);
    assert_eq!(metric(&program, "raygate_certificate_not_after_seconds").await, not_after);
    mount.swap("..good", &new);
    becomes_served(&program, &new_ca);
    metric_becomes(&program, REFUSED, 0).await;
    assert_eq!(program.stderr().matches("the old one is still served").count(), 5, "{}", program.stderr());
    assert!(!program.stderr().contains("PRIVATE KEY"), "no key in the log");
}
