//! The kernel `distance`, in Rust: a port of `distance` of `src/lev.js`.

use wasm_bindgen::prelude::wasm_bindgen;

/// The least number of insertions, deletions and replacements that turn one text into the other.
#[wasm_bindgen]
pub fn run(before: &str, after: &str) -> u32 {
    let to: Vec<char> = after.chars().collect();
    let mut row: Vec<u32> = (0..=to.len() as u32).collect();
    for letter in before.chars() {
        let mut diagonal = row[0];
        row[0] += 1;
        for (at, other) in to.iter().enumerate() {
            let replaced = diagonal + u32::from(letter != *other);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row[to.len()]
}
