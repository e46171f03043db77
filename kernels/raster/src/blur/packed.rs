//! The scalar passage: the four channels of a pixel share one 64-bit word, so one addition adds all of them.
//!
//! A channel has a lane of 16 bits. 256 times 255 and half of 256 for rounding fit in it, so no lane reaches the next.

use super::{Passes, TAPS};

pub struct Packed;

/// Half of 256 in every lane.
const HALF: u64 = 0x0080_0080_0080_0080;
const LOW_BYTES: u64 = 0x00FF_00FF_00FF_00FF;

impl Passes for Packed {
    type Sum = u64;
    const PER_PIXEL: usize = 1;

    fn across(row: &[u8], sums: &mut [u64]) {
        let pixels = row.as_chunks().0;
        let last = widen(pixels[pixels.len() - 1]);
        let mut ahead = pixels[1.min(pixels.len() - 1)..].iter().map(|&pixel| widen(pixel));
        let mut next = || ahead.next().unwrap_or(last);
        let first = widen(pixels[0]);
        let [mut a, mut b, mut c, mut d] = [first, first, first, next()];
        for sum in sums {
            let e = next();
            *sum = binomial([a, b, c, d, e]);
            [a, b, c, d] = [b, c, d, e];
        }
    }

    fn down([a, b, c, d, e]: [&[u64]; TAPS], out: &mut [u8]) {
        let pixels = out.as_chunks_mut().0;
        for (((((pixel, &a), &b), &c), &d), &e) in pixels.iter_mut().zip(a).zip(b).zip(c).zip(d).zip(e) {
            *pixel = narrow((binomial([a, b, c, d, e]) + HALF) >> 8 & LOW_BYTES);
        }
    }
}

#[inline(always)]
fn binomial([a, b, c, d, e]: [u64; TAPS]) -> u64 {
    a + e + ((b + c + d) << 2) + (c << 1)
}

/// Each byte in a lane of its own.
#[inline(always)]
fn widen(pixel: [u8; 4]) -> u64 {
    let pixel = u64::from(u32::from_le_bytes(pixel));
    let halves = (pixel | pixel << 16) & 0x0000_FFFF_0000_FFFF;
    (halves | halves << 8) & LOW_BYTES
}

/// Lanes that hold a byte each, as bytes.
#[inline(always)]
fn narrow(lanes: u64) -> [u8; 4] {
    let halves = (lanes | lanes >> 8) & 0x0000_FFFF_0000_FFFF;
    ((halves | halves >> 16) as u32).to_le_bytes()
}
