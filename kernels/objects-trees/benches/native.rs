//! The same job without a browser: the ceiling that this machine's native code sets.

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;

fn native(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("objects-trees");
    group.sample_size(10);
    for depth in [10, 14, 16] {
        group.bench_function(format!("depth-{depth}"), |bencher| {
            bencher.iter(|| objects_trees::trees(black_box(depth)));
        });
    }
    group.finish();
}

criterion_group!(benches, native);
criterion_main!(benches);
