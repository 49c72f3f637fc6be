//! `raygate certs`: a CA and a serving pair go to files, and what to do with them to stdout.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};

use crate::certificates::Authority;
use crate::cli::CertsArguments;

const PUBLIC: u32 = 0o644;
const SECRET: u32 = 0o600;

pub(super) fn run(arguments: &CertsArguments) -> anyhow::Result<ExitCode> {
    let names = names(arguments);
    let authority = Authority::new(arguments.days)?;
    let pair = authority.issue(&names).context("check --service, --namespace and --dns")?;

    let folder = &arguments.out;
    let files = [
        (folder.join("ca.crt"), authority.certificate(), PUBLIC),
        (folder.join("tls.crt"), pair.certificate, PUBLIC),
        (folder.join("tls.key"), pair.key, SECRET),
    ];
    let existing: Vec<_> = files.iter().filter(|(path, ..)| path.exists()).collect();
    if let ([(path, ..), ..], false) = (existing.as_slice(), arguments.force) {
        bail!("{} exists already: choose another --out, or overwrite with --force", path.display());
    }
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder --out {}", folder.display()))?;
    for (path, content, mode) in &files {
        write(path, content, *mode).with_context(|| format!("cannot write {}", path.display()))?;
    }
    explain(arguments, &names, &files.map(|(path, ..)| path))?;
    Ok(ExitCode::SUCCESS)
}

/// The API server asks for `NAME.NAMESPACE.svc`; the others are for people inside the cluster.
fn names(arguments: &CertsArguments) -> Vec<String> {
    let host = format!("{}.{}", arguments.service, arguments.namespace);
    let mut names = vec![format!("{host}.svc"), format!("{host}.svc.cluster.local"), host];
    names.extend(arguments.dns.iter().cloned());
    names
}

/// Writes beside the file and renames: an existing file keeps its mode, and a reader never sees half a key.
fn write(path: &Path, content: &str, mode: u32) -> io::Result<()> {
    let beside = path.with_extension("new");
    if beside.exists() {
        fs::remove_file(&beside)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(&beside)?;
    file.write_all(content.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

fn explain(
    arguments: &CertsArguments,
    names: &[String],
    [ca, certificate, key]: &[PathBuf; 3],
) -> io::Result<()> {
    let (ca, certificate, key) = (ca.display(), certificate.display(), key.display());
    let CertsArguments { service, namespace, days, .. } = arguments;
    writeln!(
        io::stdout(),
        "\
Made, valid for {days} days:
  {ca}    the CA, to be trusted by the API server
  {certificate}   the serving certificate for {names}
  {key}   its private key; keep it secret

Give the pair to Raygate:
  kubectl -n {namespace} create secret tls {service}-tls --cert={certificate} --key={key}

Let the API server trust it: `caBundle` of the webhook configurations is the CA in base64, on one line:
  base64 -w0 {ca}

Or try it on this machine:
  raygate serve --tls-cert {certificate} --tls-key {key}

The CA's own key is not kept: before the {days} days are over, make all three anew with --force. certs/README.md tells
how to have certificates that renew themselves.",
        names = names.join(", ")
    )
}
