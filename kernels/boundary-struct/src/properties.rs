//! Property by property: every one is a call from Wasm into JavaScript.

use wasm_bindgen::{JsError, JsValue};

use crate::Order;

/// The orders in a JavaScript value.
pub fn orders(value: JsValue) -> Result<Vec<Order>, JsError> {
    Ok(serde_wasm_bindgen::from_value(value)?)
}

/// Orders as a JavaScript value.
pub fn value(orders: &[Order]) -> Result<JsValue, JsError> {
    Ok(serde_wasm_bindgen::to_value(orders)?)
}
