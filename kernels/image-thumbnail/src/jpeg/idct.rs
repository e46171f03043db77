//! The inverse cosine transform of an 8 × 8 block: Loeffler, Ligtenberg and Moschytz's with 12 multiplications (1989,
//! doi:10.1109/ICASSP.1989.266596), its rotations as pairs of products, in fixed point as in libjpeg's accurate version.
//!
//! The block comes on its side: the first pass works along the picture's rows, and turns it.

#[cfg(not(target_feature = "simd128"))]
#[path = "idct/scalar.rs"]
mod passes;
#[cfg(target_feature = "simd128")]
#[path = "idct/simd128.rs"]
mod passes;

/// Fraction bits of the factors.
const FACTOR_BITS: u32 = 13;
/// Bits more than a level that are kept between the passes.
const EXTRA_BITS: u32 = 2;
/// What the sums are shifted by after the first pass, and after the second, where they are 8 times too large as well.
const FIRST_SHIFT: u32 = FACTOR_BITS - EXTRA_BITS;
const SECOND_SHIFT: u32 = FACTOR_BITS + EXTRA_BITS + 3;

/// Pairs of factors, in units of 2⁻¹³, of two inputs: 2 and 6, 7 and 3 or 5 and 1 and so on.
const EVEN_LOW: [i16; 2] = [4433, 4433 - 15137];
const EVEN_HIGH: [i16; 2] = [4433 + 6270, 4433];
const SUM_3: [i16; 2] = [9633 - 16069, 9633];
const SUM_4: [i16; 2] = [9633, 9633 - 3196];
const ODD_7_1: [i16; 2] = [2446 - 7373, -7373];
const ODD_1_7: [i16; 2] = [-7373, 12299 - 7373];
const ODD_5_3: [i16; 2] = [16819 - 20995, -20995];
const ODD_3_5: [i16; 2] = [-20995, 25172 - 20995];
const PLUS: [i16; 2] = [1 << FACTOR_BITS, 1 << FACTOR_BITS];
const MINUS: [i16; 2] = [1 << FACTOR_BITS, -(1 << FACTOR_BITS)];

/// A block's coefficients, multiplied already, column by column.
#[repr(align(16))]
pub struct Coefficients(pub [i16; 64]);

/// What is known of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// All coefficients but the first are 0.
    Flat,
    /// Any may be something else.
    Full,
}

/// Writes a block's samples to `rows`, `stride` bytes from one to the next, and clears the block.
#[inline(always)]
pub fn write(block: &mut Coefficients, kind: Kind, rows: &mut [u8], stride: usize) {
    match kind {
        Kind::Flat => {
            let level = ((i32::from(block.0[0]) + 4) >> 3) + 128;
            let row = [level.clamp(0, 255) as u8; 8];
            rows.chunks_mut(stride).take(8).for_each(|out| out[..8].copy_from_slice(&row));
            block.0[0] = 0;
        }
        Kind::Full => {
            passes::write(block, rows, stride);
            block.0 = [0; 64];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    /// The definition (A.3.3 of the standard).
    fn plain(block: &[i16; 64]) -> Vec<f64> {
        let scale = |k: usize| if k == 0 { 0.5_f64.sqrt() } else { 1.0 };
        let wave = |at: usize, k: usize| ((2 * at + 1) as f64 * k as f64 * PI / 16.0).cos() * scale(k);
        let sample = |x: usize, y: usize| -> f64 {
            let terms = (0..64).map(|i| f64::from(block[i]) * wave(x, i / 8) * wave(y, i % 8));
            terms.sum::<f64>() / 4.0 + 128.0
        };
        (0..64).map(|i| sample(i % 8, i / 8)).collect()
    }

    #[test]
    fn samples_are_those_of_the_definition() {
        let mut rng = crossover_inputs::Rng::new(4);
        for sparsity in [1, 3, 20, 64] {
            for _ in 0..50 {
                let mut block = Coefficients(std::array::from_fn(|i| {
                    let reach = 400 / (1 + i as u64);
                    if rng.below(sparsity) == 0 { (rng.below(2 * reach + 1) as i64 - reach as i64) as i16 } else { 0 }
                }));
                let expected = plain(&block.0);
                let mut samples = [0; 8 * 11];
                write(&mut block, Kind::Full, &mut samples, 11);
                for (i, expected) in expected.into_iter().enumerate() {
                    let got = f64::from(samples[i / 8 * 11 + i % 8]);
                    assert!((got - expected.clamp(0.0, 255.0)).abs() < 1.0, "{got} for {expected}");
                }
                assert_eq!(block.0, [0; 64]);
            }
        }
    }

    #[test]
    fn a_flat_block_is_the_same_either_way_and_nothing_overflows() {
        for first in [i16::MIN, -1100, -3, 0, 4, 5, 900, i16::MAX] {
            let sample = |kind| {
                let mut block = Coefficients([0; 64]);
                block.0[0] = first;
                let mut samples = [0; 64];
                write(&mut block, kind, &mut samples, 8);
                samples
            };
            assert_eq!(sample(Kind::Flat), sample(Kind::Full), "{first}");
        }
        for level in [i16::MIN, i16::MAX] {
            write(&mut Coefficients([level; 64]), Kind::Full, &mut [0; 64], 8);
        }
    }
}
