//! Flags of `raygate certs`.

use std::path::PathBuf;

use clap::Args;

const CERTS_EXAMPLES: &str = "\
Examples:
  For the Service `raygate` in the namespace `ray-system`:
    raygate certs --out certs/dev --service raygate --namespace ray-system

  With a further name, valid for 90 days, over files of an earlier run:
    raygate certs --out certs/dev --service raygate --namespace ray-system \\
      --dns localhost --days 90 --force";

/// Flags of `raygate certs`.
#[derive(Args, Debug)]
#[command(after_help = CERTS_EXAMPLES, after_long_help = CERTS_EXAMPLES)]
pub struct CertsArguments {
    /// The folder to write `ca.crt`, `tls.crt` and `tls.key` to; made if missing
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,

    /// The name of the Kubernetes Service in front of Raygate
    #[arg(long, value_name = "NAME")]
    pub service: String,

    /// The namespace of that Service
    #[arg(long, value_name = "NAMESPACE")]
    pub namespace: String,

    /// A further DNS name or IP address for the certificate; repeatable
    #[arg(long, value_name = "NAME")]
    pub dns: Vec<String>,

    /// For how many days both certificates are valid
    #[arg(long, value_name = "NUMBER", default_value = "365", value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub days: u32,

    /// Overwrite files of an earlier run
    #[arg(long)]
    pub force: bool,
}
