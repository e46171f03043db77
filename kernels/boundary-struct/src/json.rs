//! As JSON text: the browser writes or reads all of it in one go, and one string crosses.

use js_sys::JSON;
use wasm_bindgen::{JsError, JsValue};

use crate::Order;

/// The orders in a JavaScript value.
pub fn orders(value: JsValue) -> Result<Vec<Order>, JsError> {
    let text = JSON::stringify(&value).map_err(|_| JsError::new("the value has no JSON text"))?;
    Ok(serde_json::from_str(&String::from(text))?)
}

/// Orders as a JavaScript value.
pub fn value(orders: &[Order]) -> Result<JsValue, JsError> {
    let text = serde_json::to_string(orders)?;
    JSON::parse(&text).map_err(|_| JsError::new("the text is not JSON"))
}
