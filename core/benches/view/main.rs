//! How to hold a RayJob while it is judged: three ways, each against `serde_json::Value` over the same bytes.
//!
//! `cargo bench -p raygate-core --bench view`. What came out, and what was chosen, is in CONTRIBUTING.md.

#![expect(clippy::print_stdout, reason = "the table is what a bench is run for")]

mod tree;
mod typed;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use raygate_core::document::Document;
use raygate_core::rayjob::RayJob;
use serde::Deserialize;
use serde_json::Value;

/// Runs of which the fastest counts, and time of each.
const ROUNDS: u32 = 30;
const ROUND: Duration = Duration::from_millis(20);

/// The envelope around whatever holds the object.
#[derive(Deserialize)]
struct Review<T> {
    request: Request<T>,
}

#[derive(Deserialize)]
struct Request<T> {
    object: T,
}

fn main() {
    println!(
        "{:14} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "review", "bytes", "value µs", "tree", "typed", "document"
    );
    for name in ["small-create", "medium-create", "large-create"] {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/reviews").join(name).with_extension("json");
        let body = fs::read_to_string(path).expect("a recorded review");
        let value = fastest(|| drop(black_box(serde_json::from_str::<Value>(&body).expect("JSON"))));
        let ratio = |time: Duration| time.as_secs_f64() / value.as_secs_f64();
        let tree = fastest(|| drop(black_box(read::<tree::Tree<'_>>(&body))));
        let typed = fastest(|| drop(black_box(read::<typed::Lenient<typed::RayJob<'_>>>(&body))));
        let document = fastest(|| {
            let review = read::<Document<'_>>(&body);
            drop(black_box(RayJob::of(&review.request.object)));
        });
        let micros = value.as_secs_f64() * 1e6;
        let (tree, typed, document) = (ratio(tree), ratio(typed), ratio(document));
        println!("{name:14} {:>9} {micros:>9.1} {tree:>9.2} {typed:>9.2} {document:>9.2}", body.len());
    }
}

fn read<'de, T: Deserialize<'de>>(body: &'de str) -> Review<T> {
    serde_json::from_str(body).expect("a review")
}

/// The time of one call in the fastest round: the others were disturbed.
fn fastest(mut call: impl FnMut()) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let mut calls = 0;
        while start.elapsed() < ROUND {
            call();
            calls += 1;
        }
        best = best.min(start.elapsed() / calls);
    }
    best
}
