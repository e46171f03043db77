//! A 5-tap Gaussian (binomial: 1 4 6 4 1, σ = 1 pixel) across and down, on integers.
//!
//! Nothing is rounded between the directions: 256 times the largest level fits in 16 bits. So both passages compute the
//! same bytes, and so does JavaScript.

use crate::View;

#[cfg(any(test, all(target_family = "wasm", not(target_feature = "simd128"))))]
mod packed;
#[cfg(any(test, not(all(target_family = "wasm", not(target_feature = "simd128")))))]
mod vectors;

#[cfg(all(target_family = "wasm", not(target_feature = "simd128")))]
use packed::Packed as Lanes;
#[cfg(not(all(target_family = "wasm", not(target_feature = "simd128"))))]
use vectors::Vectors as Lanes;

/// Rows and columns that an output sees on each side of itself.
const REACH: usize = 2;
/// Inputs of an output in one direction.
const TAPS: usize = 2 * REACH + 1;

/// One way to hold 16 times the level of several channels.
trait Passes {
    /// What a row is held in.
    type Sum: Copy + Default;
    /// How many of these a pixel takes.
    const PER_PIXEL: usize;

    /// Blurs `row`, a row of RGBA, along itself; edge pixels are repeated outwards.
    fn across(row: &[u8], sums: &mut [Self::Sum]);

    /// Blurs five rows into the one in their middle.
    fn down(rows: [&[Self::Sum]; TAPS], out: &mut [u8]);
}

/// `picture`, blurred; edge pixels are repeated outwards. Alpha is blurred as the colours are.
#[must_use]
pub fn blur(picture: View<'_>) -> Vec<u8> {
    let mut out = vec![0; picture.rgba().len()];
    blur_rows(picture, 0, &mut out);
    out
}

/// Blurs rows of `picture`, from `first` on as many as `out` has room for; each as [`blur`] does.
///
/// # Panics
/// When `out` has room for more rows than there are.
pub fn blur_rows(picture: View<'_>, first: usize, out: &mut [u8]) {
    rows_by::<Lanes>(picture, first, out);
}

fn rows_by<P: Passes>(picture: View<'_>, first: usize, out: &mut [u8]) {
    let row_bytes = picture.width() * 4;
    // The last five rows: an input row is blurred once and stays in the cache until the last output that sees it.
    let row_sums = picture.width() * P::PER_PIXEL;
    let mut ring = vec![P::Sum::default(); row_sums * TAPS];
    let last = picture.height() - 1;
    let mut blurred = first.saturating_sub(REACH);
    for (y, out) in (first..).zip(out.chunks_exact_mut(row_bytes)) {
        while blurred <= (y + REACH).min(last) {
            let sums = &mut ring[blurred % TAPS * row_sums..][..row_sums];
            P::across(&picture.rgba()[blurred * row_bytes..][..row_bytes], sums);
            blurred += 1;
        }
        let rows = std::array::from_fn(|tap| {
            let row = (y + tap).saturating_sub(REACH).min(last);
            &ring[row % TAPS * row_sums..][..row_sums]
        });
        P::down(rows, out);
    }
}

#[cfg(test)]
mod tests {
    use super::packed::Packed;
    use super::*;

    /// The definition, one output at a time.
    fn plain(picture: View<'_>) -> Vec<u8> {
        let weight = |tap: usize| [1, 4, 6, 4, 1][tap];
        let held = |at: usize, tap: usize, size: usize| (at + tap).saturating_sub(REACH).min(size - 1);
        let mut out = Vec::new();
        for y in 0..picture.height() {
            for x in 0..picture.width() {
                for channel in 0..4 {
                    let taps = (0..TAPS).flat_map(|down| (0..TAPS).map(move |across| (down, across)));
                    let sum: u32 = taps
                        .map(|(down, across)| {
                            let row = held(y, down, picture.height()) * picture.width();
                            let pixel = row + held(x, across, picture.width());
                            weight(down) * weight(across) * u32::from(picture.rgba()[pixel * 4 + channel])
                        })
                        .sum();
                    out.push(((sum + 128) / 256) as u8);
                }
            }
        }
        out
    }

    #[test]
    fn both_passages_compute_the_definition_at_any_size() {
        for (width, height) in [(1, 1), (1, 7), (2, 2), (3, 1), (5, 5), (17, 3), (64, 9), (101, 6)] {
            let noise = crossover_inputs::random(3, (width * height * 4) as usize);
            let extremes: Vec<u8> = noise.iter().map(|byte| if byte & 1 == 0 { 0 } else { 255 }).collect();
            for rgba in [noise, extremes] {
                let picture = View::new(width, height, &rgba).unwrap();
                let expected = plain(picture);
                let mut out = vec![0; rgba.len()];
                rows_by::<Packed>(picture, 0, &mut out);
                assert!(out == expected, "packed, {width} x {height}");
                out.fill(0);
                rows_by::<vectors::Vectors>(picture, 0, &mut out);
                assert!(out == expected, "vectors, {width} x {height}");
                for first in 0..picture.height() {
                    let of_band = &expected[first * picture.width() * 4..];
                    out.truncate(of_band.len());
                    blur_rows(picture, first, &mut out);
                    assert!(out == of_band, "from row {first} of {width} x {height}");
                }
            }
        }
    }

    #[test]
    fn one_colour_stays_that_colour() {
        let rgba = [0, 77, 254, 255].repeat(9 * 4);
        assert_eq!(blur(View::new(9, 4, &rgba).unwrap()), rgba);
    }
}
