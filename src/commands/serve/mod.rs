//! `raygate serve`: settings → logs → certificate → KubeRay → sockets → server, and the exit code at its end.
//!
//! ```text
//! pair_source: trial, pair_files or self_managed ─► the certificate        client_file ─► whom it serves
//! policy_files, policy_objects, namespaces ─► policy_board ─► the configuration, swapped whole ◄─ kuberay
//!                                               └─► replicas, policy_status ─► what policies' status says
//! observe ◄─ the server: what is logged and counted
//! ```

mod client_file;
mod followed_files;
mod kuberay;
mod namespaces;
mod observe;
mod pair_files;
mod pair_source;
mod policy_board;
mod policy_files;
mod policy_objects;
mod policy_status;
mod published;
mod replicas;
mod self_managed;
mod trial;

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread::available_parallelism;

use anyhow::Context;
use raygate_core::admission::Configuration;
use raygate_core::kuberay::KubeRay;
use raygate_core::policy::spec::Enforcement;
use tokio::net::TcpListener;

use self::client_file::ClientFile;
use self::kuberay::Target;
use self::pair_source::PairSource;
use self::policy_board::Board;
use self::policy_files::PolicyFiles;
use self::replicas::Replica;
use self::trial::Trial;
use crate::cli::{self, LimitArguments, LogArguments, LogFormat, ServeArguments};
use crate::cluster::{Cluster, Replicas};
use crate::server::clients::ClientNames;
use crate::server::shutdown::{Exit, Signals};
use crate::server::tls::Certificates;
use crate::server::{Limits, Preparation, Server, Stopping, listen};
use crate::telemetry::logs::LevelSwitch;
use crate::telemetry::{LineWriter, Telemetry, logs};

/// A review costs microseconds: more threads than this only cost memory.
const MOST_WORKERS: usize = 4;

/// Files besides connections: sockets, stderr, the runtime's own.
const OTHER_FILES: u64 = 128;

pub(super) fn run(arguments: ServeArguments) -> anyhow::Result<ExitCode> {
    let (_log, level) = start_logs(&arguments.logs)?;
    let workers = available_parallelism().map_or(1, |threads| threads.get().min(MOST_WORKERS));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(workers)
        .enable_io()
        .enable_time()
        .build()
        .context("cannot start the runtime")?;
    let exit = runtime.block_on(serve(arguments, level))?;
    // Nothing is waited for any more: what is still open was cut off on purpose.
    runtime.shutdown_background();
    Ok(exit_code(exit))
}

async fn serve(mut arguments: ServeArguments, level: LevelSwitch) -> anyhow::Result<Exit> {
    let signals = Signals::catch().context("cannot catch signals")?;
    let (source, pair) = PairSource::prepare(&mut arguments)?;
    let clients = ClientFile::read(arguments.clients.client_ca.take())?;
    let (client_file, authority) = clients.unzip();
    let certificates =
        Arc::new(Certificates::new(pair, authority).context("cannot serve with --tls-cert and --client-ca")?);
    let telemetry = Arc::new(Telemetry { level: Some(level), ..Telemetry::default() });
    telemetry.metrics.certificate.not_after.set(certificates.validity().not_after.as_second());
    let gates = arguments.kuberay_feature_gates.unwrap_or_default();
    let policies = PolicyFiles::read(arguments.policy)?;
    let configuration = Configuration::new(&KubeRay::default(), arguments.controller_users)
        .enforcing(enforcement(arguments.enforcement));
    let target = Target::new(arguments.kuberay_version, gates, configuration, Arc::clone(&telemetry))
        .context("cannot judge with --kuberay-version and --kuberay-feature-gates")?;
    let cluster = cluster(arguments.kubeconfig.as_deref()).await?;
    let board = Board::new(target.configuration(), Arc::clone(&telemetry));
    board.take_files(policies.policies());
    let policies_watched = arguments.watch_policies.then(|| cluster.clone()).flatten();
    let membership =
        match (&policies_watched, replica(arguments.replica, arguments.namespace, arguments.service)) {
            (Some(cluster), Some(replica)) => Some(replica.join(cluster, &board)),
            _ => None,
        };
    let preparation = follow_policies(policies_watched, &board, &target, &telemetry);
    let listener = bind(arguments.listen, "--listen")?;
    let admin = bind(arguments.admin_listen, "--admin-listen")?;

    announce(source.trial(), arguments.logs.log_format, &listener, &admin)?;
    let followed = source.follow(&certificates, &telemetry, cluster.as_ref())?;
    if let Some(file) = client_file {
        tokio::spawn(file.follow(Arc::clone(&certificates)));
    }
    let server = Server {
        listener,
        admin,
        certificates,
        client_names: ClientNames::new(arguments.clients.client_name),
        configuration: target.configuration(),
        preparation: followed.preparation.iter().cloned().fold(preparation, Preparation::and),
        limits: limits(&arguments.limits),
        stopping: Stopping { drain_delay: arguments.drain_delay, timeout: arguments.shutdown_timeout },
        observer: telemetry,
    };
    tokio::spawn(policies.follow(Arc::clone(&board)));
    tokio::spawn(board.keep_time());
    tokio::spawn(target.follow(cluster));
    let exit = server.run(signals).await.context("the server broke");
    followed.end().await;
    if let Some(membership) = membership {
        membership.leave().await;
    }
    exit
}

/// This replica, if it is known how to find the others.
fn replica(name: Option<String>, namespace: Option<String>, service: Option<String>) -> Option<Replica> {
    let (name, replicas) = (name?, Replicas { namespace: namespace?, service: service? });
    Some(Replica { name, replicas })
}

/// The cluster of the kubeconfig, or the one around this pod.
async fn cluster(kubeconfig: Option<&Path>) -> anyhow::Result<Option<Cluster>> {
    if let Some(path) = kubeconfig {
        return Ok(Some(Cluster::of_kubeconfig(path).await?));
    }
    Ok(Cluster::around_here().unwrap_or_else(|error| {
        // The gate can be shut without it, and a gate that is not there lets nothing pass.
        tracing::warn!(error = format!("{:#}", anyhow::Error::new(error)), "the cluster cannot be asked");
        None
    }))
}

/// Follows the policies and namespaces of the cluster; what reviews wait for goes back.
fn follow_policies(
    cluster: Option<Cluster>,
    board: &Arc<Board>,
    target: &Target,
    telemetry: &Arc<Telemetry>,
) -> Preparation {
    let Some(cluster) = cluster else { return target.preparation() };
    let (policies, labels) = (Preparation::default(), Preparation::default());
    let preparation = target.preparation().and(policies.clone()).and(labels.clone());
    let (board, telemetry) = (Arc::clone(board), Arc::clone(telemetry));
    tokio::spawn(namespaces::follow(cluster.clone(), target.configuration(), labels, Arc::clone(&telemetry)));
    tokio::spawn(policy_objects::follow(cluster, board, policies, telemetry));
    preparation
}

const fn enforcement(typed: cli::Enforcement) -> Enforcement {
    match typed {
        cli::Enforcement::Deny => Enforcement::Deny,
        cli::Enforcement::Warn => Enforcement::Warn,
        cli::Enforcement::Audit => Enforcement::Audit,
    }
}

fn start_logs(arguments: &LogArguments) -> anyhow::Result<(LineWriter, LevelSwitch)> {
    let format = match arguments.log_format {
        LogFormat::Text => logs::Format::Text,
        LogFormat::Json => logs::Format::Json,
    };
    logs::start(format, arguments.log_level.filter()).context("cannot start the log")
}

fn bind(address: SocketAddr, flag: &str) -> anyhow::Result<TcpListener> {
    listen::bind(address).map_err(|error| {
        let remedy = match error.kind() {
            io::ErrorKind::AddrInUse => {
                "another program listens there: stop it, or give another port (port 0 takes any free one)"
            }
            io::ErrorKind::PermissionDenied => "ports below 1024 need a privilege: give a higher one",
            io::ErrorKind::AddrNotAvailable => {
                "this machine has no such address: give one of its own, or 0.0.0.0"
            }
            _ => "give another address",
        };
        anyhow::Error::new(error).context(format!("cannot listen on {flag} {address}: {remedy}"))
    })
}

fn announce(
    trial: Option<&Trial>,
    format: LogFormat,
    listener: &TcpListener,
    admin: &TcpListener,
) -> anyhow::Result<()> {
    let (listen, admin) = (listener.local_addr()?, admin.local_addr()?);
    match trial {
        Some(trial) if format == LogFormat::Text => trial.announce(listen, admin)?,
        Some(trial) => {
            tracing::info!(ca_file = %trial.ca().display(), next_command = trial.next_command(listen), "on trial");
        }
        None => {}
    }
    let version = env!("CARGO_PKG_VERSION");
    tracing::info!(version, listen = %listen, admin_listen = %admin, "serving");
    Ok(())
}

/// Each connection is an open file: the process's own limit may be lower than what was asked for.
fn limits(arguments: &LimitArguments) -> Limits {
    let wanted = u64::from(arguments.max_connections.get());
    let files = raise_file_limit(wanted + OTHER_FILES);
    let possible = files.saturating_sub(OTHER_FILES).max(1);
    if possible < wanted {
        tracing::warn!(
            max_connections = wanted,
            possible,
            "the limit of open files is too low for --max-connections: raise it with `ulimit -n`"
        );
    }
    Limits {
        connections: usize::try_from(wanted.min(possible)).unwrap_or(usize::MAX),
        handshake: arguments.handshake_timeout,
        first_request: arguments.first_request_timeout,
        body: arguments.body_timeout,
        idle: arguments.idle_timeout,
    }
}

fn raise_file_limit(wanted: u64) -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let limit = getrlimit(Resource::Nofile);
    let (current, maximum) = (limit.current.unwrap_or(u64::MAX), limit.maximum.unwrap_or(u64::MAX));
    let raised = wanted.min(maximum);
    if current >= raised || setrlimit(Resource::Nofile, Rlimit { current: Some(raised), ..limit }).is_err() {
        return current;
    }
    raised
}

fn exit_code(exit: Exit) -> ExitCode {
    match exit {
        Exit::Drained => tracing::info!("stopped: everything in flight was answered"),
        Exit::TimedOut(connections) => {
            tracing::warn!(connections, "stopped: --shutdown-timeout passed, open connections were cut off");
        }
        Exit::Aborted(signal) => {
            tracing::warn!(signal, "stopped at once by a second signal");
            return ExitCode::from(u8::try_from(128 + signal).unwrap_or(u8::MAX));
        }
    }
    ExitCode::SUCCESS
}
