//! A call without arguments and without an answer: what every crossing costs at least.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Hands the caller's array back as it came, by reference.
#[wasm_bindgen]
pub fn run(input: JsValue) -> JsValue {
    input
}

/// Takes nothing, whatever the caller gives.
#[wasm_bindgen]
pub fn copy_in() {
    std::hint::black_box(());
}
