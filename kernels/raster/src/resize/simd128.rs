//! The SIMD passes: bytes are paired into 16-bit lanes, and one instruction weighs two pixels or two rows.
//!
//! Pairs are made by widening loads and interleaving, which engines turn into one instruction each. Shuffling bytes
//! directly is fewer operations here, but a mask to build and two look-ups for each of them on x86-64.

use std::arch::wasm32::{
    i16x8_load_extend_u8x8, i16x8_narrow_i32x4, i16x8_shuffle, i32x4_add, i32x4_dot_i16x8, i32x4_extract_lane,
    i32x4_shr, i32x4_shuffle, i32x4_splat, u8x16_narrow_i16x8, v128, v128_load, v128_store,
};

use crate::filter::{Filter, WEIGHT_BITS};

/// A vector holds four pixels.
pub const STEP_ACROSS: usize = 4;
/// Two rows are weighed at once.
pub const STEP_DOWN: usize = 2;

/// A vector holds eight samples of one channel.
pub const STEP_ACROSS_PLANE: usize = 8;

/// Rows that share each load of a weight.
const ROWS: usize = 4;

/// Narrows every row of `rgba`, which is `width` pixels wide, to the filter's outputs.
pub fn across(rgba: &[u8], width: usize, filter: &Filter) -> Vec<u8> {
    let outputs = filter.starts.len();
    let mut narrow = vec![0; rgba.len() / width * outputs];
    let blocks = rgba.chunks_exact(width * 4 * ROWS);
    let rest = blocks.remainder();
    let mut rows = narrow.chunks_exact_mut(outputs * 4 * ROWS);
    let weights: Vec<[[i16; 2]; 2]> =
        filter.weights.as_chunks().0.iter().map(|&[a, b, c, d]| [[a, c], [b, d]]).collect();
    let windows: Vec<(usize, &[_])> =
        filter.starts.iter().copied().zip(weights.chunks_exact(filter.taps / STEP_ACROSS)).collect();
    blocks.zip(&mut rows).for_each(|(block, out)| narrow_rows::<ROWS>(block, width, &windows, out));
    let rows = rows.into_remainder().chunks_exact_mut(outputs * 4);
    rest.chunks_exact(width * 4).zip(rows).for_each(|(row, out)| narrow_rows::<1>(row, width, &windows, out));
    narrow
}

/// Narrows rows of one channel, `stride` bytes from one to the next, to the filter's outputs.
pub fn across_plane(rows: &[u8], stride: usize, filter: &Filter, narrow: &mut [u8]) {
    let outputs = filter.starts.len();
    for (block, out) in rows.chunks_exact(stride * ROWS).zip(narrow.chunks_exact_mut(outputs * ROWS)) {
        for (x, (start, weights)) in filter.iter().enumerate() {
            let rows: [&[[u8; 8]]; ROWS] =
                std::array::from_fn(|row| block[row * stride + start..][..weights.len()].as_chunks().0);
            let mut sums = [i32x4_splat(0); ROWS];
            for (at, weights) in weights.as_chunks::<8>().0.iter().enumerate() {
                let weights = load_weights(weights);
                for (sum, row) in sums.iter_mut().zip(rows) {
                    *sum = weigh(*sum, load(&row[at]), weights);
                }
            }
            let levels = levels([i32x4_add(of_each(sums), half()); 4]);
            for (row, level) in i32x4_extract_lane::<0>(levels).to_le_bytes().into_iter().enumerate() {
                out[row * outputs + x] = level;
            }
        }
    }
}

/// Shortens one channel, which is `width` samples wide, to the filter's outputs.
pub fn down_plane(narrow: &[u8], width: usize, filter: &Filter, reduced: &mut [u8]) {
    shorten(narrow, width, filter, reduced);
}

/// Shortens `narrow`, which is `width` pixels wide, to the filter's outputs.
pub fn down(narrow: &[u8], width: usize, filter: &Filter, rgba: &mut [u8]) {
    shorten(narrow, width * 4, filter, rgba);
}

/// Shortens rows of `width` bytes to the filter's outputs.
fn shorten(narrow: &[u8], width: usize, filter: &Filter, shortened: &mut [u8]) {
    let rows: Vec<&[[u8; 8]]> = narrow.chunks_exact(width).map(|row| row.as_chunks().0).collect();
    // A filter padded to an even number of taps may reach one row beyond the last; that tap weighs 0.
    let row = |index: usize| rows[index.min(rows.len() - 1)];
    for ((start, weights), out) in filter.iter().zip(shortened.chunks_exact_mut(width)) {
        for (column, out) in out.as_chunks_mut::<16>().0.iter_mut().enumerate() {
            let mut sums = [half(); 4];
            for (pair, weights) in weights.as_chunks::<2>().0.iter().enumerate() {
                let weights = splat(*weights);
                let upper = &row(start + 2 * pair)[2 * column..][..2];
                let lower = &row(start + 2 * pair + 1)[2 * column..][..2];
                for (half, sums) in sums.as_chunks_mut::<2>().0.iter_mut().enumerate() {
                    let (upper, lower) = (load(&upper[half]), load(&lower[half]));
                    sums[0] = weigh(sums[0], pair_low(upper, lower), weights);
                    sums[1] = weigh(sums[1], pair_high(upper, lower), weights);
                }
            }
            store(levels(sums), out);
        }
        // Of the usual width, no columns are left over.
        for (column, out) in out.iter_mut().enumerate().skip(width / 16 * 16) {
            let samples = narrow[column..].iter().step_by(width).skip(start);
            let sum: i32 = samples.zip(weights).map(|(&sample, &weight)| i32::from(sample) * i32::from(weight)).sum();
            *out = ((sum + (1 << (WEIGHT_BITS - 1))) >> WEIGHT_BITS).clamp(0, 255) as u8;
        }
    }
}

/// Narrows `R` rows at once. For each output `windows` has the first pixel and, for every four pixels, the weights of
/// the first and third and of the second and fourth.
fn narrow_rows<const R: usize>(rgba: &[u8], width: usize, windows: &[(usize, &[[[i16; 2]; 2]])], out: &mut [u8]) {
    for (x, &(start, weights)) in windows.iter().enumerate() {
        let rows: [&[[u8; 8]]; R] =
            std::array::from_fn(|row| &rgba[(row * width + start) * 4..].as_chunks().0[..2 * weights.len()]);
        let mut sums = [half(); R];
        for (quad, &[even, odd]) in weights.iter().enumerate() {
            let (even, odd) = (splat(even), splat(odd));
            for (sum, row) in sums.iter_mut().zip(rows) {
                let (left, right) = (load(&row[2 * quad]), load(&row[2 * quad + 1]));
                *sum = weigh(*sum, pair_low(left, right), even);
                *sum = weigh(*sum, pair_high(left, right), odd);
            }
        }
        for (row, sum) in sums.into_iter().enumerate() {
            let pixel = i32x4_extract_lane::<0>(levels([sum; 4]));
            out[(row * windows.len() + x) * 4..][..4].copy_from_slice(&pixel.to_le_bytes());
        }
    }
}

/// The sum of each vector's four.
#[inline(always)]
fn of_each([a, b, c, d]: [v128; ROWS]) -> v128 {
    let halves = |a, b| i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(a, b), i32x4_shuffle::<2, 6, 3, 7>(a, b));
    let (ab, cd) = (halves(a, b), halves(c, d));
    i32x4_add(i32x4_shuffle::<0, 1, 4, 5>(ab, cd), i32x4_shuffle::<2, 3, 6, 7>(ab, cd))
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

/// The first four samples of `a` and `b`, in pairs.
#[inline(always)]
fn pair_low(a: v128, b: v128) -> v128 {
    i16x8_shuffle::<0, 8, 1, 9, 2, 10, 3, 11>(a, b)
}

/// The last four samples of `a` and `b`, in pairs.
#[inline(always)]
fn pair_high(a: v128, b: v128) -> v128 {
    i16x8_shuffle::<4, 12, 5, 13, 6, 14, 7, 15>(a, b)
}

/// Eight samples, widened to 16 bits.
#[inline(always)]
fn load(bytes: &[u8; 8]) -> v128 {
    // SAFETY: the reference is valid for 8 bytes, and the instruction needs no alignment.
    unsafe { i16x8_load_extend_u8x8(bytes.as_ptr()) }
}

#[inline(always)]
fn load_weights(weights: &[i16; 8]) -> v128 {
    // SAFETY: the reference is valid for 16 bytes, and the instruction needs no alignment.
    unsafe { v128_load(weights.as_ptr().cast()) }
}

#[inline(always)]
fn store(vector: v128, bytes: &mut [u8; 16]) {
    // SAFETY: the reference is valid for 16 bytes, and the instruction needs no alignment.
    unsafe { v128_store(bytes.as_mut_ptr().cast(), vector) }
}
