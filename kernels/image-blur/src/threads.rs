//! The blur by all cores that the page may use: each gets a band of rows.

use std::sync::{Mutex, PoisonError};

use js_sys::Promise;
use kernel_raster::{View, blur_rows};
use kernel_threads::{POOL, summon};
use wasm_bindgen::prelude::*;

/// Starts the threads. A call of [`blur`] before they are there does more of the work alone.
#[wasm_bindgen]
pub fn setup(_assets: JsValue) -> Promise {
    summon()
}

/// `picture`, blurred as by one thread.
pub fn blur(picture: View<'_>) -> Vec<u8> {
    let mut out = vec![0; picture.rgba().len()];
    let rows = picture.height().div_ceil(POOL.parts()).max(1);
    let bands = out.chunks_mut(rows * picture.width() * 4).enumerate();
    // No thread ever waits for one of these locks: each band belongs to one part.
    let bands: Vec<_> = bands.map(|(band, out)| Mutex::new((band * rows, out))).collect();
    POOL.run(&|part, _| {
        if let Some(band) = bands.get(part) {
            let mut band = band.lock().unwrap_or_else(PoisonError::into_inner);
            let (first, out) = &mut *band;
            blur_rows(picture, *first, out);
        }
    });
    drop(bands);
    out
}
