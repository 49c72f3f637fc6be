//! `rayStartParams`: what `ray start` makes of the command line that KubeRay writes, and what Raygate says before.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use raygate_core::document::Document;
use raygate_core::evaluate::evaluate;
use raygate_core::finding::Level;
use raygate_core::kuberay::KubeRay;
use raygate_core::rules::Selection;
use raygate_core::subject::Subject;
use serde::Deserialize;
use serde_json::json;

use crate::start_cases::{self, Case};
use crate::start_misses::MISSES;
use crate::start_random;
use crate::wheel;

/// The newest Ray, and one from before several options went.
const VERSIONS: [&str; 2] = ["2.60.0", "2.46.0"];

/// The rules that say that `ray start` ends.
const ABOUT_START: [&str; 7] = ["RJ360", "RJ362", "RJ363", "RJ364", "RJ365", "RJ367", "RJ369"];

/// What Ray says.
#[derive(Debug, Deserialize)]
struct Answer {
    starts: bool,
    #[serde(default)]
    error: String,
}

#[test]
fn what_ray_start_refuses_is_denied_and_nothing_that_it_takes() {
    let reports = std::thread::scope(|scope| {
        let runs = VERSIONS.map(|version| scope.spawn(move || run(version)));
        runs.map(|run| run.join().expect("a run"))
    });
    let failures: String = reports.iter().map(|report| report.failures.as_str()).collect();
    assert!(failures.is_empty(), "{failures}");
    for (reason, _) in MISSES {
        assert!(
            reports.iter().any(|report| report.misses.contains_key(reason)),
            "nothing is missed because of: {reason}"
        );
    }
}

/// What one Ray and Raygate say about all cases.
#[derive(Debug, Default)]
struct Report {
    start: usize,
    denied: usize,
    /// How often, by reason.
    misses: BTreeMap<&'static str, usize>,
    failures: String,
}

fn run(version: &str) -> Report {
    let list = list_of(version);
    let options: Vec<_> = list.lines().filter_map(|line| line.split_once(' ')).collect();
    let mut cases = start_cases::all(options.iter().copied());
    cases.extend(start_random::groups(&options));
    let answers = ask(version, &cases);
    assert_eq!(cases.len(), answers.len(), "Ray {version} answers each case");
    let mut report = Report::default();
    for (case, answer) in cases.iter().zip(&answers) {
        let denied = denied_by(version, case);
        let failed = match (denied.is_empty(), answer.starts) {
            (true, true) => {
                report.start += 1;
                continue;
            }
            (false, false) => {
                report.denied += 1;
                continue;
            }
            (false, true) => format!("false denial by {denied:?}"),
            (true, false) => match MISSES.iter().find(|(_, is_meant)| is_meant(case)) {
                Some((reason, _)) => {
                    *report.misses.entry(reason).or_default() += 1;
                    continue;
                }
                None => format!("missed: {}", answer.error),
            },
        };
        writeln!(report.failures, "Ray {version}: {case:?}: {failed}").expect("a String takes all");
    }
    eprintln!(
        "Ray {version}: {} groups, {} start, {} are denied; missed: {:#?}",
        cases.len(),
        report.start,
        report.denied,
        report.misses
    );
    report
}

/// The lists are committed, so that the table can be made without the wheels.
#[test]
fn the_committed_lists_are_what_the_wheels_say() {
    for version in VERSIONS {
        let python = wheel::python(version);
        let list = generator(&["ask", python.to_str().expect("UTF-8")]);
        assert!(list == list_of(version), "run options.py add {version}; it lists\n{list}");
    }
}

#[test]
fn the_table_is_what_the_generator_writes() {
    let table = std::fs::read_to_string(source().join("table.rs")).expect("a committed table");
    assert!(
        table == generator(&["table"]),
        "run python3 core/src/ray_start/generator/options.py add VERSION"
    );
}

fn source() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/ray_start"))
}

fn list_of(version: &str) -> String {
    let list = source().join(format!("generator/versions/{version}.txt"));
    std::fs::read_to_string(&list).unwrap_or_else(|error| panic!("{}: {error}", list.display()))
}

fn generator(arguments: &[&str]) -> String {
    let mut command = Command::new("python3");
    command.arg(source().join("generator/options.py")).args(arguments);
    let output = command.output().expect("this test needs python3 (3.10 or newer)");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// What Ray says about all cases, from one process.
fn ask(version: &str, cases: &[Case]) -> Vec<Answer> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ray/start_commands.py");
    let mut python = Command::new(wheel::python(version))
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the environment's interpreter");
    let mut questions = python.stdin.take().expect("a pipe");
    let lines: String =
        cases.iter().map(|case| json!({"line": command_line(case)}).to_string() + "\n").collect();
    // Written beside the reading, or both would wait for each other.
    let writer = std::thread::spawn(move || questions.write_all(lines.as_bytes()));
    let output = python.wait_with_output().expect("answers");
    writer.join().expect("a writer").expect("a process that reads");
    assert!(output.status.success(), "Ray {version}: {}", output.status);
    let answers = String::from_utf8(output.stdout).expect("UTF-8");
    answers.lines().map(|line| serde_json::from_str(line).expect("an answer")).collect()
}

/// What KubeRay v1.7 makes of a group's `rayStartParams` (`setMissingRayStartParams`, `convertParamMap`).
fn command_line(case: &Case) -> String {
    let mut params: BTreeMap<_, _> = case.params.clone();
    let mut default = |name: &str, value: &str| {
        params.entry(name.to_owned()).or_insert_with(|| value.to_owned());
    };
    default("metrics-export-port", "8080");
    default("dashboard-agent-listen-port", "52365");
    if case.is_head {
        default("dashboard-host", "0.0.0.0");
    } else {
        default("address", "train-head-svc.default.svc.cluster.local:6379");
    }
    params.insert("block".to_owned(), "true".to_owned());
    let mut line = "ulimit -n ${RAY_START_ULIMIT_OPEN_FILES:-65536}; ray start ".to_owned();
    line += if case.is_head { "--head " } else { "" };
    for (name, value) in params {
        let keeps_its_value =
            ["log-color", "include-dashboard", "include-log-monitor"].contains(&name.as_str());
        match value.to_lowercase().as_str() {
            "true" if !keeps_its_value => write!(line, " --{name} "),
            "false" if !keeps_its_value => Ok(()),
            _ => write!(line, " --{name}={value} "),
        }
        .expect("a String takes all");
    }
    line
}

/// The codes of the rules that deny the group because of `ray start`.
fn denied_by(version: &str, case: &Case) -> BTreeSet<&'static str> {
    let container =
        |name: &str| json!({"containers": [{"name": name, "image": format!("rayproject/ray:{version}")}]});
    let params = |is_head: bool| if case.is_head == is_head { json!(case.params) } else { json!({}) };
    let job = json!({
        "apiVersion": "ray.io/v1", "kind": "RayJob",
        "metadata": {"name": "train", "namespace": "default"},
        "spec": {"entrypoint": "python train.py", "shutdownAfterJobFinishes": true, "rayClusterSpec": {
            "headGroupSpec": {"rayStartParams": params(true), "template": {"spec": container("ray-head")}},
            "workerGroupSpecs": [{
                "groupName": "workers", "replicas": 1, "minReplicas": 1, "maxReplicas": 2,
                "rayStartParams": params(false), "template": {"spec": container("ray-worker")},
            }],
        }},
    })
    .to_string();
    let document: Document<'_> = serde_json::from_str(&job).expect("JSON");
    let rules = Selection::of(&KubeRay::default());
    let findings = evaluate(&Subject::created(&document, "uid"), &rules).findings;
    let denials =
        findings.iter().filter(|finding| finding.level == Level::Deny).map(|finding| finding.rule.code);
    denials.filter(|code| ABOUT_START.contains(code)).collect()
}
