//! NDJSON records in, JavaScript objects out: parsing in Wasm for a caller who wants names and texts.

mod order;

pub use order::{Order, User, orders};

use std::hint::black_box;

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

/// Has panics tell their place.
#[wasm_bindgen(start)]
pub fn start() {
    kernel_contract::tell_panics();
}

/// The records as an array of objects. A property's name crosses once, and its value for each record.
///
/// # Errors
/// Says what is wrong with a record, and in which line.
#[wasm_bindgen]
pub fn run(input: &[u8]) -> Result<JsValue, JsError> {
    let orders = orders(input).map_err(|reason| JsError::new(&reason))?;
    Ok(serde_wasm_bindgen::to_value(&orders)?)
}

/// Crosses with the input and does nothing with it.
#[wasm_bindgen]
pub fn copy_in(input: &[u8]) -> usize {
    black_box(input).len()
}
