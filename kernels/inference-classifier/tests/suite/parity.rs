//! The same tokens and logits as the training script, on the texts that it exported.

use inference_classifier::{POSITIONS, classify, release, setup, tokenise};
use serde::Deserialize;

use crate::common::{classifier, json, read};

#[derive(Deserialize)]
struct Reference {
    text: String,
    tokens: Vec<u32>,
    logits: Vec<f32>,
}

#[test]
fn tokens_and_logits_are_those_of_the_training_script() {
    let mut classifier = classifier();
    for reference in json::<Vec<Reference>>("references.json") {
        let mut ids = [0; POSITIONS];
        let count = tokenise(&reference.text, 4096, &mut ids);
        assert_eq!(ids[..count], reference.tokens, "tokens of {:?}", reference.text);
        let logits = classifier.logits(&reference.text);
        assert_eq!(logits.len(), reference.logits.len());
        for (own, expected) in logits.iter().zip(&reference.logits) {
            assert!((own - expected).abs() < 1e-3, "{own} is not {expected} for {:?}", reference.text);
        }
    }
}

#[test]
fn an_answer_leaves_no_trace_in_the_next() {
    // The buffers are shared by all calls: a long text must not colour the short one after it.
    let mut classifier = classifier();
    let alone = classifier.logits("let x = 1;");
    classifier.logits(&"- name: [a, b]\n".repeat(50));
    assert_eq!(classifier.logits("let x = 1;"), alone);
}

#[test]
fn the_labels_are_those_of_labels_json() {
    assert_eq!(classifier().labels(), json::<Vec<String>>("labels.json"));
}

#[test]
fn classify_needs_weights_and_gives_probabilities() {
    assert!(classify("x").expect_err("no weights yet").contains("setup"));
    setup(&read("weights.bin")).expect("the committed weights are well-formed");
    let probabilities = classify("fn main() {}").expect("there are weights now");
    assert_eq!(probabilities.len(), json::<Vec<String>>("labels.json").len());
    assert!((probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    release();
    assert!(classify("x").expect_err("they were given back").contains("setup"));
    setup(&read("weights.bin")).expect("they can be had again");
    assert_eq!(classify("fn main() {}"), Ok(probabilities));
}
