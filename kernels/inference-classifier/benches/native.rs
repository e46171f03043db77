//! The native ceiling: the same classifier compiled for this machine, on the kernel's own inputs.

use std::{hint::black_box, path::Path};

use criterion::{Criterion, criterion_group, criterion_main};
use inference_classifier::{POSITIONS, classify, setup, tokenise};

fn read(path: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn classifier(criterion: &mut Criterion) {
    setup(&read("weights.bin")).expect("the committed weights are well-formed");
    for input in ["short", "snippet", "file"] {
        let text = String::from_utf8(read(&format!("inputs/{input}.txt"))).expect("inputs are text");
        criterion.bench_function(&format!("classify/{input}"), |bencher| bencher.iter(|| classify(black_box(&text))));
        criterion.bench_function(&format!("tokenise/{input}"), |bencher| {
            let mut ids = [0; POSITIONS];
            bencher.iter(|| tokenise(black_box(&text), 4096, &mut ids))
        });
    }
}

criterion_group!(benches, classifier);
criterion_main!(benches);
