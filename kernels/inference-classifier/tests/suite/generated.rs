//! Generated weights, as the kernel `inference-encoder` has them: of any shape, and read by the same code.

use inference_classifier::Classifier;

use super::weights::{EncoderShape, encoder};

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
