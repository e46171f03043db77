//! Comparing images by their pixels.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Checks that two answers are images with a peak signal-to-noise ratio (PSNR) of at least `least_db`, decibels.
///
/// JPEG files are decoded first. Any other bytes are raw 8-bit samples.
/// PSNR = 10 log₁₀(255² ÷ mean squared difference), over all samples of all channels.
///
/// # Errors
/// Why they are not, for people.
pub fn alike(expected: &[u8], got: &[u8], least_db: f64) -> Result<(), String> {
    let (expected, got) = (Image::read(expected, "expected")?, Image::read(got, "given")?);
    if expected.size != got.size {
        return Err(format!("expected {}, got {}", expected.describe(), got.describe()));
    }
    let db = psnr(&expected.samples, &got.samples);
    // `>=` is false for NaN, which is a difference.
    if db >= least_db {
        Ok(())
    } else {
        Err(format!("the pixels agree to only {db:.1} dB PSNR; the check needs {least_db} dB"))
    }
}

struct Image {
    /// Width and height, pixels. `None` for raw samples.
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
        assert_eq!(message, "the pixels agree to only 22.1 dB PSNR; the check needs 40 dB");
    }

    #[test]
    fn other_lengths_and_broken_files_are_differences() {
        assert!(alike(&[1, 2, 3], &[1, 2], 1.0).is_err());
        assert!(alike(&[], &[], 1.0).is_err());
        assert!(alike(&[0xff, 0xd8, 1], &[1, 2], 1.0).unwrap_err().contains("broken JPEG"));
    }
}
