//! The native ceiling: the same highlighter compiled for this machine, on the kernel's own inputs.

use std::{hint::black_box, path::Path};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use text_highlight::highlight;

fn native(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("text-highlight");
    for name in ["javascript", "rust", "large"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("inputs/{name}.txt"));
        let source = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        group.throughput(Throughput::Bytes(source.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| highlight(black_box(&source))));
    }
    group.finish();
}

criterion_group!(benches, native);
criterion_main!(benches);
