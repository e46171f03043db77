//! Eight columns at once: products of pairs are one instruction.

use std::arch::wasm32::{
    i16x8_add, i16x8_narrow_i32x4, i16x8_shuffle, i32x4_add, i32x4_dot_i16x8, i32x4_shr, i32x4_shuffle, i32x4_splat,
    i32x4_sub, i64x2_shuffle, u8x16_narrow_i16x8, v128, v128_load, v128_store64_lane,
};

use super::{
    Coefficients, EVEN_HIGH, EVEN_LOW, FIRST_SHIFT, MINUS, ODD_1_7, ODD_3_5, ODD_5_3, ODD_7_1, PLUS, SECOND_SHIFT,
    SUM_3, SUM_4,
};

/// Writes the samples of `block` to `rows`.
#[inline(always)]
pub fn write(block: &Coefficients, rows: &mut [u8], stride: usize) {
    let columns = block.0.as_chunks::<8>().0;
    let input: [v128; 8] = std::array::from_fn(|at| load(&columns[at]));
    let turned = turn(pass::<FIRST_SHIFT>(input, 1 << (FIRST_SHIFT - 1)));
    let samples = pass::<SECOND_SHIFT>(turned, (1 << (SECOND_SHIFT - 1)) + (128 << SECOND_SHIFT));
    for (pair, two) in samples.as_chunks::<2>().0.iter().enumerate() {
        let levels = u8x16_narrow_i16x8(two[0], two[1]);
        store::<0>(levels, &mut rows[2 * pair * stride..]);
        store::<1>(levels, &mut rows[(2 * pair + 1) * stride..]);
    }
}

/// All columns, with `rounding` added and shifted by `SHIFT`.
#[inline(always)]
fn pass<const SHIFT: u32>(input: [v128; 8], rounding: i32) -> [v128; 8] {
    let pair = |a: usize, b: usize| interleave(input[a], input[b]);
    let rounding = i32x4_splat(rounding);
    let (ends, sides) = (pair(0, 4), pair(2, 6));
    let [first, fifth] = [PLUS, MINUS].map(|factors| of(ends, factors).map(|sum| i32x4_add(sum, rounding)));
    let (low, high) = (of(sides, EVEN_LOW), of(sides, EVEN_HIGH));
    let even = [add(first, high), add(fifth, low), sub(fifth, low), sub(first, high)];
    let sums = interleave(i16x8_add(input[7], input[3]), i16x8_add(input[5], input[1]));
    let (three, four) = (of(sums, SUM_3), of(sums, SUM_4));
    let (outer, inner) = (pair(7, 1), pair(5, 3));
    let odd = [
        add(of(outer, ODD_1_7), four),
        add(of(inner, ODD_3_5), three),
        add(of(inner, ODD_5_3), four),
        add(of(outer, ODD_7_1), three),
    ];
    let narrow = |[low, high]: [v128; 2]| i16x8_narrow_i32x4(i32x4_shr(low, SHIFT), i32x4_shr(high, SHIFT));
    std::array::from_fn(|at| match at {
        0..4 => narrow(add(even[at], odd[at])),
        _ => narrow(sub(even[7 - at], odd[7 - at])),
    })
}

/// Lanes of `a` and `b` in turns.
#[inline(always)]
fn interleave(a: v128, b: v128) -> [v128; 2] {
    [i16x8_shuffle::<0, 8, 1, 9, 2, 10, 3, 11>(a, b), i16x8_shuffle::<4, 12, 5, 13, 6, 14, 7, 15>(a, b)]
}

/// The products of pairs of lanes with `factors`, added.
#[inline(always)]
fn of(pairs: [v128; 2], [a, b]: [i16; 2]) -> [v128; 2] {
    let factors = i32x4_splat(i32::from(b) << 16 | i32::from(a as u16));
    pairs.map(|pairs| i32x4_dot_i16x8(pairs, factors))
}

#[inline(always)]
fn add(a: [v128; 2], b: [v128; 2]) -> [v128; 2] {
    [i32x4_add(a[0], b[0]), i32x4_add(a[1], b[1])]
}

#[inline(always)]
fn sub(a: [v128; 2], b: [v128; 2]) -> [v128; 2] {
    [i32x4_sub(a[0], b[0]), i32x4_sub(a[1], b[1])]
}

/// Rows become columns.
#[inline(always)]
fn turn(rows: [v128; 8]) -> [v128; 8] {
    let [a, b, c, d, e, f, g, h] = rows;
    let [ab_low, ab_high] = interleave(a, b);
    let [cd_low, cd_high] = interleave(c, d);
    let [ef_low, ef_high] = interleave(e, f);
    let [gh_low, gh_high] = interleave(g, h);
    let pairs = |a, b| [i32x4_shuffle::<0, 4, 1, 5>(a, b), i32x4_shuffle::<2, 6, 3, 7>(a, b)];
    let halves = |a, b| [i64x2_shuffle::<0, 2>(a, b), i64x2_shuffle::<1, 3>(a, b)];
    let (upper, lower) =
        ([pairs(ab_low, cd_low), pairs(ab_high, cd_high)], [pairs(ef_low, gh_low), pairs(ef_high, gh_high)]);
    let column = |at: usize| halves(upper[at / 2][at % 2], lower[at / 2][at % 2]);
    let [[a, b], [c, d], [e, f], [g, h]] = std::array::from_fn(column);
    [a, b, c, d, e, f, g, h]
}

#[inline(always)]
fn load(lanes: &[i16; 8]) -> v128 {
    // SAFETY: the reference is valid for 16 bytes, and the instruction needs no alignment.
    unsafe { v128_load(lanes.as_ptr().cast()) }
}

/// Writes one half of `levels`.
#[inline(always)]
fn store<const HALF: usize>(levels: v128, row: &mut [u8]) {
    let row: &mut [u8] = &mut row[..8];
    // SAFETY: the slice has 8 bytes, and the instruction needs no alignment.
    unsafe { v128_store64_lane::<HALF>(levels, row.as_mut_ptr().cast()) }
}
