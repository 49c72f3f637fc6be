//! `admit`, judged and completed with all rules, against parsing the same bytes into `serde_json::Value`.
//!
//! `cargo bench -p raygate-core --bench admit` prints the ratios at the end; 0.7 is the goal for each.

#![expect(clippy::print_stdout, reason = "the table is what a bench is run for")]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, Throughput};
use raygate_core::admission::{Configuration, Endpoint, admit};

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let reviews = reviews();
    for (name, body) in &reviews {
        measure(&mut criterion, name, body);
    }
    criterion.final_summary();
    print_ratios(reviews.iter().map(|(name, _)| name.as_str()));
}

/// The recorded reviews, by name. Those that were sent to `/mutate` say so in their names.
fn reviews() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/reviews");
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("core/benches/reviews holds recorded reviews")
        .map(|entry| entry.expect("a readable entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    paths.sort();
    let name = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read(path).expect("a readable review"))).collect()
}

fn measure(criterion: &mut Criterion, name: &str, body: &[u8]) {
    let configuration = Configuration::default();
    let endpoint = if name.ends_with("-mutate") { Endpoint::Mutate } else { Endpoint::Validate };
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(body.len() as u64));
    group.bench_function("value", |bencher| {
        bencher.iter(|| serde_json::from_slice::<serde_json::Value>(black_box(body)).expect("JSON"));
    });
    group.bench_function("admit", |bencher| {
        bencher.iter(|| admit(endpoint, black_box(body), &configuration).expect("a review"));
    });
    group.finish();
}

fn print_ratios<'a>(names: impl Iterator<Item = &'a str>) {
    println!("{:45} {:>10} {:>10} {:>6}", "median, µs", "value", "admit", "ratio");
    for name in names {
        if let (Some(value), Some(admit)) = (median(name, "value"), median(name, "admit")) {
            println!("{name:45} {:>10.2} {:>10.2} {:>6.2}", value / 1e3, admit / 1e3, admit / value);
        }
    }
}

/// Nanoseconds, from what criterion has just written.
fn median(group: &str, function: &str) -> Option<f64> {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    let estimates = target.join("criterion").join(group).join(function).join("new/estimates.json");
    let estimates: serde_json::Value = serde_json::from_slice(&fs::read(estimates).ok()?).ok()?;
    estimates["median"]["point_estimate"].as_f64()
}
