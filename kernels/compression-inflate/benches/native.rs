//! The same job without a browser: the ceiling that this machine's native code sets.

use compression_inflate::decompress;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::sync::LazyLock;

fn native(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("compression-inflate");
    for (name, bytes) in [("small", 65_536), ("2.3MB", 9_090_000), ("9.3MB", 36_360_000)] {
        let content = move || crossover_inputs::records(42, bytes);
        let file = LazyLock::new(move || crossover_inputs::gzip(&content(), 6).expect("there is a level 6"));
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_function(name, |bencher| bencher.iter(|| decompress(black_box(&file))));
    }
    group.finish();
}

criterion_group!(benches, native);
criterion_main!(benches);
