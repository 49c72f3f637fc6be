//! Long-running children: each writes one log file, and none outlives this process, not even when it is killed.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{LazyLock, mpsc};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use rustix::process::{Pid, Signal, kill_process};

use crate::eventually;

/// A running program.
#[derive(Debug)]
pub(crate) struct Process {
    name: String,
    log: PathBuf,
    child: Child,
}

impl Process {
    /// A command that knows nothing of this process's environment but the PATH, and dies with this process.
    pub(crate) fn command(program: &Path) -> Command {
        let mut command = isolated(OsStr::new("setpriv"));
        // Its own process group: Ctrl-C reaches only us, and we stop the children in order.
        command.args(["--pdeathsig", "KILL", "--"]).arg(program).process_group(0);
        command
    }

    /// Starts the command; its output goes to `FOLDER/NAME.log`.
    pub(crate) fn spawn(name: &str, mut command: Command, folder: &Path) -> Result<Self> {
        let log = folder.join(format!("{name}.log"));
        let output = File::options().create(true).append(true).open(&log)?;
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
        let child = spawn_from_lasting_thread(command).map_err(|error| match error.kind() {
            ErrorKind::NotFound => anyhow!(
                "`setpriv` is not on the PATH. The cluster tests start their processes with it, so that none is \
                 left behind: install util-linux"
            ),
            _ => anyhow!("cannot start {name}: {error}"),
        })?;
        Ok(Self { name: name.to_owned(), log, child })
    }

    /// Fails when the program has ended, with the last lines of its log.
    pub(crate) fn expect_running(&mut self) -> Result<()> {
        if let Some(status) = self.child.try_wait()? {
            bail!("{} ended with {status}; its log ends with:\n{}", self.name, self.log_end()?);
        }
        Ok(())
    }

    /// Everything that the program has written so far.
    pub(crate) fn log(&self) -> Result<String> {
        let bytes = fs::read(&self.log).with_context(|| format!("cannot read {}", self.log.display()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Asks the program to end as the kubelet does, with SIGTERM.
    pub(crate) fn terminate(&self) -> Result<()> {
        self.signal(Signal::TERM)
    }

    /// Sends a signal to the program.
    pub(crate) fn signal(&self, signal: Signal) -> Result<()> {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        kill_process(pid.context("a child has a pid")?, signal)
            .with_context(|| format!("cannot send {signal:?} to {}", self.name))
    }

    /// Ends the program without asking it.
    pub(crate) fn kill(&mut self) -> Result<()> {
        self.expect_running()?;
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Waits for the program to end.
    pub(crate) fn wait(&mut self, deadline: Duration) -> Result<ExitStatus> {
        let what = format!("{} ends", self.name);
        eventually(&what, deadline, || Ok(self.child.try_wait()?))
    }

    fn log_end(&self) -> Result<String> {
        let log = self.log()?;
        let lines: Vec<_> = log.lines().collect();
        Ok(lines[lines.len().saturating_sub(30)..].join("\n"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Both fail only when the program has already ended, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command without this process's environment: no proxy, kubeconfig or Go setting of the machine leaks into a test.
pub(crate) fn isolated(program: &OsStr) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

type Spawned = io::Result<Child>;

/// Linux sends the parent-death signal when the *thread* that started the child ends, and trials run in threads that
/// come and go: so one thread that stays starts all of them.
fn spawn_from_lasting_thread(command: Command) -> Spawned {
    static SPAWNER: LazyLock<mpsc::Sender<(Command, mpsc::Sender<Spawned>)>> = LazyLock::new(|| {
        let (sender, orders) = mpsc::channel::<(Command, mpsc::Sender<Spawned>)>();
        thread::spawn(move || {
            for (mut command, reply) in orders {
                // Nobody waits for the reply only if the asking thread is gone.
                let _ = reply.send(command.spawn());
            }
        });
        sender
    });
    let (reply, spawned) = mpsc::channel();
    let gone = |_| io::Error::other("the thread that starts processes has ended");
    SPAWNER.send((command, reply)).map_err(|error| gone(error.to_string()))?;
    spawned.recv().map_err(|error| gone(error.to_string()))?
}
