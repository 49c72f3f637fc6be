//! The servers as processes of their own, so that the system can say what each of them used.

use std::fs;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use raygate::certificates::Authority;
use rustix::thread::{CpuSet, sched_setaffinity};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use crate::echo::{self, Work};

/// A certificate for both servers.
pub(crate) struct Pair {
    folder: PathBuf,
    ca: String,
}

impl Pair {
    pub(crate) fn make() -> Self {
        let folder = std::env::temp_dir().join(format!("raygate-bench-{}", std::process::id()));
        let authority = Authority::new(1).expect("a CA");
        let pair = authority.issue(&["localhost".to_owned()]).expect("a pair");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("tls.crt"), pair.certificate).expect("a file");
        fs::write(folder.join("tls.key"), pair.key).expect("a file");
        Self { folder, ca: authority.certificate() }
    }

    pub(crate) fn trust(&self) -> ClientConfig {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(self.ca.as_bytes()).expect("PEM")).expect("a CA");
        ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth()
    }
}

impl Drop for Pair {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A server that runs until dropped.
pub(crate) struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    pub(crate) fn bare(work: Work, pair: &Pair) -> Self {
        let address = free_address();
        let mut command = Command::new(std::env::current_exe().expect("this bench"));
        command.args([echo::ARGUMENT, work.name()]).arg(address.to_string());
        command.arg(pair.folder.join("tls.crt")).arg(pair.folder.join("tls.key"));
        Self { child: start(&mut command), address }
    }

    /// With its log in a pipe that somebody reads, as in a cluster.
    pub(crate) fn raygate(pair: &Pair) -> Self {
        let address = free_address();
        let mut command = Command::new(env!("CARGO_BIN_EXE_raygate"));
        command.args(["serve", "--admin-listen", "127.0.0.1:0", "--log-format", "json"]);
        command.arg("--listen").arg(address.to_string());
        command.arg("--tls-cert").arg(pair.folder.join("tls.crt"));
        command.arg("--tls-key").arg(pair.folder.join("tls.key"));
        let mut child = start(command.stderr(Stdio::piped()));
        let mut log = child.stderr.take().expect("piped");
        thread::spawn(move || io::copy(&mut log, &mut io::sink()));
        Self { child, address }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// User and system time of all its threads.
    pub(crate) fn cpu_time(&self) -> Duration {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("Linux");
        let nanos = tasks.flatten().map(|task| {
            let times = fs::read_to_string(task.path().join("schedstat")).expect("a live thread");
            let on_cpu = times.split_whitespace().next().expect("three numbers");
            on_cpu.parse::<u64>().expect("nanoseconds")
        });
        Duration::from_nanos(nanos.sum())
    }

    /// The most memory it ever had resident, in KiB.
    pub(crate) fn peak_resident(&self) -> u32 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("Linux");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("VmHWM");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Servers run on the first processor and the load on the second: both servers then have one worker, and what the
/// system counts for them does not depend on who was moved where.
fn start(command: &mut Command) -> Child {
    stay_on(0);
    let child = command.spawn().expect("the server starts");
    stay_on(1);
    child
}

/// On a machine with one processor nothing is to be chosen, and the system refuses the second.
fn stay_on(processor: usize) {
    let mut processors = CpuSet::new();
    processors.set(processor);
    let _ = sched_setaffinity(None, &processors);
}

fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address")
}
