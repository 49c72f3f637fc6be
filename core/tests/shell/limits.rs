//! What the system itself does: the longest argument, and a shell that does not wait.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use raygate_core::kuberay::KubeRayVersion;
use raygate_core::shell::LONGEST_ARGUMENT;
use serde_json::json;

use crate::judge::{findings, in_entrypoint};
use crate::kuberay::{Asked, command};
use crate::run::run;

fn starts(program: &[&str]) -> bool {
    let status =
        Command::new(program[0]).args(&program[1..]).stdin(Stdio::null()).stdout(Stdio::null()).status();
    match status {
        Ok(_) => true,
        Err(error) if error.kind() == ErrorKind::ArgumentListTooLong => false,
        Err(error) => panic!("{}: {error}; install bash", program[0]),
    }
}

#[test]
fn an_entrypoint_that_is_said_to_be_too_long_cannot_be_run() {
    let of = |length: usize| format!("true {}", "x".repeat(length - 5));
    let is_found = |mode, text: &str| {
        in_entrypoint(KubeRayVersion::V1_6, mode, text).iter().any(|found| found.code == "RJ345")
    };
    let (longest, longer) = (of(LONGEST_ARGUMENT), of(LONGEST_ARGUMENT + 1));
    assert!(starts(&["/bin/bash", "-c", &longest]) && !is_found("HTTPMode", &longest));
    assert!(!starts(&["/bin/bash", "-c", &longer]) && is_found("HTTPMode", &longer));
    for mode in ["K8sJobMode", "SidecarMode"] {
        let command = command(KubeRayVersion::V1_6, &Asked::of(mode, &longer));
        assert!(!starts(&command.iter().map(String::as_str).collect::<Vec<_>>()) && is_found(mode, &longer));
    }
    let resources = json!({"entrypoint": "true", "entrypointResources": " ".repeat(LONGEST_ARGUMENT)});
    assert!(findings(KubeRayVersion::V1_6, &resources).iter().any(|found| found.code == "RJ345"));
}

#[test]
fn a_shell_does_not_wait_for_what_ends_with_an_ampersand() {
    let entrypoint = "{ until [ -e gate ]; do :; done; : > done; } &";
    let found = in_entrypoint(KubeRayVersion::V1_6, "HTTPMode", entrypoint);
    assert_eq!(found.iter().map(|found| found.code).collect::<Vec<_>>(), ["RJ353"]);
    for shell in ["/bin/bash", "/bin/dash"] {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("ampersand-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        // The background part ends with the processor time that it gets, should the gate never open.
        let limited = format!("ulimit -t 20; {entrypoint}");
        let status =
            Command::new(shell).args(["-c", &limited]).current_dir(&folder).stdin(Stdio::null()).status();
        assert!(status.expect("install bash and dash").success(), "{shell}");
        assert!(!folder.join("done").exists(), "{shell} has waited");
        fs::write(folder.join("gate"), "").expect("the gate");
        let deadline = Instant::now() + Duration::from_secs(20);
        while !folder.join("done").exists() {
            assert!(Instant::now() < deadline, "{shell}: what runs in the background never ends");
            std::thread::yield_now();
        }
        fs::remove_dir_all(&folder).expect("the folder is ours");
    }
}

#[test]
fn what_goes_round_for_ever_is_ended() {
    for shell in ["/bin/bash", "/bin/dash"] {
        let ran = run(&[shell, "-c", "until nothing; do python a.py; done"], &[]);
        assert!(ran.code.is_none() && ran.commands.len() > 1, "{shell}: {ran:?}");
    }
}
