//! The same job without a browser: the ceiling that this machine's native code sets.

use compression_deflate::compress;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::sync::LazyLock;

fn native(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("compression-deflate");
    for (name, bytes) in [("small", 65_536), ("2MB", 1 << 21), ("9MB", 9_090_000)] {
        let content = LazyLock::new(move || crossover_inputs::records(42, bytes));
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_function(name, |bencher| bencher.iter(|| compress(black_box(&content))));
    }
    group.finish();
}

criterion_group!(benches, native);
criterion_main!(benches);
