//! What the texts inside a job cost to read: each parser at 10 KB, 100 KB and 1 MB, of good texts and of such as are made
//! to cost much; then a whole job with a large runtime environment beside `PyYAML`'s C loader on the same text.
//!
//! `cargo bench -p raygate-core --bench embedded` prints the tables of docs/performance.md. `PyYAML` comes with the virtual
//! environment that `cargo test -p raygate-core --test ray` installs.

#![expect(clippy::print_stdout, reason = "its tables are its purpose")]

mod texts;

use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use raygate_core::document::Document;
use raygate_core::evaluate::evaluate;
use raygate_core::kuberay::KubeRay;
use raygate_core::quantity::Quantity;
use raygate_core::ray_image::RayImage;
use raygate_core::ray_start::{problem_for_autoscaler, problem_for_kuberay, problem_for_ray};
use raygate_core::rules::Selection;
use raygate_core::runtime_env;
use raygate_core::runtime_env::requirement::Line;
use raygate_core::secrets::{secret_in, secret_in_command};
use raygate_core::shell::{self, Reader};
use raygate_core::subject::Subject;
use serde_json::json;

/// How much of the processor each text gets.
const PATIENCE: Duration = Duration::from_millis(300);

/// What this thread has used of a processor: a busy machine changes it little.
fn used() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    Duration::from_nanos(text.split(' ').next().and_then(|time| time.parse().ok()).expect("nanoseconds"))
}

/// The time of one call on a processor, in microseconds: the mean of many.
fn mean(mut call: impl FnMut()) -> f64 {
    let (begin, mut calls, mut batch) = (used(), 0_u32, 1);
    loop {
        (0..batch).for_each(|_| call());
        calls += batch;
        let spent = used().saturating_sub(begin);
        if spent >= PATIENCE {
            return spent.as_secs_f64() * 1e6 / f64::from(calls);
        }
        batch = calls.min(10_000);
    }
}

/// Reads a text and forgets what it says.
type Parser = fn(&str);

const PARSERS: [(&str, Parser); 7] = [
    ("runtime environment", |text| drop(black_box(runtime_env::read(text)))),
    ("requirements", |text| {
        for line in text.lines() {
            black_box(Line::of(line));
        }
    }),
    ("entrypoint", |text| drop(black_box(shell::read(text, Reader::K8sJob)))),
    ("resources of `ray start`", |text| {
        black_box((problem_for_ray(text), problem_for_kuberay(text), problem_for_autoscaler(text)));
    }),
    ("image", |text| {
        black_box(RayImage::of(text));
    }),
    ("quantity", |text| drop(black_box(Quantity::from_json_text(text)))),
    ("secrets", |text| {
        black_box((secret_in(text), secret_in_command([((), text)])));
    }),
];

fn main() {
    println!("| parser | text | 10 KB, µs | 100 KB, µs | 1 MB, µs | a tenfold text takes |");
    println!("|---|---|---:|---:|---:|---:|");
    for (parser, read) in PARSERS {
        for (kind, text_of) in texts::of(parser) {
            let sizes = [10 << 10, 100 << 10, 1000 << 10].map(text_of);
            let [small, medium, large] = sizes.map(|text| mean(|| read(black_box(&text))));
            println!(
                "| {parser} | {kind} | {small:.1} | {medium:.1} | {large:.1} | {:.1}, then {:.1} times as long |",
                medium / small,
                large / medium
            );
        }
    }
    println!("\n| a job judged with | 10 KB, µs | 100 KB, µs | 1 MB, µs | a tenfold text takes |");
    println!("|---|---:|---:|---:|---:|");
    for (kind, text_of) in texts::ENVIRONMENTS {
        let [small, medium, large] = [10 << 10, 100 << 10, 1000 << 10].map(|bytes| judge(&text_of(bytes)));
        let (then, at_last) = (medium / small, large / medium);
        println!(
            "| {kind} | {small:.0} | {medium:.0} | {large:.0} | {then:.1}, then {at_last:.1} times as long |"
        );
    }
    let environment = texts::environment_with_requirements(500, 50 << 10);
    let judged = judge(&environment);
    let loaded = load_with_python(&environment);
    println!("\n| {} bytes with 500 requirements | µs |\n|---|---:|", environment.len());
    println!("| a job with it: parsed, and judged by all rules | {judged:.0} |");
    println!("| the same job without it | {:.0} |", judge(""));
    println!("| PyYAML's `CSafeLoader` on the text alone | {loaded:.0} |");
}

/// How long a small job with that runtime environment takes, with its parse.
fn judge(environment: &str) -> f64 {
    let containers =
        json!({"spec": {"containers": [{"name": "ray-head", "image": "rayproject/ray:2.52.0"}]}});
    let job = json!({
        "apiVersion": "ray.io/v1", "kind": "RayJob", "metadata": {"name": "train", "namespace": "default"},
        "spec": {
            "entrypoint": "python train.py", "shutdownAfterJobFinishes": true, "runtimeEnvYAML": environment,
            "rayClusterSpec": {"headGroupSpec": {"rayStartParams": {}, "template": containers}},
        },
    })
    .to_string();
    let rules = Selection::of(&KubeRay::default());
    mean(|| {
        let document: Document<'_> = serde_json::from_str(black_box(&job)).expect("JSON");
        black_box(evaluate(&Subject::created(&document, "uid"), &rules).findings.len());
    })
}

/// How long `PyYAML` takes for the text, as `pyyaml.py` beside this file measures it.
fn load_with_python(text: &str) -> f64 {
    let python = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ray-2.60.0/bin/python");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/embedded/pyyaml.py");
    let child = Command::new(&python).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = child.unwrap_or_else(|error| {
        let name = python.display();
        eprintln_and_exit(&format!("{name}: {error}; run `cargo test -p raygate-core --test ray` first"))
    });
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("Python reads");
    let output = child.wait_with_output().expect("Python ends");
    String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number of microseconds")
}

#[expect(clippy::print_stderr, reason = "it says why there is no figure")]
fn eprintln_and_exit(reason: &str) -> ! {
    eprintln!("{reason}");
    std::process::exit(1)
}
