//! What the tests of this kernel share: the committed files.

use std::path::Path;

use inference_classifier::Classifier;
use serde::de::DeserializeOwned;

/// A file of the kernel's folder.
pub fn read(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A JSON file of the kernel's folder.
pub fn json<T: DeserializeOwned>(name: &str) -> T {
    serde_json::from_slice(&read(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The classifier with the committed weights.
pub fn classifier() -> Classifier {
    Classifier::from_weights(&read("weights.bin")).expect("the committed weights are well-formed")
}
