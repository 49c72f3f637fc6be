//! The cost of reading an entrypoint: a program between quotes, a list of commands, and texts made to cost much.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use raygate_core::shell::{Reader, read};

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("entrypoint");
    for (size, bytes) in [("10 KB", 10 << 10), ("100 KB", 100 << 10), ("1 MB", 1 << 20)] {
        let fill = |piece: &str| piece.repeat(bytes / piece.len());
        for (kind, text) in [
            ("python -c", format!("python -c \"{}\"", fill("print(ray.get(task.remote('a')))\n"))),
            ("commands", fill("python train.py --seed 1 && ")),
            ("arguments", fill("--name='a b' \"$DATA/x\" \\\n ")),
            ("open quotes", fill("\"$(a '")),
            ("here-documents", fill("a <<E\n")),
        ] {
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_with_input(BenchmarkId::new(kind, size), &text, |bencher, text| {
                bencher.iter(|| read(black_box(text), Reader::K8sJob));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
