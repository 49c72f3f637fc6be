//! Raygate as a process with arguments of the scenario's own, for what no chart is needed.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::ExitStatus;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::control_plane::free_ports;
use crate::process::Process;
use crate::{ControlPlane, eventually, http};

const READY_WITHIN: Duration = Duration::from_secs(30);
const ENDS_WITHIN: Duration = Duration::from_secs(30);

/// A running `raygate serve`; dropping it ends it.
#[derive(Debug)]
pub struct Replica {
    process: Process,
    admin: SocketAddr,
}

impl Replica {
    /// Starts `program serve` on this address, as this service account of a namespace.
    ///
    /// # Errors
    ///
    /// When the account has no token or the program cannot be started.
    pub fn start(
        control_plane: &ControlPlane,
        (name, program): (&str, &Path),
        listen: SocketAddr,
        (namespace, account): (&str, &str),
        arguments: &[&str],
    ) -> Result<Self> {
        let token = ["create", "token", account, "-n", namespace];
        let token = control_plane.admin()?.kubectl(token).run()?.expect_success()?;
        let user = control_plane.user_with_token(&format!("{namespace}-{name}"), token.stdout.trim())?;
        let admin = SocketAddr::from((Ipv4Addr::LOCALHOST, free_ports::<1>()?[0]));
        let folder = control_plane.folder().subfolder(&format!("{namespace}-{name}"))?;
        let mut command = Process::command(program);
        command.args(["serve", "--log-format=json", &format!("--listen={listen}")]);
        command.arg(format!("--admin-listen={admin}")).args(arguments);
        command.env("RAYGATE_KUBECONFIG", user.kubeconfig());
        Ok(Self { process: Process::spawn("raygate", command, &folder)?, admin })
    }

    /// Waits for its readiness.
    ///
    /// # Errors
    ///
    /// When it does not become ready: with its log.
    pub fn become_ready(&mut self) -> Result<()> {
        let outcome = eventually("the replica is ready", READY_WITHIN, || {
            self.process.expect_running()?;
            let answer = http::get(self.admin, "/readyz");
            Ok(answer.is_ok_and(|(status, _)| status == 200).then_some(()))
        });
        outcome.with_context(|| format!("its log:\n{}", self.log().unwrap_or_default()))
    }

    /// Everything that it has logged.
    ///
    /// # Errors
    ///
    /// When the log cannot be read.
    pub fn log(&self) -> Result<String> {
        self.process.log()
    }

    /// What `/metrics` says.
    ///
    /// # Errors
    ///
    /// When it does not answer with 200.
    pub fn metrics(&self) -> Result<String> {
        let (status, body) = http::get(self.admin, "/metrics")?;
        ensure!(status == 200, "/metrics answered {status}: {body}");
        Ok(body)
    }

    /// Stops it as the kubelet does, and says how it ended.
    ///
    /// # Errors
    ///
    /// When it does not end.
    pub fn stop(mut self) -> Result<ExitStatus> {
        self.process.terminate()?;
        self.process.wait(ENDS_WITHIN)
    }
}
