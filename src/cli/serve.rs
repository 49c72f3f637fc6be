//! Flags of `raygate serve`.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Args, ValueEnum};
use raygate_core::kuberay::{FeatureGates, KubeRayVersion};
use tracing::level_filters::LevelFilter;

use super::tls::{ClientArguments, SelfManagedArguments};

const SERVE_EXAMPLES: &str = "\
Examples:
  Try it on this machine, with a certificate made for the occasion:
    raygate serve

  In a cluster, with the certificate that cert-manager or `raygate certs` made:
    raygate serve --listen 0.0.0.0:8443 --admin-listen 0.0.0.0:8080 \\
      --tls-cert /certs/tls.crt --tls-key /certs/tls.key --log-format json

  For an older KubeRay with a feature gate switched on:
    raygate serve --kuberay-version 1.5 --kuberay-feature-gates RayJobDeletionPolicy=true

Every flag is also read from the environment variable shown beside it; the flag wins.";

/// Flags of `raygate serve`.
#[derive(Args, Debug)]
#[command(after_help = SERVE_EXAMPLES, after_long_help = SERVE_EXAMPLES)]
pub struct ServeArguments {
    /// Where to answer admission reviews over HTTPS (`/mutate`, `/validate`)
    #[arg(long, env = "RAYGATE_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:8443")]
    pub listen: SocketAddr,

    /// Where to answer probes and metrics over plain HTTP (`/livez`, `/readyz`, `/metrics`)
    #[arg(long, env = "RAYGATE_ADMIN_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub admin_listen: SocketAddr,

    /// The serving certificate and its chain, PEM; without it a self-signed one is made for this run
    #[arg(long, env = "RAYGATE_TLS_CERT", value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,

    /// The private key of --tls-cert, PEM
    #[arg(long, env = "RAYGATE_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,

    /// The KubeRay that runs in the cluster, for example 1.7; without it, the one whose RayJob CRD is installed there, and
    /// where no cluster can be asked, the newest
    #[arg(long, env = "RAYGATE_KUBERAY_VERSION", value_name = "VERSION")]
    pub kuberay_version: Option<KubeRayVersion>,

    /// Where to find the cluster whose RayJob CRD tells KubeRay's version; in a pod, its service account is enough
    #[arg(long, env = "RAYGATE_KUBECONFIG", value_name = "FILE")]
    pub kubeconfig: Option<PathBuf>,

    /// Feature gates set on the KubeRay operator, for example `RayCronJob=true,RayClusterMTLS=false`; others have the
    /// version's defaults
    #[arg(long, env = "RAYGATE_KUBERAY_FEATURE_GATES", value_name = "GATES")]
    pub kuberay_feature_gates: Option<FeatureGates>,

    /// Policies from files or folders, followed while they change; repeatable
    #[arg(long, env = "RAYGATE_POLICY", value_name = "PATH", value_delimiter = ',')]
    pub policy: Vec<PathBuf>,

    /// Whether to follow the cluster's `RayJobPolicy` objects too, and the labels of its namespaces, by which policies select
    #[arg(long, env = "RAYGATE_WATCH_POLICIES", value_name = "BOOLEAN", default_value_t = true, action = ArgAction::Set)]
    pub watch_policies: bool,

    /// The name of this replica, which no other has: that of its pod
    #[arg(long, env = "RAYGATE_REPLICA", value_name = "NAME")]
    pub replica: Option<String>,

    /// The namespace that the replicas run in
    #[arg(long, env = "RAYGATE_NAMESPACE", value_name = "NAMESPACE")]
    pub namespace: Option<String>,

    /// The name of the Service in front of the replicas. With the two above, the policies' status tells what all replicas
    /// serve
    #[arg(long, env = "RAYGATE_SERVICE", value_name = "NAME")]
    pub service: Option<String>,

    /// What happens to a job that is not wanted; `warn` and `audit` show what would be denied. What would stop KubeRay's
    /// operator is denied all the same
    #[arg(long, env = "RAYGATE_ENFORCEMENT", value_enum, value_name = "ENFORCEMENT", default_value_t = Enforcement::Deny)]
    pub enforcement: Enforcement,

    /// Exact user names of controllers that update RayJobs: never denied nor patched
    #[arg(long, env = "RAYGATE_CONTROLLER_USERS", value_name = "NAME,…", value_delimiter = ',')]
    pub controller_users: Vec<String>,

    /// How long to keep serving, already not ready, after the signal to stop
    #[arg(long, env = "RAYGATE_DRAIN_DELAY", value_name = "DURATION", default_value = "10s", value_parser = duration)]
    pub drain_delay: Duration,

    /// How long requests in flight may take to finish after that
    #[arg(long, env = "RAYGATE_SHUTDOWN_TIMEOUT", value_name = "DURATION", default_value = "15s", value_parser = duration)]
    pub shutdown_timeout: Duration,

    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would replace the help of the command")]
    pub self_managed: SelfManagedArguments,

    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would replace the help of the command")]
    pub clients: ClientArguments,

    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would replace the help of the command")]
    pub limits: LimitArguments,

    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would replace the help of the command")]
    pub logs: LogArguments,
}

/// What happens to a job that is not wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Enforcement {
    /// It is refused.
    Deny,
    /// It is let through with warnings.
    Warn,
    /// It is let through; the audit log and the metrics tell what would have been denied.
    Audit,
}

/// Flags that bound what clients may take.
#[derive(Args, Debug)]
#[command(next_help_heading = "Limits")]
pub struct LimitArguments {
    /// Connections served at once; the next ones are answered with 503
    #[arg(long, env = "RAYGATE_MAX_CONNECTIONS", value_name = "NUMBER", default_value = "2048")]
    pub max_connections: NonZeroU32,

    /// How long a TLS handshake may take
    #[arg(long, env = "RAYGATE_HANDSHAKE_TIMEOUT", value_name = "DURATION", default_value = "10s", value_parser = some_duration)]
    pub handshake_timeout: Duration,

    /// How long a new connection may stay without a first request
    #[arg(long, env = "RAYGATE_FIRST_REQUEST_TIMEOUT", value_name = "DURATION", default_value = "10s", value_parser = some_duration)]
    pub first_request_timeout: Duration,

    /// How long a request's body may take to arrive
    #[arg(long, env = "RAYGATE_BODY_TIMEOUT", value_name = "DURATION", default_value = "10s", value_parser = some_duration)]
    pub body_timeout: Duration,

    /// How long a connection may idle between requests; the API server reuses connections idle for up to 90s
    #[arg(long, env = "RAYGATE_IDLE_TIMEOUT", value_name = "DURATION", default_value = "2m", value_parser = some_duration)]
    pub idle_timeout: Duration,
}

/// Flags about what is logged, and how.
#[derive(Args, Debug)]
#[command(next_help_heading = "Logs")]
pub struct LogArguments {
    /// How to write the log, on stderr
    #[arg(long, env = "RAYGATE_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,

    /// The least important lines to write; `info` has one line for each request
    #[arg(long, env = "RAYGATE_LOG_LEVEL", value_enum, default_value_t = LogLevel::Info)]
    pub log_level: LogLevel,
}

/// How to write the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// The least important lines to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "the names say it")]
pub enum LogLevel {
    Off,
    Error,
    Warn,
    Info,
    Debug,
}

impl LogLevel {
    /// What lets these lines through.
    pub const fn filter(self) -> LevelFilter {
        match self {
            Self::Off => LevelFilter::OFF,
            Self::Error => LevelFilter::ERROR,
            Self::Warn => LevelFilter::WARN,
            Self::Info => LevelFilter::INFO,
            Self::Debug => LevelFilter::DEBUG,
        }
    }
}

fn duration(text: &str) -> Result<Duration, String> {
    let form = || "write a duration as 500ms, 10s or 1m30s".to_owned();
    let read: jiff::SignedDuration = text.parse().map_err(|_| form())?;
    Duration::try_from(read).map_err(|_| "a duration cannot be negative".to_owned())
}

fn some_duration(text: &str) -> Result<Duration, String> {
    match duration(text)? {
        Duration::ZERO => Err("must be longer than zero, for example 10s".to_owned()),
        some => Ok(some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_people_write_them() {
        for (text, milliseconds) in [("10s", 10_000), ("500ms", 500), ("1m30s", 90_000), ("0s", 0)] {
            assert_eq!(duration(text), Ok(Duration::from_millis(milliseconds)), "{text}");
        }
        for text in ["10", "ten seconds", "", "-5s", "1d"] {
            duration(text).expect_err(text);
        }
        some_duration("0s").expect_err("a deadline of zero");
    }
}
