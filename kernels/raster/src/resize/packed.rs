//! The scalar passes: red, green and blue share one 64-bit word, so one multiplication weighs all three.
//!
//! A channel has a lane of 21 bits. A weighted sum of bytes lies in −0.49·2²⁰ … 1.49·2²⁰ (a test of the filter
//! holds it there), so with `BIAS` added it fits its lane and is never negative. Partial sums may borrow from the
//! lane above; the borrow is paid back by the time that all taps are in. Alpha is not computed: it is 255.

use crate::filter::{Filter, WEIGHT_BITS};

/// Taps are not padded: there are no lanes to fill.
pub const STEP_ACROSS: usize = 1;
pub const STEP_DOWN: usize = 1;
pub const STEP_ACROSS_PLANE: usize = 1;

const LANES: usize = 3;
const LANE_BITS: u32 = 21;
const LANE_MASK: u64 = (1 << LANE_BITS) - 1;
/// What is added to each lane to keep it above 0, in units of a weight.
const BIAS: u64 = 1 << 19;
/// The bias and half a level for rounding, in every lane.
const INITIAL: u64 = (BIAS + (1 << (WEIGHT_BITS - 1))) * (1 | 1 << LANE_BITS | 1 << (2 * LANE_BITS));

/// Rows that share each load of a weight.
const ROWS: usize = 4;

/// Narrows every row of `rgba`, which is `width` pixels wide, to the filter's outputs: packed pixels, row by row.
pub fn across(rgba: &[u8], width: usize, filter: &Filter) -> Vec<u64> {
    let outputs = filter.starts.len();
    let mut narrow = vec![0; rgba.len() / 4 / width * outputs];
    let mut unpacked = vec![0; width * ROWS];
    let (blocks, rest) = (rgba.chunks_exact(width * 4 * ROWS), rgba.chunks_exact(width * 4 * ROWS).remainder());
    let mut rows = narrow.chunks_exact_mut(outputs * ROWS);
    for (block, out) in blocks.zip(&mut rows) {
        widen(block, &mut unpacked);
        narrow_rows::<ROWS>(&unpacked, width, filter, out);
    }
    for (row, out) in rest.chunks_exact(width * 4).zip(rows.into_remainder().chunks_exact_mut(outputs)) {
        widen(row, &mut unpacked[..width]);
        narrow_rows::<1>(&unpacked[..width], width, filter, out);
    }
    narrow
}

/// Narrows rows of one channel, `stride` bytes from one to the next, to the filter's outputs: three rows share a word.
pub fn across_plane(rows: &[u8], stride: usize, filter: &Filter, narrow: &mut [u8]) {
    let outputs = filter.starts.len();
    let mut packed = vec![0; stride];
    for (block, out) in rows.chunks(stride * LANES).zip(narrow.chunks_mut(outputs * LANES)) {
        // At the end there may be fewer than three; the last one stands for those that are missing.
        let last = block.len() / stride - 1;
        let [upper, middle, lower] = [0, 1, 2].map(|lane: usize| &block[lane.min(last) * stride..][..stride]);
        for (((word, &upper), &middle), &lower) in packed.iter_mut().zip(upper).zip(middle).zip(lower) {
            *word = pack([upper, middle, lower]);
        }
        for (x, (start, weights)) in filter.iter().enumerate() {
            let samples = packed[start..].iter().zip(weights);
            let sum = samples.fold(INITIAL, |sum, (&word, &weight)| weigh(sum, word, weight));
            for (row, level) in out.chunks_exact_mut(outputs).zip(levels(sum)) {
                row[x] = level;
            }
        }
    }
}

/// Shortens one channel, which is `width` samples wide, to the filter's outputs: three neighbours share a word.
pub fn down_plane(narrow: &[u8], width: usize, filter: &Filter, reduced: &mut [u8]) {
    let word = |samples: &[u8]| pack([0, 1, 2].map(|lane: usize| samples[lane.min(samples.len() - 1)]));
    let packed: Vec<u64> = narrow.chunks_exact(width).flat_map(|row| row.chunks(LANES).map(word)).collect();
    let rows = reduced.chunks_exact_mut(width);
    shorten(&packed, width.div_ceil(LANES), filter, rows, |out, sums| {
        for (samples, &sum) in out.chunks_mut(LANES).zip(sums) {
            samples.iter_mut().zip(levels(sum)).for_each(|(sample, level)| *sample = level);
        }
    });
}

/// Shortens `narrow`, which is `width` packed pixels wide, to the filter's outputs.
pub fn down(narrow: &[u64], width: usize, filter: &Filter, rgba: &mut [u8]) {
    shorten(narrow, width, filter, rgba.chunks_exact_mut(width * 4), |out, sums| {
        for (pixel, &sum) in out.chunks_exact_mut(4).zip(sums) {
            let [red, green, blue] = levels(sum);
            pixel.copy_from_slice(&[red, green, blue, 255]);
        }
    });
}

/// Shortens rows of `width` words to the filter's outputs; `write` makes levels of each row of sums.
fn shorten<'a>(
    narrow: &[u64],
    width: usize,
    filter: &Filter,
    outputs: impl Iterator<Item = &'a mut [u8]>,
    write: impl Fn(&mut [u8], &[u64]),
) {
    let mut sums = vec![0; width];
    for ((start, weights), out) in filter.iter().zip(outputs) {
        sums.fill(INITIAL);
        let rows = narrow[start * width..].chunks_exact(width);
        for (row, &weight) in rows.zip(weights) {
            for (sum, &pixel) in sums.iter_mut().zip(row) {
                *sum = weigh(*sum, pixel, weight);
            }
        }
        write(out, &sums);
    }
}

fn widen(rgba: &[u8], packed: &mut [u64]) {
    for (pixel, word) in rgba.chunks_exact(4).zip(packed) {
        *word = pack([pixel[0], pixel[1], pixel[2]]);
    }
}

fn narrow_rows<const R: usize>(rows: &[u64], width: usize, filter: &Filter, out: &mut [u64]) {
    let outputs = filter.starts.len();
    for (x, (start, weights)) in filter.iter().enumerate() {
        let windows: [&[u64]; R] = std::array::from_fn(|row| &rows[row * width + start..][..weights.len()]);
        let mut sums = [INITIAL; R];
        for (tap, &weight) in weights.iter().enumerate() {
            for (sum, window) in sums.iter_mut().zip(windows) {
                *sum = weigh(*sum, window[tap], weight);
            }
        }
        for (row, sum) in sums.into_iter().enumerate() {
            out[row * outputs + x] = pack(levels(sum));
        }
    }
}

/// Adds `weight` times each channel of `pixel` to its lane of `sum`.
#[inline(always)]
fn weigh(sum: u64, pixel: u64, weight: i16) -> u64 {
    // A negative weight is a large unsigned one; the sum wraps to the same bits.
    sum.wrapping_add(pixel.wrapping_mul(i64::from(weight) as u64))
}

#[inline(always)]
fn pack([red, green, blue]: [u8; 3]) -> u64 {
    u64::from(red) | u64::from(green) << LANE_BITS | u64::from(blue) << (2 * LANE_BITS)
}

/// The three sums as levels, without their bias, held in 0 to 255.
#[inline(always)]
fn levels(sum: u64) -> [u8; 3] {
    [0, 1, 2].map(|lane| {
        let level = (sum >> (lane * LANE_BITS) & LANE_MASK) >> WEIGHT_BITS;
        (level as i32 - (BIAS >> WEIGHT_BITS) as i32).clamp(0, 255) as u8
    })
}
