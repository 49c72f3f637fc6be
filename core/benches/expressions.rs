//! Judging a review under a policy with five expressions, against judging it under one without.
//!
//! `cargo bench -p raygate-core --bench expressions` prints the ratios at the end.

#![expect(clippy::print_stdout, reason = "the table is what a bench is run for")]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, Throughput};
use raygate_core::admission::{Configuration, Endpoint, admit};
use raygate_core::policy::{Policies, Policy};
use serde_json::{Value, json};

/// The evaluations of one sample.
const EVALUATIONS: u64 = 10_000;
const REVIEWS: [&str; 2] = ["small-create", "medium-create"];
const EXPRESSIONS: [&str; 5] = [
    "job.gpuHours <= 500.0 || 'ray-operators' in request.userInfo.groups",
    "job.groups.all(g, g.totals.gpus <= 16.0 && g.image.matches('^[a-z0-9./_-]+(:[a-zA-Z0-9._-]+)?$'))",
    "job.runtimeEnv == null || !has(job.runtimeEnv.pip) || job.runtimeEnv.pip.all(p, p.contains('=='))",
    "object.spec.rayClusterSpec.headGroupSpec.template.spec.containers.all(c, !c.image.endsWith(':latest'))",
    "oldObject == null || object.spec.entrypoint == oldObject.spec.entrypoint",
];

fn main() {
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    for review in REVIEWS {
        measure(&mut criterion, review);
    }
    compile(&mut criterion);
    criterion.final_summary();
    println!("{:30} {:>10} {:>10} {:>6}", "median, µs each", "without", "with five", "ratio");
    for review in REVIEWS {
        if let (Some(without), Some(with)) = (median(review, "without"), median(review, "with")) {
            println!("{review:30} {without:>10.2} {with:>10.2} {:>6.2}", with / without);
        }
    }
}

fn spec(expressions: &[&str]) -> Value {
    let validations = expressions.iter().map(|text| json!({"expression": text, "message": "no"}));
    json!({"validations": validations.collect::<Vec<_>>()})
}

fn policy(spec: &Value) -> Policy {
    let spec = serde_json::from_value(spec.clone()).expect("the shape of a policy");
    Policy::compile("p", &spec).expect("a policy without mistakes")
}

fn measure(criterion: &mut Criterion, review: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/reviews").join(format!("{review}.json"));
    let body = fs::read(path).expect("a recorded review");
    let mut group = criterion.benchmark_group(format!("expressions-{review}"));
    group.throughput(Throughput::Elements(EVALUATIONS));
    for (name, expressions) in [("without", &[][..]), ("with", &EXPRESSIONS)] {
        let policies = Policies::new([Arc::new(policy(&spec(expressions)))], 0);
        let configuration = Configuration::default().under(policies);
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for _ in 0..EVALUATIONS {
                    admit(Endpoint::Validate, black_box(&body), &configuration).expect("a review");
                }
            });
        });
    }
    group.finish();
}

fn compile(criterion: &mut Criterion) {
    let spec = spec(&EXPRESSIONS);
    criterion.bench_function("compile-1000-policies-with-five-expressions", |bencher| {
        bencher.iter_batched(
            || (),
            |()| (0..1000).map(|_| policy(&spec)).collect::<Vec<_>>(),
            BatchSize::PerIteration,
        );
    });
}

/// Microseconds of one evaluation, from what criterion has just written.
fn median(review: &str, function: &str) -> Option<f64> {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/criterion");
    let estimates = target.join(format!("expressions-{review}")).join(function).join("new/estimates.json");
    let estimates: Value = serde_json::from_slice(&fs::read(estimates).ok()?).ok()?;
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    Some(estimates["median"]["point_estimate"].as_f64()? / EVALUATIONS as f64 / 1e3)
}
