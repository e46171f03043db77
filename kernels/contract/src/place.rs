//! Where memory lies, drawn by lot.

use std::hint::black_box;

use wasm_bindgen::prelude::wasm_bindgen;

/// Distance between two places that may be drawn, bytes: what allocators align to, or a multiple of it.
const STEP: f64 = 16.0;
/// Places that may be drawn: a page of 4 KiB of them, for copies are slowest where source and target are nearly equal
/// modulo that.
const PLACES: f64 = 256.0;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Math)]
    fn random() -> f64;
}

/// To be called before anything is allocated: all that is, lies by a distance further up that is drawn by lot.
///
/// What a copy costs depends on where it comes from and goes to. Without this, every instance would meet the same place
/// for a size, and what is measured would be a fact of that place (Mytkowicz, Diwan, Hauswirth and Sweeney 2009,
/// "Producing wrong data without doing anything obviously wrong").
pub fn draw_place() {
    let gap = Vec::<u8>::with_capacity((STEP * (random() * PLACES).floor()) as usize);
    // It stays where it is for as long as the instance lives.
    black_box(gap.leak());
}
