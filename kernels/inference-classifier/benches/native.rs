//! The native ceiling: the same encoder compiled for this machine, on the kernel's own inputs, and with the weights of the
//! kernel `inference-encoder`.

#[path = "../tests/suite/weights.rs"]
mod weights;

use std::{hint::black_box, path::Path};

use criterion::{Criterion, criterion_group, criterion_main};
use inference_classifier::{POSITIONS, classify, setup, tokenise};
use weights::{EncoderShape, encoder};

fn read(path: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn classifier(criterion: &mut Criterion) {
    setup(&read("weights.bin")).expect("the committed weights are well-formed");
    for input in ["short", "snippet", "file"] {
        let text = String::from_utf8(read(&format!("inputs/{input}.txt"))).expect("inputs are text");
        criterion.bench_function(&format!("inference-classifier/{input}"), |bencher| {
            bencher.iter(|| classify(black_box(&text)))
        });
        criterion.bench_function(&format!("tokenise/{input}"), |bencher| {
            let mut ids = [0; POSITIONS];
            bencher.iter(|| tokenise(black_box(&text), 4096, &mut ids))
        });
    }
}

fn minilm_shaped(criterion: &mut Criterion) {
    let shape = EncoderShape { vocabulary: 8192, width: 384, layers: 6, heads: 12, hidden: 1536, labels: 16 };
    setup(&encoder(1, shape)).expect("generated weights are well-formed");
    for input in ["short", "snippet"] {
        let text = String::from_utf8(read(&format!("inputs/{input}.txt"))).expect("inputs are text");
        criterion.bench_function(&format!("inference-encoder/{input}"), |bencher| {
            bencher.iter(|| classify(black_box(&text)))
        });
    }
}

criterion_group!(benches, classifier, minilm_shaped);
criterion_main!(benches);
