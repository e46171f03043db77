//! Comparing images by their pixels.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Whether two answers are images with a peak signal-to-noise ratio of at least `least_db`.
///
/// JPEG files are decoded first; anything else is taken as raw 8-bit samples.
/// PSNR = 10 log₁₀(255² ÷ mean squared difference), over all samples of all channels.
pub fn alike(expected: &[u8], got: &[u8], least_db: f64) -> Result<(), String> {
    let (expected, got) = of_one_size(expected, got)?;
    enough(psnr(&expected.samples, &got.samples), least_db, "the pixels")
}

/// Whether two JPEG files have a peak signal-to-noise ratio of at least `least_db` where each square of `side` pixels is
/// averaged: whether they are the same picture, whatever becomes of its finest detail.
pub fn alike_in_squares(expected: &[u8], got: &[u8], side: u32, least_db: f64) -> Result<(), String> {
    let (expected, got) = of_one_size(expected, got)?;
    let Some((width, _)) = expected.size else { return Err("the answers are no JPEG files".to_owned()) };
    let [expected, got] = [expected, got].map(|image| averages(&image.samples, width, side.max(1) as usize));
    enough(psnr(&expected, &got), least_db, &format!("averages of {side} × {side} pixels"))
}

fn of_one_size(expected: &[u8], got: &[u8]) -> Result<(Image, Image), String> {
    let (expected, got) = (Image::read(expected, "expected")?, Image::read(got, "given")?);
    if expected.size == got.size {
        Ok((expected, got))
    } else {
        Err(format!("expected {}, got {}", expected.describe(), got.describe()))
    }
}

fn enough(db: f64, least_db: f64, what: &str) -> Result<(), String> {
    // Written so that a NaN is a difference.
    if db >= least_db { Ok(()) } else { Err(format!("{what} agree to {db:.1} dB PSNR only, {least_db} dB are wanted")) }
}

/// The mean colour of each square of `side` pixels; at the edges, of what there is of one.
fn averages(rgb: &[u8], width: usize, side: usize) -> Vec<u8> {
    let across = width.div_ceil(side);
    let mut averages = Vec::new();
    for rows in rgb.chunks(width * 3 * side) {
        let mut sums = vec![[0_u32; 4]; across];
        for row in rows.chunks_exact(width * 3) {
            for (x, pixel) in row.as_chunks::<3>().0.iter().enumerate() {
                let [red, green, blue] = pixel.map(u32::from);
                let sum = &mut sums[x / side];
                *sum = [sum[0] + red, sum[1] + green, sum[2] + blue, sum[3] + 1];
            }
        }
        averages.extend(
            sums.iter().flat_map(|[red, green, blue, count]| [red, green, blue].map(|sum| (sum / count) as u8)),
        );
    }
    averages
}

struct Image {
    /// Width and height; none for raw samples.
    size: Option<(usize, usize)>,
    samples: Vec<u8>,
}

impl Image {
    fn read(bytes: &[u8], which: &str) -> Result<Self, String> {
        if !bytes.starts_with(&[0xff, 0xd8]) {
            return Ok(Self { size: None, samples: bytes.to_vec() });
        }
        let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
        let samples = decoder.decode().map_err(|error| format!("the {which} answer is a broken JPEG: {error}"))?;
        Ok(Self { size: decoder.dimensions(), samples })
    }

    fn describe(&self) -> String {
        match self.size {
            Some((width, height)) => format!("a JPEG of {width}×{height}"),
            None => format!("{} raw samples", self.samples.len()),
        }
    }
}

fn psnr(expected: &[u8], got: &[u8]) -> f64 {
    if expected.len() != got.len() || expected.is_empty() {
        return f64::NAN;
    }
    let squares: u64 = expected.iter().zip(got).map(|(a, b)| u64::from(a.abs_diff(*b)).pow(2)).sum();
    let mean = squares as f64 / expected.len() as f64;
    10.0 * (255.0 * 255.0 / mean).log10()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_samples_agree_and_far_ones_do_not() {
        assert_eq!(alike(&[1, 2, 3], &[1, 2, 3], 30.0), Ok(()));
        assert_eq!(alike(&[100; 64], &[101; 64], 40.0), Ok(()));
        let message = alike(&[100; 64], &[120; 64], 40.0).unwrap_err();
        assert_eq!(message, "the pixels agree to 22.1 dB PSNR only, 40 dB are wanted");
    }

    #[test]
    fn squares_are_averaged_up_to_the_edges() {
        // Rows of five pixels, two and a half squares; the third row is a square's first.
        let rows = [[0, 100, 7, 9, 50], [100, 200, 7, 9, 52], [1, 2, 3, 4, 5]];
        let rgb: Vec<u8> = rows.iter().flatten().flat_map(|&level| [level, level, 255]).collect();
        let expected = [100, 8, 51, 1, 3, 5].map(|level| [level, level, 255]).concat();
        assert_eq!(averages(&rgb, 5, 2), expected);
    }

    #[test]
    fn a_picture_is_the_same_from_afar_whatever_becomes_of_its_detail() {
        let drawn =
            |level: fn(u32, u32) -> u32| (0..64 * 64).flat_map(|at| [level(at % 64, at / 64) as u8; 3]).collect();
        let shade: Vec<u8> = drawn(|x, _| 64 + 2 * x);
        let dots: Vec<u8> = drawn(|x, y| 24 + 2 * x + 80 * ((x + y) % 2));
        let mirrored: Vec<u8> = drawn(|x, _| 190 - 2 * x);
        let from_afar = |a: &[u8], b: &[u8]| psnr(&averages(a, 64, 8), &averages(b, 64, 8));
        assert!(psnr(&shade, &dots) < 20.0 && from_afar(&shade, &dots) > 45.0);
        assert!(from_afar(&shade, &mirrored) < 20.0);
    }

    #[test]
    fn only_jpeg_files_have_squares() {
        let message = alike_in_squares(&[1, 2, 3], &[1, 2, 3], 8, 20.0).unwrap_err();
        assert_eq!(message, "the answers are no JPEG files");
    }

    #[test]
    fn other_lengths_and_broken_files_are_differences() {
        assert!(alike(&[1, 2, 3], &[1, 2], 1.0).is_err());
        assert!(alike(&[], &[], 1.0).is_err());
        assert!(alike(&[0xff, 0xd8, 1], &[1, 2], 1.0).unwrap_err().contains("broken JPEG"));
    }
}
