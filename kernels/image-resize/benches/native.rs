//! The same job without a browser: the ceiling that this machine's native code sets.

use std::hint::black_box;
use std::sync::LazyLock;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use crossover_inputs::raw_photo;

fn native(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("image-resize");
    group.sample_size(10);
    for (name, seed, width, height) in [("small", 3, 800, 600), ("3MP", 2, 2048, 1536), ("12MP", 1, 4000, 3000)] {
        // Made when it is measured, which may be one of them.
        let input = LazyLock::new(move || raw_photo(seed, width, height).expect("the sizes are possible ones"));
        group.throughput(Throughput::Elements(u64::from(width) * u64::from(height)));
        group.bench_function(name, |bencher| bencher.iter(|| image_resize::reduce(black_box(&input))));
    }
    group.finish();
}

criterion_group!(benches, native);
criterion_main!(benches);
