//! The first minute: what is said at the start, and how a start is refused.

use std::fs;
use std::net::TcpListener;

use crate::client::{Connection, HTTP1, post, review};
use crate::program::{Program, raygate, run};

fn refused(arguments: &[&str]) -> String {
    let output = run(arguments);
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "one line: {stderr}");
    stderr
}

#[tokio::test]
async fn a_start_without_flags_says_what_to_try_and_it_works() {
    let program = Program::start(&[]);
    let stderr = program.stderr();
    let command = stderr.lines().find_map(|line| line.trim().strip_prefix("curl ")).expect("a curl command");
    let words: Vec<_> = command.split_whitespace().collect();
    let after = |flag: &str| words[words.iter().position(|word| *word == flag).expect(flag) + 1];
    assert_eq!(after("--cacert"), program.ca().to_str().expect("UTF-8"));
    assert_eq!(after("-H"), "'Content-Type:");
    let url = words.last().expect("a URL");
    assert_eq!(*url, format!("https://{}/validate", program.listen));

    let review = fs::read(after("--data").trim_start_matches('@')).expect("the review is there");
    let answer = post(&program, "/validate", review).await;
    assert_eq!((answer.status, &answer.json()["response"]["allowed"]), (200, &true.into()), "{answer:?}");
    for path in ["/mutate", "/validate", "/livez", "/readyz", "/metrics"] {
        assert!(stderr.contains(path), "{stderr}");
    }
}

#[test]
fn the_folder_of_a_trial_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let program = Program::start(&[]);
    let folder = program.ca().parent().expect("a folder").to_owned();
    assert_eq!(fs::metadata(&folder).expect("it is there").permissions().mode() & 0o777, 0o700);
    let files: Vec<_> =
        fs::read_dir(&folder).expect("a folder").map(|file| file.expect("a file").file_name()).collect();
    assert_eq!(files.len(), 2, "the CA and the review, no key: {files:?}");
}

#[test]
fn a_port_in_use_is_named_with_its_flag() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    for (flag, other) in [("--listen", "--admin-listen"), ("--admin-listen", "--listen")] {
        let stderr = refused(&["serve", flag, &address, other, "127.0.0.1:0"]);
        assert!(stderr.contains(&format!("{flag} {address}")), "{stderr}");
        assert!(stderr.contains("another program listens there"), "{stderr}");
    }
}

#[test]
fn one_of_the_pair_alone_names_the_other() {
    let stderr = refused(&["serve", "--tls-cert", "tls.crt"]);
    assert!(stderr.contains("--tls-key is missing"), "{stderr}");
    let stderr = refused(&["serve", "--tls-key", "tls.key"]);
    assert!(stderr.contains("--tls-cert is missing"), "{stderr}");
}

#[test]
fn a_bad_value_names_its_flag_and_says_what_is_right() {
    for (flag, value, hint) in [
        ("--kuberay-version", "1.99", "1.7"),
        ("--kuberay-feature-gates", "RayMagic=true", "RayCronJob"),
        ("--drain-delay", "ten", "10s"),
        ("--body-timeout", "0s", "longer than zero"),
        ("--max-connections", "0", "zero"),
        ("--log-format", "xml", "json"),
    ] {
        let output = run(&["serve", flag, value]);
        let stderr = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(flag) && stderr.contains(hint), "{stderr}");
    }
}

#[tokio::test]
async fn flags_are_read_from_the_environment_too() {
    let output = raygate().arg("serve").env("RAYGATE_LISTEN", "nowhere").output().expect("it starts");
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(stderr.contains("--listen") && stderr.contains("nowhere"), "{stderr}");
}

#[test]
fn help_shows_examples() {
    for command in ["serve", "certs"] {
        for flag in ["-h", "--help"] {
            let help = run(&[command, flag]);
            let stdout = String::from_utf8(help.stdout).expect("UTF-8");
            assert_eq!(help.status.code(), Some(0));
            let (_, examples) = stdout.split_once("Examples:\n").expect("examples");
            assert!(examples.contains(&format!("raygate {command}")), "{examples}");
        }
    }
    let help = String::from_utf8(run(&["--help"]).stdout).expect("UTF-8");
    assert!(help.contains("serve") && help.contains("certs"), "{help}");
}

#[tokio::test]
async fn json_logs_are_one_object_a_line_from_the_start() {
    let program = Program::start(&["--log-format", "json"]);
    let stderr = program.stderr();
    let lines: Vec<serde_json::Value> =
        stderr.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let trial = lines.iter().find(|line| line["message"] == "on trial").expect("the trial is logged");
    assert!(trial["next_command"].as_str().expect("a command").starts_with("curl --cacert "), "{trial}");
}

#[tokio::test]
async fn a_connection_cap_above_the_limit_of_open_files_is_lowered_and_said() {
    let script = "ulimit -n 200 && exec \"$0\" serve --listen 127.0.0.1:0 --admin-listen 127.0.0.1:0";
    let program =
        Program::spawn(std::process::Command::new("sh").args(["-c", script, env!("CARGO_BIN_EXE_raygate")]));
    assert!(program.stderr().contains("possible=72"), "{}", program.stderr());
    let mut connection = Connection::open(&program, HTTP1).await;
    assert_eq!(connection.post("/validate", review("u").to_string()).await.status, 200);
}
