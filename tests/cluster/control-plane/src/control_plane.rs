//! etcd and kube-apiserver on free loopback ports, and the people who use them.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::api::Api;
use crate::process::Process;
use crate::run_folder::RunFolder;
use crate::user::{Identity, Tokens, User, kubeconfig};
use crate::{eventually, parts};

/// Cluster IPs are loopback addresses: what a Service points to can be started on its very address, without kube-proxy.
const SERVICE_RANGE: &str = "127.96.0.0/16";
const READY_WITHIN: Duration = Duration::from_mins(1);

/// A running Kubernetes control plane without nodes; dropping it ends it and removes its files.
#[derive(Debug)]
pub struct ControlPlane {
    // Fields are dropped in this order: nobody loses the server under them, and the files go last.
    api_server: Process,
    arguments: ApiServer,
    etcd: Process,
    clients: PathBuf,
    server: String,
    port: u16,
    authority: PathBuf,
    tokens: Tokens,
    namespaces: AtomicU32,
    folder: RunFolder,
}

impl ControlPlane {
    /// Builds what is not built yet, starts etcd and kube-apiserver, and waits until they are ready.
    ///
    /// # Errors
    ///
    /// When a tool or a port is missing, or a program ends early: with its log and what to install.
    pub fn start() -> Result<Self> {
        Self::start_with(&[])
    }

    /// The same, with more flags for kube-apiserver.
    ///
    /// # Errors
    ///
    /// As `start`.
    pub fn start_with(flags: &[String]) -> Result<Self> {
        let (programs, clients) = (parts::kubernetes()?, parts::clients()?);
        let folder = RunFolder::create()?;
        let [client_port, peer_port, secure_port] = free_ports()?;
        let mut etcd = start_etcd(&programs, folder.path(), client_port, peer_port)?;
        let tokens = Tokens::generate();
        let mut arguments = ApiServer::prepare(&programs, folder.path(), &tokens, client_port, secure_port)?;
        arguments.arguments.extend_from_slice(flags);
        let mut api_server = arguments.start(folder.path())?;
        // Written by the API server itself as it starts.
        let authority = folder.path().join("certificates/apiserver.crt");
        eventually("kube-apiserver writes its certificate", READY_WITHIN, || {
            etcd.expect_running()?;
            api_server.expect_running()?;
            Ok(authority.exists().then_some(()))
        })?;
        let mut control_plane = Self {
            etcd,
            api_server,
            arguments,
            clients,
            server: format!("https://127.0.0.1:{secure_port}"),
            port: secure_port,
            authority,
            tokens,
            namespaces: AtomicU32::new(0),
            folder,
        };
        control_plane.become_ready()?;
        Ok(control_plane)
    }

    /// The cluster admin.
    ///
    /// # Errors
    ///
    /// When the kubeconfig cannot be written.
    pub fn admin(&self) -> Result<User> {
        self.user(Identity::Admin)
    }

    /// Somebody who talks to this API server.
    ///
    /// # Errors
    ///
    /// When the kubeconfig cannot be written.
    pub fn user(&self, identity: Identity) -> Result<User> {
        self.user_with_token(&format!("{identity:?}"), self.tokens.of(identity)?)
    }

    /// A connection to this API server as the cluster admin, for many requests.
    ///
    /// # Errors
    ///
    /// When the API server cannot be reached.
    pub fn api(&self) -> Result<Api> {
        Api::connect(self.port, &self.authority, self.tokens.of(Identity::Admin)?)
    }

    /// Kills the API server, as when its machine loses power.
    ///
    /// # Errors
    ///
    /// When it is not running.
    pub fn kill_api_server(&mut self) -> Result<()> {
        self.api_server.kill()
    }

    /// Starts the API server again, on the same port and with all that was stored, and waits until it is ready.
    ///
    /// # Errors
    ///
    /// When it does not become ready.
    pub fn restart_api_server(&mut self) -> Result<()> {
        self.api_server = self.arguments.start(self.folder.path())?;
        self.become_ready()
    }

    /// Creates a namespace that nobody else uses, and returns its name.
    ///
    /// # Errors
    ///
    /// When the API server refuses it.
    pub fn namespace(&self, purpose: &str) -> Result<String> {
        let name = format!("{purpose}-{}", self.namespaces.fetch_add(1, Ordering::Relaxed));
        self.admin()?.kubectl(["create", "namespace", &name]).run()?.expect_success()?;
        Ok(name)
    }

    /// Installs the CRDs of KubeRay 1.6.
    ///
    /// # Errors
    ///
    /// When they cannot be fetched or the API server refuses them.
    pub fn install_kuberay_crds(&self) -> Result<()> {
        self.install_crds(&parts::kuberay_manifests()?.join("crd/bases"))
    }

    /// Installs the CRDs of cert-manager, and those of the Prometheus Operator that a chart may fill.
    ///
    /// # Errors
    ///
    /// When they cannot be fetched or the API server refuses them.
    pub fn install_neighbours_crds(&self) -> Result<()> {
        self.install_crds(&parts::neighbours()?)
    }

    /// Installs the CRDs of a file or folder, and waits until they are served.
    ///
    /// # Errors
    ///
    /// When the API server refuses them.
    pub fn install_crds(&self, path: &Path) -> Result<()> {
        let admin = self.admin()?;
        // Server-side: client-side apply would copy them into an annotation, for which KubeRay's are too big.
        let apply = ["apply", "--server-side", "-f"].map(Path::new).into_iter().chain([path]);
        admin.kubectl(apply).run()?.expect_success()?;
        let wait = ["wait", "--for=condition=Established", "--timeout=30s", "crd", "--all"];
        admin.kubectl(wait).run()?.expect_success().map(drop)
    }

    /// Folder with KubeRay's own `config/samples`.
    ///
    /// # Errors
    ///
    /// When they cannot be fetched.
    pub fn kuberay_samples(&self) -> Result<PathBuf> {
        Ok(parts::kuberay_manifests()?.join("samples"))
    }

    pub(crate) fn user_with_token(&self, name: &str, token: &str) -> Result<User> {
        let home = self.folder.subfolder("users")?.join(name);
        User::new(&self.clients, home, &kubeconfig(&self.server, &self.authority, token))
    }

    pub(crate) fn folder(&self) -> &RunFolder {
        &self.folder
    }

    fn become_ready(&mut self) -> Result<()> {
        let admin = self.admin()?;
        eventually("kube-apiserver is ready", READY_WITHIN, || {
            self.etcd.expect_running()?;
            self.api_server.expect_running()?;
            // The namespace is made by a controller of the API server, a moment after it is ready.
            let ready = admin.kubectl(["get", "--raw", "/readyz"]).run()?.status.success()
                && admin.kubectl(["get", "namespace", "default"]).run()?.status.success();
            Ok(ready.then_some(()))
        })?;
        let rbac = include_str!("rbac.yaml");
        admin.kubectl(["apply", "-f", "-"]).stdin(rbac).run()?.expect_success().map(drop)
    }
}

fn start_etcd(programs: &Path, folder: &Path, client_port: u16, peer_port: u16) -> Result<Process> {
    let mut etcd = Process::command(&programs.join("etcd"));
    etcd.arg("--data-dir").arg(folder.join("etcd"));
    etcd.arg(format!("--listen-client-urls=http://127.0.0.1:{client_port}"));
    etcd.arg(format!("--advertise-client-urls=http://127.0.0.1:{client_port}"));
    etcd.arg(format!("--listen-peer-urls=http://127.0.0.1:{peer_port}"));
    etcd.args(["--unsafe-no-fsync", "--log-level=error"]);
    Process::spawn("etcd", etcd, folder)
}

/// How the API server is started, once and again.
#[derive(Debug)]
struct ApiServer {
    program: PathBuf,
    arguments: Vec<String>,
}

impl ApiServer {
    /// Writes the files that it reads.
    fn prepare(programs: &Path, folder: &Path, tokens: &Tokens, etcd_port: u16, port: u16) -> Result<Self> {
        let in_folder = |name| folder.join(name);
        let [token_file, private, public, certificates] =
            ["tokens.csv", "service-accounts.key", "service-accounts.pub", "certificates"].map(in_folder);
        let key = rcgen::KeyPair::generate()?;
        fs::write(&token_file, tokens.csv())?;
        fs::write(&private, key.serialize_pem())?;
        fs::write(&public, key.public_key_pem())?;
        let fixed = [
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            "--endpoint-reconciler-type=none",
            "--authorization-mode=RBAC",
            "--service-account-issuer=https://kubernetes.default.svc",
            // No controller makes the `default` ServiceAccounts without which this plugin refuses every pod.
            "--disable-admission-plugins=ServiceAccount",
        ];
        let of_this_run = [
            format!("--etcd-servers=http://127.0.0.1:{etcd_port}"),
            format!("--secure-port={port}"),
            format!("--service-cluster-ip-range={SERVICE_RANGE}"),
            format!("--cert-dir={}", certificates.display()),
            format!("--token-auth-file={}", token_file.display()),
            format!("--service-account-key-file={}", public.display()),
            format!("--service-account-signing-key-file={}", private.display()),
        ];
        let arguments = fixed.map(str::to_owned).into_iter().chain(of_this_run).collect();
        Ok(Self { program: programs.join("kube-apiserver"), arguments })
    }

    fn start(&self, folder: &Path) -> Result<Process> {
        let mut server = Process::command(&self.program);
        server.args(&self.arguments);
        Process::spawn("kube-apiserver", server, folder)
    }
}

/// Ports of 127.0.0.1 that nobody listens on, all different.
pub(crate) fn free_ports<const N: usize>() -> Result<[u16; N]> {
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let bind = |_| TcpListener::bind(any).context("no free port on 127.0.0.1");
    // All are bound before the first is released, or the same port could come twice.
    let listeners = (0..N).map(bind).collect::<Result<Vec<_>>>()?;
    let ports =
        listeners.iter().map(|listener| Ok(listener.local_addr()?.port())).collect::<Result<Vec<_>>>()?;
    ports.try_into().ok().context("as many ports as listeners")
}
