//! A trial run without any flag: a certificate made for the occasion, and files that make the next command work.

use std::fs::DirBuilder;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::Context;

use crate::certificates::Authority;
use crate::server::tls::Pair;

const REVIEW: &str = include_str!("../../../examples/review.json");
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// A folder of this run alone, with the CA and a review to send; removed at the end.
pub(super) struct Trial {
    folder: PathBuf,
}

impl Trial {
    /// Makes the folder, the certificate and the files.
    pub(super) fn prepare() -> anyhow::Result<(Self, Pair)> {
        let authority = Authority::new(30)?;
        let issued = authority.issue(&NAMES.map(str::to_owned))?;
        let trial = Self { folder: fresh_folder().context("cannot make a folder for the trial's CA")? };
        for (path, content) in [(trial.ca(), authority.certificate()), (trial.review(), REVIEW.to_owned())] {
            std::fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))?;
        }
        let here = Path::new("the certificate made for this run");
        let pair = Pair::from_pem(
            (here, issued.certificate.as_bytes()),
            (here, issued.key.as_bytes()),
            SystemTime::now(),
        )?;
        Ok((trial, pair))
    }

    /// The file to trust.
    pub(super) fn ca(&self) -> PathBuf {
        self.folder.join("ca.crt")
    }

    fn review(&self) -> PathBuf {
        self.folder.join("review.json")
    }

    /// A command that sends the review.
    pub(super) fn next_command(&self, listen: SocketAddr) -> String {
        let (ca, review) = (self.ca(), self.review());
        format!(
            "curl --cacert {} -H 'Content-Type: application/json' --data @{} https://{}/validate",
            ca.display(),
            review.display(),
            reachable(listen),
        )
    }

    /// Says on stderr what is served, where, and what to try.
    pub(super) fn announce(&self, listen: SocketAddr, admin: SocketAddr) -> io::Result<()> {
        let (ca, next, admin) = (self.ca(), self.next_command(listen), reachable(admin));
        let listen = reachable(listen);
        writeln!(
            io::stderr(),
            "\
Raygate is on trial: it answers admission reviews with a certificate made for this run.

  reviews   https://{listen}/mutate and https://{listen}/validate
  probes    http://{admin}/livez, http://{admin}/readyz, http://{admin}/metrics
  CA file   {ca}

Try it, in another terminal:

  {next}

For a cluster, give --tls-cert and --tls-key: `raygate certs --help` makes such a pair.
",
            ca = ca.display()
        )
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// An address to connect to: one that listens everywhere is reached on this machine.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv4() {
            [127, 0, 0, 1].into()
        } else {
            std::net::Ipv6Addr::LOCALHOST.into()
        });
    }
    address
}

/// Nobody else can have prepared it: making it fails if it exists.
fn fresh_folder() -> io::Result<PathBuf> {
    let nanos =
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.subsec_nanos());
    let folder = std::env::temp_dir().join(format!("raygate-{}-{nanos}", std::process::id()));
    DirBuilder::new().mode(0o700).create(&folder)?;
    Ok(folder)
}
