//! The passage for engines with vectors: loops over 16-bit lanes that the compiler makes eight wide.

use super::{Passes, REACH, TAPS};

pub struct Vectors;

/// Channels of a pixel.
const CHANNELS: usize = 4;
/// Bytes that an output sees on each side of itself.
const MARGIN: usize = REACH * CHANNELS;

impl Passes for Vectors {
    type Sum = u16;
    const PER_PIXEL: usize = CHANNELS;

    fn across(row: &[u8], sums: &mut [u16]) {
        // All outputs but those at the ends find their inputs in the row itself.
        let middle = row.len().saturating_sub(2 * MARGIN);
        let windows: [&[u8]; TAPS] =
            std::array::from_fn(|tap| &row[(tap * CHANNELS).min(row.len() - middle)..][..middle]);
        let [a, b, c, d, e] = windows;
        let start = MARGIN.min(sums.len() - middle);
        for (i, sum) in sums[start..][..middle].iter_mut().enumerate() {
            *sum = binomial([a[i], b[i], c[i], d[i], e[i]].map(u16::from));
        }
        let end = (start + middle..sums.len()).chain(0..start);
        for i in end {
            let (pixel, channel) = (i / CHANNELS, i % CHANNELS);
            let last = row.len() / CHANNELS - 1;
            sums[i] = binomial(std::array::from_fn(|tap| {
                u16::from(row[(pixel + tap).saturating_sub(REACH).min(last) * CHANNELS + channel])
            }));
        }
    }

    fn down([a, b, c, d, e]: [&[u16]; TAPS], out: &mut [u8]) {
        let [a, b, c, d, e] = [a, b, c, d, e].map(|row| &row[..out.len()]);
        for (i, level) in out.iter_mut().enumerate() {
            *level = ((binomial([a[i], b[i], c[i], d[i], e[i]]) + 128) >> 8) as u8;
        }
    }
}

#[inline(always)]
fn binomial([a, b, c, d, e]: [u16; TAPS]) -> u16 {
    a + e + ((b + c + d) << 2) + (c << 1)
}
