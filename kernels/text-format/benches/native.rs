//! The same job without a browser: the ceiling that this machine's native code sets.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use text_format::format;

fn native(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("text-format");
    for (name, rows) in [("1k", 1000_usize), ("100k", 100_000)] {
        let values: Vec<f64> = (0..rows).map(|row| (row * 7919 % 900_000) as f64 / 1e4 + 10.0).collect();
        group.throughput(Throughput::Elements(rows as u64));
        group.bench_function(name, |bencher| bencher.iter(|| format(black_box(&values))));
    }
    group.finish();
}

criterion_group!(benches, native);
criterion_main!(benches);
