//! The same job without a browser: the ceiling that this machine's native code sets.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use text_json::columns;

fn native(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("text-json");
    for (name, bytes) in [("40KB", 40_000), ("4MB", 4_000_000)] {
        let input = crossover_inputs::records(7, bytes);
        group.throughput(Throughput::Bytes(input.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| columns(black_box(&input))));
    }
    group.finish();
}

criterion_group!(benches, native);
criterion_main!(benches);
