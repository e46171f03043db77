//! The caller's array by reference in, and a view of Wasm's own memory out: no byte is copied.

use std::cell::RefCell;
use std::hint::black_box;

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static HELD: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Copies the input in, so that there is something to view, and answers with the view.
#[wasm_bindgen]
pub fn run(input: &Uint8Array) -> Uint8Array {
    HELD.set(input.to_vec());
    copy_out(usize::MAX)
}

/// Takes the caller's array as a reference (an `externref`) and does nothing with it.
#[wasm_bindgen]
pub fn copy_in(input: &JsValue) {
    black_box(input);
}

/// A view of the first `length` of the bytes that `run` copied in.
#[wasm_bindgen]
pub fn copy_out(length: usize) -> Uint8Array {
    HELD.with_borrow(|held| {
        let wanted = &held[..length.min(held.len())];
        // SAFETY: the view is valid until Wasm's memory grows or `held` changes. Whoever reads it does so before the
        // next call of `run`, which is all that does either.
        unsafe { Uint8Array::view(wanted) }
    })
}
