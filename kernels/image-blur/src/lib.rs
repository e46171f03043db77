//! A 5-tap Gaussian blur of raw pixels: the plainest job that a picture editor has for a processor.

use kernel_raster::View;

kernel_contract::contender!(blur, [u8] => Vec<u8>);

/// The pixels of `input`, blurred: RGBA of 8 bits, row by row, without a header.
///
/// `input` is width and height as little-endian `u32`, then RGBA of 8 bits. Each level becomes the mean of those within
/// two pixels, weighed 1 4 6 4 1 in each direction and rounded to nearest; pixels at the edge are repeated outwards.
///
/// # Errors
/// When `input` has no pixels, or not as many as it says.
pub fn blur(input: &[u8]) -> Result<Vec<u8>, String> {
    Ok(passes(View::read(input)?))
}

#[cfg(not(all(feature = "threads", target_family = "wasm", target_feature = "atomics")))]
use kernel_raster::blur as passes;
#[cfg(all(feature = "threads", target_family = "wasm", target_feature = "atomics"))]
mod threads;
#[cfg(all(feature = "threads", target_family = "wasm", target_feature = "atomics"))]
use threads::blur as passes;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_becomes_the_filter() {
        // White in the middle of 5 × 5, so that the answer is the weights: products of 1 4 6 4 1, times 255, by 256.
        let mut input = [5_u32.to_le_bytes(), 5_u32.to_le_bytes()].concat();
        input.extend([0; 100]);
        input[8 + 12 * 4..][..4].fill(255);
        let expected = [[1, 4, 6, 4, 1], [4, 16, 24, 16, 4], [6, 24, 36, 24, 6], [4, 16, 24, 16, 4], [1, 4, 6, 4, 1]];
        let expected: Vec<u8> = expected.concat().into_iter().flat_map(|weight: u8| [weight; 4]).collect();
        assert_eq!(blur(&input).unwrap(), expected);
    }

    #[test]
    fn what_is_no_picture_is_an_error() {
        for input in [&b""[..], &[1, 0, 0], &[1, 0, 0, 0, 1, 0, 0, 0, 255, 255, 255], &[255; 12]] {
            assert!(blur(input).is_err());
        }
    }
}
