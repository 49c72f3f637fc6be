//! What a request costs: CPU time of `raygate serve`, of a bare server of the same stack that answers a constant, and of
//! one that parses the body into a `serde_json::Value` before; beside them what that parse takes in a loop of its own,
//! the memory under load and the time to the first answer.
//!
//! `cargo bench --bench serve` prints a table, `cargo bench --bench serve -- small` some of its rows; the load is bounded
//! in number and runs on loopback. Only numbers of one run compare: the machine is rarely alone.

#![expect(clippy::print_stdout, reason = "the table is the result")]

mod echo;
mod load;
mod process;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use echo::Work;
use load::Load;
use process::{Pair, Server};

/// Requests of one measurement, after as many again divided by ten to warm up.
const REQUESTS: usize = 4_000;
const ROUNDS: usize = 8;
const STARTS: usize = 5;

/// Recorded reviews, if the repository has them.
const RECORDED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/core/benches/reviews");

fn main() {
    if std::env::args().any(|argument| argument == echo::ARGUMENT) {
        return echo::run();
    }
    let pair = Pair::make();
    println!(
        "| body | bytes | echo µs | with a parse µs | raygate µs | added, of a parse there | a parse alone µs | added, of it | raygate MiB |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    // cargo itself passes `--bench`.
    let wanted: Vec<_> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|part| name.contains(part));
    for (name, body) in bodies().into_iter().filter(|(name, _)| is_wanted(name)) {
        let load = Load::new(&pair, &body, path_of(&name));
        let (mut echo, mut parsing, mut raygate, mut resident) =
            (Duration::MAX, Duration::MAX, Duration::MAX, 0);
        // Alternating, and the best of each: what disturbs the machine disturbs both.
        for _ in 0..ROUNDS {
            echo = echo.min(cost(&Server::bare(Work::Nothing, &pair), &load));
            parsing = parsing.min(cost(&Server::bare(Work::Parse, &pair), &load));
            let server = Server::raygate(&pair);
            raygate = raygate.min(cost(&server, &load));
            resident = resident.max(server.peak_resident());
        }
        let parse = parse_cost(&body);
        let micros = |cost: Duration| cost.as_secs_f64() * 1e6;
        println!(
            "| {name} | {} | {:.1} | {:.1} | {:.1} | {:.2} | {:.1} | {:.2} | {:.1} |",
            body.len(),
            micros(echo),
            micros(parsing),
            micros(raygate),
            (micros(raygate) - micros(echo)) / (micros(parsing) - micros(echo)),
            micros(parse),
            (micros(raygate) - micros(echo)) / micros(parse),
            f64::from(resident) / 1024.0,
        );
    }
    let mut starts: Vec<_> = (0..STARTS).map(|_| time_to_first_answer(&pair)).collect();
    starts.sort();
    println!("\nfrom exec to the first answer: {:?} (median of {STARTS})", starts[STARTS / 2]);
}

/// Where the API server sent the review when it was recorded.
fn path_of(name: &str) -> &'static str {
    if name.ends_with("-mutate") { "/mutate" } else { "/validate" }
}

/// CPU time of the server for one request.
fn cost(server: &Server, load: &Load) -> Duration {
    load.run(server.address(), REQUESTS / 10);
    let before = server.cpu_time();
    load.run(server.address(), REQUESTS);
    server.cpu_time().saturating_sub(before) / u32::try_from(REQUESTS).unwrap_or(u32::MAX)
}

fn parse_cost(body: &[u8]) -> Duration {
    let batch = || {
        let started = Instant::now();
        for _ in 0..200 {
            black_box(serde_json::from_slice::<serde_json::Value>(black_box(body)).expect("JSON"));
        }
        started.elapsed() / 200
    };
    (0..20).map(|_| batch()).min().unwrap_or_default()
}

fn time_to_first_answer(pair: &Pair) -> Duration {
    let (name, body) = bodies().swap_remove(0);
    let load = Load::new(pair, &body, path_of(&name));
    let started = Instant::now();
    let server = Server::raygate(pair);
    load.run(server.address(), 1);
    started.elapsed()
}

/// The recorded reviews, smallest first; without any, three made from the example.
fn bodies() -> Vec<(String, Vec<u8>)> {
    let recorded = Path::new(RECORDED).read_dir().into_iter().flatten().flatten().map(|entry| entry.path());
    let mut bodies: Vec<_> = recorded
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            (name, std::fs::read(&path).expect("a review"))
        })
        .collect();
    if bodies.is_empty() {
        bodies = [1, 8, 50].map(|groups| (format!("made, {groups} groups"), made(groups))).into();
    }
    bodies.sort_by_key(|(_, body)| body.len());
    bodies
}

fn made(groups: usize) -> Vec<u8> {
    let example = include_str!("../../examples/review.json");
    let mut review: serde_json::Value = serde_json::from_str(example).expect("JSON");
    let list = &mut review["request"]["object"]["spec"]["rayClusterSpec"]["workerGroupSpecs"];
    let group = list[0].clone();
    *list = (0..groups)
        .map(|number| {
            let mut group = group.clone();
            group["groupName"] = format!("workers-{number}").into();
            group
        })
        .collect();
    review.to_string().into_bytes()
}
