//! Text into Wasm and back. JavaScript has it as UTF-16 or Latin-1 and Rust as UTF-8, so both ways recode it.

use std::cell::RefCell;
use std::hint::black_box;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static HELD: RefCell<String> = const { RefCell::new(String::new()) };
}

#[wasm_bindgen(start)]
fn start() {
    kernel_contract::draw_place();
    kernel_contract::tell_panics();
}

/// The text that came in.
#[wasm_bindgen]
pub fn run(input: String) -> String {
    input
}

/// Crosses with the text and does nothing with it; its length in bytes.
#[wasm_bindgen]
pub fn copy_in(input: &str) -> usize {
    black_box(input).len()
}

/// Keeps the text inside, for `run_resident` and `copy_out_held`.
#[wasm_bindgen]
pub fn hold(input: String) {
    HELD.set(input);
}

/// There is nothing to do with a text that stays inside; its length in bytes.
#[wasm_bindgen]
pub fn run_resident() -> usize {
    HELD.with_borrow(|held| black_box(held.as_str()).len())
}

/// Crosses back with the text that is held, which is not copied for it. A `String` would have to be made first, and that
/// would be timed, too.
#[wasm_bindgen]
pub fn copy_out_held() -> JsValue {
    HELD.with_borrow(|held| JsValue::from_str(held))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_in_goes_out_whatever_the_script() {
        for text in ["", "plain", "Grüße", "漢字", "😀🦀"] {
            assert_eq!(run(text.to_owned()), text);
            assert_eq!(copy_in(text), text.len());
            hold(text.to_owned());
            assert_eq!(run_resident(), text.len());
        }
    }
}
