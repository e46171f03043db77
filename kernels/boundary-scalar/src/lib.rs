//! A number into Wasm as an argument, and back as the result. Wasm has numbers of its own, so nothing is copied.

use std::hint::black_box;

use wasm_bindgen::prelude::wasm_bindgen;

/// The number that came in.
#[wasm_bindgen]
pub fn run(input: f64) -> f64 {
    input
}

/// Crosses with the number and does nothing with it.
#[wasm_bindgen]
pub fn copy_in(input: f64) {
    black_box(input);
}

/// Crosses back with a number.
#[wasm_bindgen]
pub fn copy_out(_length: usize) -> f64 {
    black_box(0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_in_goes_out() {
        assert_eq!(run(-0.1), -0.1);
    }
}
