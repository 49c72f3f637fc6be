//! Raygate in the control plane: Helm installs the chart as shipped, and what the kubelet would make of its Deployment
//! is done here: volumes become files, and the program starts with the arguments and environment that stand there.

mod pod;
mod volumes;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use rustix::process::Signal;
use serde_json::Value;

use crate::installation::pod::Pod;
use crate::process::Process;
use crate::user::User;
use crate::{ControlPlane, eventually, http};

const READY_WITHIN: Duration = Duration::from_secs(30);

/// What Helm is told.
#[derive(Clone, Debug)]
pub struct Chart {
    /// The chart's folder.
    pub path: PathBuf,
    /// Name of the release.
    pub release: String,
    /// Namespace of the release, created if need be.
    pub namespace: String,
    /// Values that differ from the chart's own.
    pub values: Value,
}

/// An installed chart with one running replica behind its Service; dropping it stops the replica and leaves the objects.
#[derive(Debug)]
pub struct Installation {
    process: Process,
    admin: User,
    pod: Pod,
    program: PathBuf,
    folder: PathBuf,
}

impl Installation {
    /// Installs the chart, or upgrades its release, starts `program` as its Deployment says, and waits for its readiness.
    ///
    /// # Errors
    ///
    /// When Helm or the API server refuses the chart, when the Deployment holds what is not understood here, or when the
    /// program does not become ready: with its log.
    pub fn install(control_plane: &ControlPlane, chart: &Chart, program: &Path) -> Result<Self> {
        let admin = control_plane.admin()?;
        let Chart { release, namespace, .. } = chart;
        let path = chart.path.to_string_lossy();
        let install =
            ["upgrade", release, &path, "--install", "--create-namespace", "-n", namespace, "-f", "-"];
        admin.helm(install).stdin(chart.values.to_string()).run()?.expect_success()?;
        let objects = live_objects(&admin, release, namespace)?;
        let folder = control_plane.folder().subfolder(&format!("{namespace}-{release}"))?;
        let (deployment, service) = (only(&objects, "Deployment")?, only(&objects, "Service")?);
        let secrets = |name: &str| volumes::secret(&admin, namespace, name);
        let mut pod = Pod::read(deployment, service, &folder.join("mounts"), &secrets)?;
        if let Some(account) = pod.service_account() {
            let token =
                admin.kubectl(["create", "token", account, "-n", namespace]).run()?.expect_success()?;
            let user =
                control_plane.user_with_token(&format!("{namespace}-{account}"), token.stdout.trim())?;
            pod.set_kubeconfig(user.kubeconfig());
        }
        pod.write_volumes(&admin)?;
        let process = start(program, &pod, &folder)?;
        let mut installation = Self { process, admin, pod, program: program.to_owned(), folder };
        installation.become_ready()?;
        Ok(installation)
    }

    /// Everything that the program has logged, since its first start.
    ///
    /// # Errors
    ///
    /// When the log cannot be read.
    pub fn log(&self) -> Result<String> {
        self.process.log()
    }

    /// What `/metrics` of the admin port says.
    ///
    /// # Errors
    ///
    /// When it does not answer with 200.
    pub fn metrics(&self) -> Result<String> {
        let (status, body) = http::get(self.pod.readiness.address, "/metrics")?;
        ensure!(status == 200, "/metrics answered {status}: {body}");
        Ok(body)
    }

    /// Whether the readiness probe would send requests here.
    ///
    /// # Errors
    ///
    /// When it is not answered.
    pub fn is_ready(&self) -> Result<bool> {
        let (status, _) = http::get(self.pod.readiness.address, &self.pod.readiness.path)?;
        Ok(status == 200)
    }

    /// Starts another replica beside this one, to which no Service leads, and waits for its readiness.
    ///
    /// # Errors
    ///
    /// When it does not become ready.
    pub fn another(&self, number: u32) -> Result<Self> {
        let pod = self.pod.another(number)?;
        let folder = self.folder.join(format!("replica-{number}"));
        let process = start(&self.program, &pod, &folder)?;
        let (admin, program) = (self.admin.clone(), self.program.clone());
        let mut replica = Self { process, admin, pod, program, folder };
        replica.become_ready()?;
        Ok(replica)
    }

    /// Halts the program, as when it hangs; it goes on with `resume`.
    ///
    /// # Errors
    ///
    /// When it is not running.
    pub fn halt(&self) -> Result<()> {
        self.process.signal(Signal::STOP)
    }

    /// Lets a halted program go on.
    ///
    /// # Errors
    ///
    /// When it is not running.
    pub fn resume(&self) -> Result<()> {
        self.process.signal(Signal::CONT)
    }

    /// Reads the Secrets and ConfigMaps anew and swaps the mounted files at once, as the kubelet does in the end.
    ///
    /// # Errors
    ///
    /// When one of them is gone.
    pub fn refresh_volumes(&self) -> Result<()> {
        self.pod.write_volumes(&self.admin)
    }

    /// Stops the program as the kubelet does, and says how it ended.
    ///
    /// # Errors
    ///
    /// When it does not end within its `terminationGracePeriodSeconds`.
    pub fn stop(&mut self) -> Result<ExitStatus> {
        self.process.terminate()?;
        self.process.wait(self.pod.grace_period)
    }

    /// Starts the program again, after `stop`, and waits for its readiness.
    ///
    /// # Errors
    ///
    /// When it does not become ready.
    pub fn start(&mut self) -> Result<()> {
        self.process = start(&self.program, &self.pod, &self.folder)?;
        self.become_ready()
    }

    fn become_ready(&mut self) -> Result<()> {
        let readiness = self.pod.readiness.clone();
        let outcome = eventually("the readiness probe answers 200", READY_WITHIN, || {
            self.process.expect_running()?;
            let answer = http::get(readiness.address, &readiness.path);
            Ok(answer.is_ok_and(|(status, _)| status == 200).then_some(()))
        });
        let log = self.process.log()?;
        outcome.with_context(|| format!("raygate is not ready; its log:\n{log}"))
    }
}

fn start(program: &Path, pod: &Pod, folder: &Path) -> Result<Process> {
    let mut command = Process::command(program);
    command.args(&pod.arguments).envs(pod.environment.iter().cloned());
    fs::create_dir_all(folder)?;
    Process::spawn("raygate", command, folder)
}

/// The objects of the release as the API server has them, with its defaults and allocated addresses.
fn live_objects(admin: &User, release: &str, namespace: &str) -> Result<Vec<Value>> {
    let manifest = admin.helm(["get", "manifest", release, "-n", namespace]).run()?.expect_success()?;
    let get = ["get", "-n", namespace, "-o", "json", "-f", "-"];
    let mut list = admin.kubectl(get).stdin(manifest.stdout).json()?;
    serde_json::from_value(list["items"].take()).context("the release has several objects")
}

fn only<'a>(objects: &'a [Value], kind: &str) -> Result<&'a Value> {
    let mut of_kind = objects.iter().filter(|object| object["kind"] == kind);
    let first = of_kind.next().with_context(|| format!("the chart has no {kind}"))?;
    ensure!(
        of_kind.next().is_none(),
        "the chart has more than one {kind}: teach installation/ which to take"
    );
    Ok(first)
}
