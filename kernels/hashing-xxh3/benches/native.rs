//! The same job without a browser: the ceiling that this machine's native code sets.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hashing_xxh3::digest;
use std::hint::black_box;

fn native(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("hashing-xxh3");
    for (name, bytes) in [("64B", 64), ("4KB", 1 << 12), ("1MB", 1 << 20), ("16MB", 1 << 24)] {
        let input = crossover_inputs::random(7, bytes);
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_function(name, |bencher| bencher.iter(|| digest(black_box(&input))));
    }
    group.finish();
}

criterion_group!(benches, native);
criterion_main!(benches);
