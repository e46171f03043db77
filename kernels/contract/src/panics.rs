//! Panics that can be read: Wasm's own trap says neither where nor why.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn error(text: &str);
}

/// From now on a panic leaves its place in the source and its message on the console before it traps.
pub fn tell_panics() {
    std::panic::set_hook(Box::new(|panic| error(&panic.to_string())));
}
