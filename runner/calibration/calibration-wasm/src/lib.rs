//! One loop, and the same loop with a known amount of work on top. Every export runs the same code and the numbers of
//! iterations alone differ, so what is measured of a difference is that difference or an error of the method.

use std::hint::black_box;

use wasm_bindgen::prelude::wasm_bindgen;

const SEED: u32 = 0x2545_f491;
const SLOTS: usize = 256;

/// The job.
#[wasm_bindgen]
#[must_use]
pub fn run(iterations: u32) -> i32 {
    job(iterations, 0)
}

/// The job with 2 % more work.
#[wasm_bindgen]
#[must_use]
pub fn plus_2(iterations: u32) -> i32 {
    job(iterations, 2)
}

/// The job with 5 % more work.
#[wasm_bindgen]
#[must_use]
pub fn plus_5(iterations: u32) -> i32 {
    job(iterations, 5)
}

/// The job with 10 % more work.
#[wasm_bindgen]
#[must_use]
pub fn plus_10(iterations: u32) -> i32 {
    job(iterations, 10)
}

// Neither function is inlined: a copy per export could be compiled in another way than its neighbours.
#[inline(never)]
fn job(iterations: u32, percent: u32) -> i32 {
    let answer = work(iterations);
    // The work on top does not enter the answer.
    black_box(work(iterations / 100 * percent));
    answer
}

/// Marsaglia's xorshift (2003) with a table that is read and written: every step waits for the one before.
#[inline(never)]
fn work(iterations: u32) -> i32 {
    let mut table = [0_u32; SLOTS];
    for (slot, value) in (0..).zip(&mut table) {
        *value = slot;
    }
    let (mut state, mut sum) = (SEED, 0);
    for _ in 0..iterations {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let slot = &mut table[state as usize % SLOTS];
        sum ^= *slot;
        *slot = slot.wrapping_add(state);
    }
    // The bits as JavaScript's operators give them.
    sum.cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_work_on_top_does_not_enter_the_answer() {
        assert_ne!(run(10_000), run(10_001));
        assert!([plus_2, plus_5, plus_10].iter().all(|job| job(10_000) == run(10_000)));
    }

    #[test]
    fn the_answer_is_that_of_the_javascript() {
        assert_eq!(run(500_000), 1_021_190_122);
    }
}
