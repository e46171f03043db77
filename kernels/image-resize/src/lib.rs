//! Raw pixels reduced to a width of 512 by Lanczos3: the heart of every thumbnail.

use kernel_raster::{View, height_at};

kernel_contract::contender!(reduce, [u8] => Vec<u8>);

/// Width of an answer in pixels.
const WIDTH: u32 = 512;

/// The picture in `input`, 512 pixels wide with the aspect kept: RGBA of 8 bits, row by row, without a header.
///
/// `input` is width and height as little-endian `u32`, then opaque RGBA of 8 bits. A picture that is not wider than
/// that keeps its size.
///
/// # Errors
/// When `input` has no pixels, or not as many as it says.
pub fn reduce(input: &[u8]) -> Result<Vec<u8>, String> {
    let picture = View::read(input)?;
    let (width, height) = (picture.width() as u32, picture.height() as u32);
    if width <= WIDTH {
        return Ok(picture.rgba().to_vec());
    }
    Ok(kernel_raster::resize(picture, WIDTH as usize, height_at(width, height, WIDTH)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(width: u32, height: u32, pixel: [u8; 4]) -> Vec<u8> {
        let header = [width.to_le_bytes(), height.to_le_bytes()].concat();
        [header, pixel.repeat((width * height) as usize)].concat()
    }

    #[test]
    fn the_aspect_is_kept_and_one_colour_stays_that_colour() {
        let pixel = [9, 128, 250, 255];
        for (width, height, pixels) in [(1024, 768, 512 * 384), (700, 1, 512), (512, 3, 512 * 3), (7, 5, 35)] {
            assert_eq!(reduce(&input(width, height, pixel)).unwrap(), pixel.repeat(pixels), "{width} x {height}");
        }
    }

    #[test]
    fn what_is_no_picture_is_an_error() {
        for input in [&b""[..], &input(600, 2, [0; 4])[..4000], &[255; 12]] {
            assert!(reduce(input).is_err());
        }
    }
}
