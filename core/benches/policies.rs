//! `admit` under 1,000 policies of which three are about the job, against `admit` under those three alone; and how long
//! 1,000 policies take to compile.
//!
//! `cargo bench -p raygate-core --bench policies` prints the ratios at the end; 1.1 is the goal for each.

#![expect(clippy::print_stdout, reason = "the table is what a bench is run for")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::Criterion;
use raygate_core::admission::{Configuration, Endpoint, Namespaces, admit};
use raygate_core::policy::spec::PolicySpec;
use raygate_core::policy::{Policies, Policy, read};
use serde_json::{Value, json};

/// The namespace in the recorded reviews.
const NAMESPACE: &str = "default";

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let few: Vec<_> = (0..3).map(about_the_job).collect();
    let many: Vec<_> = few.iter().cloned().chain((0..997).map(about_others)).collect();
    let reviews = ["small-create", "small-create-mutate", "medium-create", "large-create", "small-update"];
    for name in reviews {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("benches/reviews/{name}.json"));
        let body = std::fs::read(file).expect("a readable review");
        let endpoint = if name.ends_with("-mutate") { Endpoint::Mutate } else { Endpoint::Validate };
        let mut group = criterion.benchmark_group(name);
        for (label, specs) in [("3 policies", &few), ("1,000 policies", &many)] {
            let configuration = configuration(specs);
            group.bench_function(label, |bencher| {
                bencher.iter(|| admit(endpoint, black_box(&body), &configuration).expect("a review"));
            });
        }
        group.finish();
    }
    criterion.final_summary();
    println!("{:25} {:>12} {:>15} {:>6}", "median, µs", "3 policies", "1,000 policies", "ratio");
    for name in reviews {
        if let (Some(few), Some(many)) = (median(name, "3 policies"), median(name, "1,000 policies")) {
            println!("{name:25} {:>12.2} {:>15.2} {:>6.2}", few / 1e3, many / 1e3, many / few);
        }
    }
    let fastest = (0..5).map(|_| time_to_compile(&many)).min().unwrap_or_default();
    println!("1,000 policies are read and compiled in {} ms", fastest.as_millis());
}

/// A policy with something of everything, about the job of the reviews.
fn about_the_job(index: usize) -> Value {
    let matches = [
        json!({"namespaces": [NAMESPACE]}),
        json!({"namespaceSelector": {"matchLabels": {"tier": "gpu"}}}),
        json!({"namespaces": ["def*"]}),
    ];
    with_demands(&matches[index % matches.len()])
}

/// The same, about jobs elsewhere, selected in each way that there is.
fn about_others(index: usize) -> Value {
    let matches = match index % 6 {
        0 => json!({"namespaces": [format!("team-{index}")]}),
        1 => json!({"namespaces": [format!("team-{index}-*"), format!("group-{index}-*")]}),
        2 => json!({"namespaceSelector": {"matchLabels": {"team": format!("t{index}")}}}),
        3 => json!({"objectSelector": {"matchLabels": {"team": format!("t{index}")}}}),
        4 => json!({"subjects": [{"kind": "Group", "name": format!("group-{index}")}]}),
        _ => json!({"names": [format!("nightly-{index}-*")]}),
    };
    with_demands(&matches)
}

fn with_demands(matches: &Value) -> Value {
    json!({
        "match": matches,
        "rules": [{"rules": ["cluster-outlives-job"], "action": "Deny"}, {"rules": ["resources/*"], "action": "Warn"}],
        "require": {"labels": {"cost-center": "[A-Z]{3}-[0-9]+"}},
        "limits": {
            "activeDeadlineSeconds": {"max": 604_800},
            "images": {"allow": ["registry.example.com/*", "rayproject/*"]},
            "rayVersion": ">=2.9",
        },
    })
}

fn configuration(specs: &[Value]) -> Configuration {
    let labels = BTreeMap::from([("tier".to_owned(), "gpu".to_owned())]);
    let namespaces: Namespaces = [(NAMESPACE.to_owned(), labels)].into_iter().collect();
    Configuration::default().under(compiled(specs)).knowing(Arc::new(namespaces))
}

fn compiled(specs: &[Value]) -> Policies {
    let policy = |(index, spec): (usize, &Value)| {
        let spec: PolicySpec = read(spec).expect("the shape of a policy");
        Arc::new(Policy::compile(&format!("p{index}"), &spec).expect("a policy"))
    };
    Policies::new(specs.iter().enumerate().map(policy), 0)
}

fn time_to_compile(specs: &[Value]) -> Duration {
    let begin = Instant::now();
    black_box(compiled(black_box(specs)));
    begin.elapsed()
}

/// Nanoseconds, from what criterion has just written.
fn median(group: &str, function: &str) -> Option<f64> {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    let estimates = target.join("criterion").join(group).join(function).join("new/estimates.json");
    let estimates: Value = serde_json::from_slice(&std::fs::read(estimates).ok()?).ok()?;
    estimates["median"]["point_estimate"].as_f64()
}
