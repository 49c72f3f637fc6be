//! The binary under test: started with free ports, read through its stderr, ended with the test.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// Longer than anything here takes; a test that waits this long fails.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// Repeats a question until it is answered.
pub(crate) fn eventually<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < deadline, "waited in vain: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// The binary, with none of the settings of whoever runs the tests.
pub(crate) fn raygate() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_raygate"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("RAYGATE_")) {
        command.env_remove(name);
    }
    command
}

/// Runs a command line that ends by itself.
pub(crate) fn run(arguments: &[&str]) -> Output {
    raygate().args(arguments).output().expect("the binary starts")
}

/// The addresses in the line that says where it serves, as text or JSON: `listen`, then `admin_listen`.
fn addresses(line: &str) -> [SocketAddr; 2] {
    let words = line.split(|end: char| !(end.is_ascii_alphanumeric() || ".:[]".contains(end)));
    let found: Vec<_> = words.filter_map(|word| word.trim_start_matches(':').parse().ok()).collect();
    found.try_into().expect("two addresses")
}

/// A running `raygate serve`.
pub(crate) struct Program {
    child: Child,
    stderr: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
    pub(crate) listen: SocketAddr,
    pub(crate) admin: SocketAddr,
}

impl Program {
    /// Starts with these flags on free ports and waits until it is ready.
    pub(crate) fn start(flags: &[&str]) -> Self {
        let ports = ["serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"];
        Self::spawn(raygate().args(ports).args(flags))
    }

    /// The same with a command of its own.
    pub(crate) fn spawn(command: &mut Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().expect("the binary starts");
        let stderr = Arc::new(Mutex::new(String::new()));
        let lines = BufReader::new(child.stderr.take().expect("piped"));
        let written = Arc::clone(&stderr);
        let reader = thread::spawn(move || {
            for line in lines.split(b'\n').map_while(Result::ok) {
                let mut written = written.lock().expect("no panic while held");
                written.push_str(&String::from_utf8_lossy(&line));
                written.push('\n');
            }
        });
        let line = eventually("the program to say where it serves", || {
            let written = stderr.lock().expect("no panic while held").clone();
            assert!(child.try_wait().expect("a child").is_none(), "ended at once:\n{written}");
            written
                .lines()
                .find(|line| line.contains("serving") && line.contains("listen"))
                .map(str::to_owned)
        });
        let [listen, admin] = addresses(&line);
        Self { child, stderr, reader: Some(reader), listen, admin }
    }

    pub(crate) fn stderr(&self) -> String {
        self.stderr.lock().expect("no panic while held").clone()
    }

    /// The CA file that a trial run announces, as text or JSON.
    pub(crate) fn ca(&self) -> PathBuf {
        let stderr = self.stderr();
        let (_, rest) = stderr.split_once("--cacert ").expect("a trial run");
        rest.split_whitespace().next().expect("a file").into()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).expect("it runs");
    }

    /// Waits for the end, and until all of stderr is read.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        let status = eventually("the program to end", || self.child.try_wait().expect("a child"));
        let read = self.reader.take().map(JoinHandle::join);
        assert!(read.is_none_or(|read| read.is_ok()), "stderr was not read");
        status
    }

    /// Resident memory in KiB.
    pub(crate) fn resident(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("Linux");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("VmRSS");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
