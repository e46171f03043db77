//! The SIMD passes: bytes are paired into 16-bit lanes, and one instruction weighs two pixels or two rows.

use std::arch::wasm32::{
    i16x8_extend_high_u8x16, i16x8_extend_low_u8x16, i16x8_narrow_i32x4, i32x4_add, i32x4_dot_i16x8,
    i32x4_extract_lane, i32x4_shr, i32x4_splat, i8x16, i8x16_shuffle, i8x16_swizzle, u8x16_narrow_i16x8, v128,
    v128_load, v128_store,
};

use crate::filter::{Filter, WEIGHT_BITS};

/// A vector holds four pixels.
pub const STEP_ACROSS: usize = 4;
/// Two rows are weighed at once.
pub const STEP_DOWN: usize = 2;

/// Rows that share each load of a weight.
const ROWS: usize = 4;

/// Narrows every row of `rgba`, which is `width` pixels wide, to the filter's outputs.
pub fn across(rgba: &[u8], width: usize, filter: &Filter) -> Vec<u8> {
    let outputs = filter.starts.len();
    let mut narrow = vec![0; rgba.len() / width * outputs];
    let blocks = rgba.chunks_exact(width * 4 * ROWS);
    let rest = blocks.remainder();
    let mut rows = narrow.chunks_exact_mut(outputs * 4 * ROWS);
    blocks.zip(&mut rows).for_each(|(block, out)| narrow_rows::<ROWS>(block, width, filter, out));
    let rows = rows.into_remainder().chunks_exact_mut(outputs * 4);
    rest.chunks_exact(width * 4).zip(rows).for_each(|(row, out)| narrow_rows::<1>(row, width, filter, out));
    narrow
}

/// Shortens `narrow`, which is `width` pixels wide, to the filter's outputs.
pub fn down(narrow: &[u8], width: usize, filter: &Filter, rgba: &mut [u8]) {
    let rows: Vec<&[[u8; 16]]> = narrow.chunks_exact(width * 4).map(|row| row.as_chunks().0).collect();
    // A filter padded to an even number of taps may reach one row beyond the last; that tap weighs 0.
    let row = |index: usize| rows[index.min(rows.len() - 1)];
    for ((start, weights), out) in filter.iter().zip(rgba.chunks_exact_mut(width * 4)) {
        for (column, out) in out.as_chunks_mut().0.iter_mut().enumerate() {
            let mut sums = [half(); 4];
            for (pair, weights) in weights.as_chunks::<2>().0.iter().enumerate() {
                let weights = splat(*weights);
                let upper = load(&row(start + 2 * pair)[column]);
                let lower = load(&row(start + 2 * pair + 1)[column]);
                let left = i8x16_shuffle::<0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23>(upper, lower);
                let right = i8x16_shuffle::<8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31>(upper, lower);
                sums[0] = weigh(sums[0], i16x8_extend_low_u8x16(left), weights);
                sums[1] = weigh(sums[1], i16x8_extend_high_u8x16(left), weights);
                sums[2] = weigh(sums[2], i16x8_extend_low_u8x16(right), weights);
                sums[3] = weigh(sums[3], i16x8_extend_high_u8x16(right), weights);
            }
            store(levels(sums), out);
        }
    }
}

fn narrow_rows<const R: usize>(rgba: &[u8], width: usize, filter: &Filter, out: &mut [u8]) {
    let outputs = filter.starts.len();
    // From four pixels, channel by channel: the pair of the first two, and the pair of the last two. 255 gives 0.
    let first = i8x16(0, -1, 4, -1, 1, -1, 5, -1, 2, -1, 6, -1, 3, -1, 7, -1);
    let last = i8x16(8, -1, 12, -1, 9, -1, 13, -1, 10, -1, 14, -1, 11, -1, 15, -1);
    for (x, (start, weights)) in filter.iter().enumerate() {
        let weights = weights.as_chunks::<4>().0;
        let windows: [&[[u8; 16]]; R] =
            std::array::from_fn(|row| &rgba[(row * width + start) * 4..].as_chunks().0[..weights.len()]);
        let mut sums = [half(); R];
        for (quad, &[a, b, c, d]) in weights.iter().enumerate() {
            let (front, back) = (splat([a, b]), splat([c, d]));
            for (sum, window) in sums.iter_mut().zip(windows) {
                let pixels = load(&window[quad]);
                *sum = weigh(*sum, i8x16_swizzle(pixels, first), front);
                *sum = weigh(*sum, i8x16_swizzle(pixels, last), back);
            }
        }
        for (row, sum) in sums.into_iter().enumerate() {
            let pixel = i32x4_extract_lane::<0>(levels([sum; 4]));
            out[(row * outputs + x) * 4..][..4].copy_from_slice(&pixel.to_le_bytes());
        }
    }
}

/// Half a level in each sum, for rounding.
#[inline(always)]
fn half() -> v128 {
    i32x4_splat(1 << (WEIGHT_BITS - 1))
}

/// Two weights, four times over.
#[inline(always)]
fn splat([a, b]: [i16; 2]) -> v128 {
    i32x4_splat(i32::from(b) << 16 | i32::from(a as u16))
}

/// Adds each pair of samples, weighed, to its sum.
#[inline(always)]
fn weigh(sum: v128, pairs: v128, weights: v128) -> v128 {
    i32x4_add(sum, i32x4_dot_i16x8(pairs, weights))
}

/// Sixteen sums as levels, held in 0 to 255.
#[inline(always)]
fn levels(sums: [v128; 4]) -> v128 {
    let [a, b, c, d] = sums.map(|sum| i32x4_shr(sum, WEIGHT_BITS));
    u8x16_narrow_i16x8(i16x8_narrow_i32x4(a, b), i16x8_narrow_i32x4(c, d))
}

#[inline(always)]
fn load(bytes: &[u8; 16]) -> v128 {
    // SAFETY: the reference is valid for 16 bytes, and the instruction needs no alignment.
    unsafe { v128_load(bytes.as_ptr().cast()) }
}

#[inline(always)]
fn store(vector: v128, bytes: &mut [u8; 16]) {
    // SAFETY: the reference is valid for 16 bytes, and the instruction needs no alignment.
    unsafe { v128_store(bytes.as_mut_ptr().cast(), vector) }
}
