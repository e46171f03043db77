//! The kernel `inference-classifier`: which programming language is this snippet written in?
//!
//! A transformer encoder of two layers, trained by the script in `train/`, on the first 128 tokens of a text.
//! The weights come in by `setup`, as they would on a page; nothing here fetches or caches anything.

mod buffers;
mod classifier;
mod encoder;
mod gemm;
mod half;
mod lanes;
mod layer;
mod math;
mod tokens;
mod weights;

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

pub use classifier::Classifier;
pub use tokens::{POSITIONS, tokenise};

kernel_contract::contender!(classify, str => Vec<f32>);

thread_local! {
    static CLASSIFIER: RefCell<Option<Classifier>> = const { RefCell::new(None) };
}

#[wasm_bindgen]
extern "C" {
    /// What `setup` is given: the assets of the manifest by their names.
    pub type Assets;

    #[wasm_bindgen(method, getter)]
    fn weights(this: &Assets) -> Option<Vec<u8>>;
}

/// Takes the weights out of the assets; `classify` answers from then on.
///
/// # Errors
///
/// When there are no weights among the assets, or they are malformed.
#[wasm_bindgen(js_name = setup)]
pub fn setup_from_assets(assets: &Assets) -> Result<(), wasm_bindgen::JsError> {
    let weights = assets.weights().ok_or_else(|| wasm_bindgen::JsError::new("setup needs the asset `weights`"))?;
    setup(&weights).map_err(|reason| wasm_bindgen::JsError::new(&reason))
}

/// Reads a weights file; `classify` answers by it from then on, on this thread.
///
/// # Errors
///
/// When the file is malformed; an earlier set-up then stays as it was.
pub fn setup(weights: &[u8]) -> Result<(), String> {
    let classifier = Classifier::from_weights(weights)?;
    CLASSIFIER.set(Some(classifier));
    Ok(())
}

/// Gives the memory of the weights back. Until `setup` takes them in anew, `classify` has none to answer by.
#[wasm_bindgen]
pub fn release() {
    CLASSIFIER.take();
}

/// The probability of each language, in the order of `labels.json`; they add up to 1.
///
/// # Errors
///
/// Before `setup`.
pub fn classify(text: &str) -> Result<Vec<f32>, String> {
    CLASSIFIER.with_borrow_mut(|classifier| match classifier {
        Some(classifier) => Ok(classifier.probabilities(text)),
        None => Err("the classifier has no weights yet: call setup(assets) first".to_owned()),
    })
}
