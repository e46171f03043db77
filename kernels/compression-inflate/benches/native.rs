//! The same job without a browser: the ceiling that this machine's native code sets.

use compression_inflate::decompress;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

fn native(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("compression-inflate");
    for (name, bytes) in [("small", 65_536), ("2.3MB", 9_090_000)] {
        let content = crossover_inputs::records(42, bytes);
        let file = crossover_inputs::gzip(&content, 6).expect("there is a level 6");
        group.throughput(Throughput::Bytes(content.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| decompress(black_box(&file))));
    }
    group.finish();
}

criterion_group!(benches, native);
criterion_main!(benches);
