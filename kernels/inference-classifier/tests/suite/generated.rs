//! Generated weights, as the kernel `inference-encoder` has them: of any shape, and read by the same code.

use crossover_inputs::Rng;
use inference_classifier::{Classifier, POSITIONS};

use super::weights::{EncoderShape, encoder, standard, to_half};

fn generated(shape: EncoderShape) -> Classifier {
    Classifier::from_weights(&encoder(1, shape)).expect("generated weights are well-formed")
}

#[test]
fn the_answers_are_those_of_onnx_runtime() {
    let shape = EncoderShape { vocabulary: 64, width: 32, layers: 2, heads: 2, hidden: 64, labels: 4 };
    let mut model = generated(shape);
    // From onnxruntime 1.32 in Python, on the graph that train/onnx_graph.py makes of this shape.
    for (text, expected) in [
        ("", [0.000_244, 0.003_732, 0.305_463, 0.690_56]),
        ("fn main() {}\n", [0.054_689, 0.173_895, 0.350_9, 0.420_516]),
        (&*"\tlet café = 12_345;\n".repeat(20), [0.019_168, 0.062_076, 0.737_559, 0.181_197]),
    ] {
        let own = model.probabilities(text);
        assert!(own.iter().zip(expected).all(|(own, expected)| (own - expected).abs() < 1e-5), "{own:?} for {text:?}");
    }
}

#[test]
fn a_model_of_minilms_shape_answers_every_text() {
    let shape = EncoderShape { vocabulary: 8192, width: 384, layers: 6, heads: 12, hidden: 1536, labels: 16 };
    let mut model = generated(shape);
    let answers = ["", "let x = 1;", &"- name: [a, b]\n".repeat(50)].map(|text| model.probabilities(text));
    for answer in &answers {
        assert_eq!(answer.len(), 16);
        assert!((answer.iter().sum::<f32>() - 1.0).abs() < 1e-5, "{answer:?}");
    }
    assert!(answers[0] != answers[1] && answers[1] != answers[2]);
}

const SMALL: EncoderShape = EncoderShape { vocabulary: 32, width: 16, layers: 2, heads: 2, hidden: 24, labels: 3 };

#[test]
fn the_bytes_are_the_same_on_every_platform() {
    // FNV-1a, written out because the inputs need no other hash.
    let hash = encoder(1, SMALL)
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    assert_eq!(hash, 4_049_310_990_948_073_152);
    assert_ne!(encoder(1, SMALL), encoder(2, SMALL));
}

#[test]
fn a_file_holds_its_header_and_every_parameter() {
    let file = encoder(1, SMALL);
    assert_eq!(file[..8], *b"LNGCLASS");
    let fields: Vec<u32> = file[8..44].as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect();
    assert_eq!(fields, [1, 32, 128, 16, 2, 2, 24, 3, 8]);
    assert_eq!(file[44..52], *b"0\n1\n2\n\n\n");
    assert_eq!(file.len() as u64, 52 + 2 * parameters(SMALL));
}

#[test]
fn numbers_spread_as_a_normal_distribution_does() {
    let mut rng = Rng::new(1);
    let numbers: Vec<f64> = (0..10_000).map(|_| standard(&mut rng)).collect();
    let mean = numbers.iter().sum::<f64>() / 10_000.0;
    let variance = numbers.iter().map(|number| (number - mean).powi(2)).sum::<f64>() / 10_000.0;
    assert!(mean.abs() < 0.05 && (variance - 1.0).abs() < 0.05, "{mean} and {variance}");
}

#[test]
fn halves_are_the_nearest() {
    let cases = [
        (1.0, 0x3c00),
        (-2.0, 0xc000),
        (1.0 / 3.0, 0x3555),
        (0.0, 0),
        (2.0_f32.powi(-24), 1),
        (1.0 + 2.0_f32.powi(-11), 0x3c00),
        (1.0 + 3.0 * 2.0_f32.powi(-11), 0x3c02),
        (2.0_f32.powi(-14) * 0.999_99, 0x0400),
    ];
    for (number, half) in cases {
        assert_eq!(to_half(number), half, "{number}");
    }
}

/// Numbers of all tensors together.
fn parameters(shape: EncoderShape) -> u64 {
    let EncoderShape { vocabulary, width, layers, hidden, labels, .. } = shape;
    let [vocabulary, width, layers, hidden, labels] = [vocabulary, width, layers, hidden, labels].map(u64::from);
    let layer = 4 * width * width + 2 * width * hidden + 9 * width + hidden;
    (vocabulary + POSITIONS as u64) * width + layers * layer + 2 * width + (width + 1) * labels
}
