//! The native ceiling: the same thumbnail without a browser.

use std::hint::black_box;
use std::sync::LazyLock;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use crossover_inputs::photo;

fn thumbnails(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("image-thumbnail");
    group.sample_size(10);
    for (name, seed, width, height) in [("small", 3, 800, 600), ("12MP", 1, 4000, 3000), ("24MP", 2, 6000, 4000)] {
        // Made when it is measured, which may be one of them.
        let input = LazyLock::new(move || photo(seed, width, height, 90).expect("the sizes are possible ones"));
        group.throughput(Throughput::Elements(u64::from(width) * u64::from(height)));
        group.bench_function(name, |bencher| bencher.iter(|| image_thumbnail::thumbnail(black_box(&input))));
    }
    group.finish();
}

criterion_group!(benches, thumbnails);
criterion_main!(benches);
