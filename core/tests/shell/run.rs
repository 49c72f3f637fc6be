//! Runs a command with nothing but stubs on `PATH`, in an empty folder, and tells which of them ran with what arguments.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The programs that there are: each writes down its name and arguments, and succeeds.
pub(crate) const STUBS: &[&str] = &[
    "alpha", "bash", "beta", "cat", "date", "env", "grep", "java", "nohup", "pip", "python", "ray", "serve",
    "sh", "sleep", "tee", "torchrun", "uv", "wget",
];

/// The only file that there is at first.
const INPUT: &str = "in.txt";

// One write for each command: some run side by side. `ray job status` must fail for the job to be submitted, and `date`
// must print something. Where the record may not grow, something goes round for ever, and all of it is ended.
const STUB: &str = "#!/bin/dash
record=${0##*/}
for word; do record=\"$record\u{1f}$word\"; done
printf '%s\\036' \"$record\" >> \"$RECORD\" || kill -KILL 0
case \"${0##*/} $2\" in 'ray status') exit 1 ;; date*) echo today ;; esac
exit 0
";

/// What became of a command.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit code; none when a signal ended it.
    pub(crate) code: Option<i32>,
    /// The stubs that ran, with their arguments.
    pub(crate) commands: Vec<Vec<String>>,
    /// The files that it left.
    pub(crate) files: BTreeSet<String>,
    pub(crate) errors: String,
}

impl Ran {
    /// The words that `ray job submit` got as the entrypoint.
    pub(crate) fn submitted(&self) -> Option<&[String]> {
        let submit = self
            .commands
            .iter()
            .find(|command| command[0] == "ray" && command[1..].starts_with(&submit()))?;
        let at = submit.iter().position(|word| word == "--")?;
        Some(&submit[at + 1..])
    }

    /// What ran besides KubeRay's own commands.
    pub(crate) fn outside(&self) -> impl Iterator<Item = &Vec<String>> {
        let is_of_kuberay = |command: &[String]| match command[0].as_str() {
            "ray" => command.get(1).is_some_and(|word| word == "job"),
            "wget" | "grep" | "sleep" => true,
            "python" => command.get(2).is_some_and(|word| word.contains("urllib.request")),
            _ => false,
        };
        self.commands.iter().filter(move |command| !is_of_kuberay(command))
    }
}

fn submit() -> [String; 2] {
    ["job".to_owned(), "submit".to_owned()]
}

fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shell");
        let bin = root.join("bin");
        fs::create_dir_all(&bin).expect("a folder for the stubs");
        // Another run may be using what is there.
        let (stub, fresh) = (root.join("stub"), root.join(format!("stub-{}", std::process::id())));
        fs::write(&fresh, STUB).expect("a stub");
        fs::set_permissions(&fresh, fs::Permissions::from_mode(0o755)).expect("an executable stub");
        fs::rename(&fresh, &stub).expect("the stub in its place");
        for name in STUBS {
            let link = bin.join(name);
            assert!(symlink(&stub, &link).is_ok() || link.exists(), "a stub for {name}");
        }
        for shell in ["/bin/bash", "/bin/dash"] {
            let is_there = Path::new(shell).exists();
            assert!(is_there, "{shell} is missing: this test runs entrypoints in it; install bash and dash");
        }
        root
    });
    &ROOT
}

/// Runs a program with these arguments and variables: five seconds of processor time and 8 KiB of record at most.
pub(crate) fn run(command: &[&str], variables: &[(&str, &str)]) -> Ran {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let root = root();
    let folder = root.join(format!("case-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
    let record = folder.with_extension("record");
    fs::create_dir(&folder).expect("a folder for the case");
    fs::write(folder.join(INPUT), "").expect("a file to read");
    let output = Command::new("/bin/dash")
        // What is left in the background holds descriptor 9, wherever its output goes, so that it is waited for.
        .args(["-c", "trap '' XFSZ; ulimit -t 5; ulimit -f 16; exec 9>&2; exec \"$@\"", "dash"])
        .process_group(0)
        .args(command)
        .env_clear()
        .envs(variables.iter().copied())
        .env("PATH", root.join("bin"))
        .env("HOME", "/home/ray")
        .env("LC_ALL", "C.UTF-8")
        .env("RECORD", &record)
        .current_dir(&folder)
        .stdin(Stdio::null())
        .output()
        .expect("/bin/dash must be there: install dash");
    let written = fs::read(&record).unwrap_or_default();
    let files = fs::read_dir(&folder).expect("the case's folder");
    let files = files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned());
    let files = files.filter(|name| name != INPUT).collect();
    fs::remove_dir_all(&folder).expect("the case's folder is ours");
    let _ = fs::remove_file(&record);
    Ran {
        code: output.status.code(),
        commands: commands(&String::from_utf8_lossy(&written)),
        files,
        errors: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn commands(record: &str) -> Vec<Vec<String>> {
    let lines = record.split_terminator('\u{1e}');
    lines.map(|line| line.split('\u{1f}').map(str::to_owned).collect()).collect()
}
