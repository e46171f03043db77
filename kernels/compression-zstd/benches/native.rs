//! The same job without a browser: the ceiling that this machine's native code sets.

use compression_zstd::decompress;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::sync::LazyLock;

fn native(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("compression-zstd");
    for (name, bytes) in [("small", 65_536), ("2.4MB", 9_090_000), ("10MB", 36_360_000)] {
        let content = move || crossover_inputs::records(42, bytes);
        let file = LazyLock::new(move || crossover_inputs::zstd(&content(), 3).expect("the encoder has memory enough"));
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_function(name, |bencher| bencher.iter(|| decompress(black_box(&file))));
    }
    group.finish();
}

criterion_group!(benches, native);
criterion_main!(benches);
