//! Structs into Wasm and back: property by property with `serde-wasm-bindgen`, or as JSON text (`json`).

#[cfg(feature = "json")]
#[path = "json.rs"]
mod crossing;
#[cfg(not(feature = "json"))]
#[path = "properties.rs"]
mod crossing;
mod order;

pub use order::{Order, User};

use std::cell::RefCell;
use std::hint::black_box;

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

thread_local! {
    static HELD: RefCell<Vec<Order>> = const { RefCell::new(Vec::new()) };
}

/// Hands the orders back as they came.
///
/// # Errors
/// When the value is not an array of orders.
#[wasm_bindgen]
pub fn run(value: JsValue) -> Result<JsValue, JsError> {
    crossing::value(&crossing::orders(value)?)
}

/// Crosses with the orders and does nothing with them; how many they are.
///
/// # Errors
/// When the value is not an array of orders.
#[wasm_bindgen]
pub fn copy_in(value: JsValue) -> Result<usize, JsError> {
    Ok(black_box(crossing::orders(value)?).len())
}

/// Keeps the orders inside, for `run_resident` and `copy_out_held`.
///
/// # Errors
/// When the value is not an array of orders.
#[wasm_bindgen]
pub fn hold(value: JsValue) -> Result<(), JsError> {
    HELD.set(crossing::orders(value)?);
    Ok(())
}

/// There is nothing to do with orders that stay inside; how many they are.
#[wasm_bindgen]
pub fn run_resident() -> usize {
    HELD.with_borrow(|held| black_box(held).len())
}

/// Crosses back with the orders that are held.
///
/// # Errors
/// When they have no JavaScript value.
#[wasm_bindgen]
pub fn copy_out_held() -> Result<JsValue, JsError> {
    HELD.with_borrow(|held| crossing::value(held))
}
