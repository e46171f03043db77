//! The caller's array by reference in, and a view of Wasm's own memory out: no byte is copied.

use std::cell::RefCell;
use std::hint::black_box;

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static HELD: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// What the glue needs for the handle of a view, bytes; much less, in truth.
const ROOM: usize = 4096;

/// Copies the input in, so that there is something to view, and answers with the view.
#[wasm_bindgen]
pub fn run(input: &Uint8Array) -> Uint8Array {
    // The handle is made after the view is. Were Wasm's memory to grow for it, the view would be of memory that is gone.
    let room = black_box(Vec::<u8>::with_capacity(ROOM));
    HELD.set(input.to_vec());
    drop(room);
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
        // SAFETY: the view is valid until Wasm's memory grows or `held` changes. The caller reads it before the
        // next call of `run`, which is all that does either.
        unsafe { Uint8Array::view(wanted) }
    })
}
