//! The cost of reading a runtime environment, as lines and as JSON, beside serde_json on that JSON.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use raygate_core::runtime_env;
use serde_json::{Value, json};

/// A runtime environment with so many packages and variables, as YAML and as JSON.
fn runtime_environment(count: usize) -> (String, String) {
    let mut yaml =
        "# the team's runtime environment\nworking_dir: \"s3://bucket/path/app.zip\"\npip:\n".to_owned();
    let mut packages = Vec::new();
    let mut variables = serde_json::Map::new();
    for number in 0..count {
        let package = format!("package-{number}==1.{number}.0");
        writeln!(yaml, "  - {package}").expect("a string takes all");
        packages.push(package);
    }
    yaml.push_str("env_vars:\n");
    for number in 0..count {
        let (name, value) = (format!("VARIABLE_{number}"), format!("value of {number}"));
        match number % 3 {
            0 => writeln!(yaml, "  {name}: \"{value}\""),
            1 => writeln!(yaml, "  {name}: '{value}'  # note"),
            _ => writeln!(yaml, "  {name}: {value}"),
        }
        .expect("a string takes all");
        variables.insert(name, value.into());
    }
    yaml.push_str("config:\n  setup_timeout_seconds: 1800\n  eager_install: false\n");
    let config = json!({"setup_timeout_seconds": 1800, "eager_install": false});
    let value = json!({"working_dir": "s3://bucket/path/app.zip", "pip": packages, "env_vars": variables, "config": config});
    (yaml, value.to_string())
}

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("runtime environment");
    for (size, count) in [("2 KB", 36), ("50 KB", 850)] {
        let (yaml, json) = runtime_environment(count);
        group.throughput(Throughput::Bytes(yaml.len() as u64));
        group.bench_with_input(BenchmarkId::new("yaml block", size), &yaml, |bencher, text| {
            bencher.iter(|| runtime_env::read(black_box(text)));
        });
        let value: Value = serde_json::from_str(&json).expect("it was just written");
        let indented = serde_json::to_string_pretty(&value).expect("JSON can be written");
        for (layout, text) in [("on one line", json), ("indented", indented)] {
            group.throughput(Throughput::Bytes(text.len() as u64));
            let id = |reader| BenchmarkId::new(format!("{reader}, JSON {layout}"), size);
            group.bench_with_input(id("yaml"), &text, |bencher, text| {
                bencher.iter(|| runtime_env::read(black_box(text)));
            });
            group.bench_with_input(id("serde_json"), &text, |bencher, text| {
                bencher.iter(|| serde_json::from_str::<Value>(black_box(text)));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
