//! Somebody who talks to the API server: a name and groups behind a token, and the real kubectl and Helm run as them.

use std::collections::hash_map::RandomState;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs;
use std::hash::BuildHasher;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use crate::process::isolated;

/// Who there is: everybody that Raygate treats differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// The cluster admin, in `system:masters`.
    Admin,
    /// An ordinary user in group `data-science`, who may do everything with Ray's objects and nothing else.
    Alice,
    /// KubeRay's operator, with all rights.
    KubeRayOperator,
    /// Kueue's controller, with all rights.
    Kueue,
    /// Kubernetes' garbage collector, with all rights.
    GarbageCollector,
}

impl Identity {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Admin, Self::Alice, Self::KubeRayOperator, Self::Kueue, Self::GarbageCollector];

    /// The user name that webhooks see.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Alice => "alice",
            Self::KubeRayOperator => "system:serviceaccount:kuberay-system:kuberay-operator",
            Self::Kueue => "system:serviceaccount:kueue-system:kueue-controller-manager",
            Self::GarbageCollector => "system:serviceaccount:kube-system:generic-garbage-collector",
        }
    }

    const fn groups(self) -> &'static str {
        match self {
            Self::Admin => "system:masters",
            Self::Alice => "data-science",
            Self::KubeRayOperator => "system:serviceaccounts,system:serviceaccounts:kuberay-system",
            Self::Kueue => "system:serviceaccounts,system:serviceaccounts:kueue-system",
            Self::GarbageCollector => "system:serviceaccounts,system:serviceaccounts:kube-system",
        }
    }
}

/// The tokens of one run; other runs on this machine cannot guess them.
#[derive(Debug)]
pub(crate) struct Tokens(Vec<(Identity, String)>);

impl Tokens {
    pub(crate) fn generate() -> Self {
        Self(Identity::ALL.map(|identity| (identity, random_token(identity))).into())
    }

    /// The API server's `--token-auth-file`.
    pub(crate) fn csv(&self) -> String {
        let line = |(who, token): &(Identity, String)| {
            format!("{token},{0},{0},\"{1}\"\n", who.name(), who.groups())
        };
        self.0.iter().map(line).collect()
    }

    pub(crate) fn of(&self, identity: Identity) -> Result<&str> {
        let found = self.0.iter().find(|(who, _)| *who == identity);
        found.map(|(_, token)| token.as_str()).with_context(|| format!("no token for {identity:?}"))
    }
}

fn random_token(identity: Identity) -> String {
    // Each `RandomState` has keys from the system's random numbers.
    let part = || RandomState::new().hash_one(identity.name());
    format!("{:016x}{:016x}", part(), part())
}

/// How to reach the API server as somebody: the contents of a kubeconfig.
pub(crate) fn kubeconfig(server: &str, authority: &Path, token: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Config", "current-context": "tests",
        "clusters": [{"name": "tests", "cluster": {"server": server, "certificate-authority": authority}}],
        "users": [{"name": "tests", "user": {"token": token}}],
        "contexts": [{"name": "tests", "context": {"cluster": "tests", "user": "tests", "namespace": "default"}}],
    })
}

/// Somebody with a kubeconfig, who runs kubectl and Helm.
#[derive(Clone, Debug)]
pub struct User {
    clients: PathBuf,
    home: PathBuf,
    kubeconfig: PathBuf,
}

impl User {
    pub(crate) fn new(clients: &Path, home: PathBuf, kubeconfig: &Value) -> Result<Self> {
        fs::create_dir_all(&home)?;
        let path = home.join("kubeconfig");
        // Scenarios run side by side: a kubectl of another one must not find the file half written.
        let mut file = NamedTempFile::new_in(&home)?;
        file.write_all(&serde_json::to_vec_pretty(kubeconfig)?)?;
        file.persist(&path)?;
        Ok(Self { clients: clients.to_owned(), home, kubeconfig: path })
    }

    /// The kubeconfig file.
    pub fn kubeconfig(&self) -> &Path {
        &self.kubeconfig
    }

    /// Folder with the `kubectl` and `helm` that fit this control plane.
    pub fn clients(&self) -> &Path {
        &self.clients
    }

    /// A run of the real kubectl with these arguments.
    pub fn kubectl<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Run {
        let mut run = self.run("kubectl", arguments);
        run.arguments.push("--request-timeout=30s".into());
        run
    }

    /// `kubectl create` of one object in this namespace.
    pub fn create(&self, namespace: &str, object: &Value) -> Run {
        self.kubectl(["create", "-n", namespace, "-f", "-"]).stdin(object.to_string())
    }

    /// `kubectl apply` of one object in this namespace.
    pub fn apply(&self, namespace: &str, object: &Value) -> Run {
        self.kubectl(["apply", "-n", namespace, "-f", "-"]).stdin(object.to_string())
    }

    /// A run of the real Helm with these arguments.
    pub fn helm<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Run {
        self.run("helm", arguments)
    }

    fn run<A: AsRef<OsStr>>(&self, program: &'static str, arguments: impl IntoIterator<Item = A>) -> Run {
        let mut command = isolated(self.clients.join(program).as_os_str());
        command.env("HOME", &self.home).env("KUBECONFIG", &self.kubeconfig);
        let arguments = arguments.into_iter().map(|argument| argument.as_ref().to_owned()).collect();
        Run { program, command, arguments, stdin: Vec::new() }
    }
}

/// A command that is about to be run.
#[derive(Debug)]
#[must_use = "nothing happens before `run`"]
pub struct Run {
    program: &'static str,
    command: Command,
    arguments: Vec<OsString>,
    stdin: Vec<u8>,
}

impl Run {
    /// What the command reads, for `-f -`.
    pub fn stdin(mut self, text: impl Into<Vec<u8>>) -> Self {
        self.stdin = text.into();
        self
    }

    /// Sets an environment variable for the command.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs the command to its end, whatever that is.
    ///
    /// # Errors
    ///
    /// When it cannot be started or its output cannot be read.
    pub fn run(mut self) -> Result<Output> {
        let line = OsString::from(format!("{} ", self.program)).into_string().unwrap_or_default()
            + &self.arguments.join(OsStr::new(" ")).to_string_lossy();
        self.command.args(&self.arguments);
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().with_context(|| format!("cannot start `{line}`"))?;
        let mut stdin = child.stdin.take().context("the child's stdin is piped")?;
        let text = self.stdin;
        // In a thread, or a child that answers before it has read everything would wait for us, and we for it. A child
        // that does not read its stdin closes it: no error of ours.
        let writer = thread::spawn(move || drop(stdin.write_all(&text)));
        let output = child.wait_with_output()?;
        writer.join().map_err(|_| anyhow!("the thread that writes to `{line}` panicked"))?;
        Ok(Output {
            line,
            status: output.status,
            stdout: String::from_utf8(output.stdout)?,
            stderr: String::from_utf8(output.stderr)?,
        })
    }

    /// Runs the command and reads the JSON that it prints.
    ///
    /// # Errors
    ///
    /// When the command fails or prints no JSON.
    pub fn json(self) -> Result<Value> {
        let output = self.run()?.expect_success()?;
        serde_json::from_str(&output.stdout).with_context(|| format!("`{}` printed no JSON", output.line))
    }
}

/// What a command left.
#[derive(Clone, Debug)]
pub struct Output {
    line: String,
    /// How it ended.
    pub status: ExitStatus,
    /// What it printed for programs.
    pub stdout: String,
    /// What it printed for people.
    pub stderr: String,
}

impl Output {
    /// This output, if the command succeeded.
    ///
    /// # Errors
    ///
    /// When it failed; the error quotes all that it printed.
    pub fn expect_success(self) -> Result<Self> {
        ensure!(self.status.success(), "should have succeeded: {self}");
        Ok(self)
    }

    /// This output, if the command failed.
    ///
    /// # Errors
    ///
    /// When it succeeded; the error quotes all that it printed.
    pub fn expect_failure(self) -> Result<Self> {
        ensure!(!self.status.success(), "should have failed: {self}");
        Ok(self)
    }
}

impl fmt::Display for Output {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, status, stdout, stderr } = self;
        write!(formatter, "`{line}` ({status})\n--- stdout\n{stdout}--- stderr\n{stderr}")
    }
}
