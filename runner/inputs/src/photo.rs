//! A photo-like JPEG from a seed: soft colours at several scales, hard edges, a slight blur and film grain.
//!
//! The picture is made a row at a time with `+ - * /` and `sqrt` only, which IEEE 754 fixes to the last bit, so the
//! same seed gives the same bytes on every platform. It stands for a camera's file in what a decoder has to do
//! (4:2:0, about 2 bits per pixel at quality 90), not in what it shows.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::Rng;

/// The largest photo that [`photo`] makes, in pixels: the limit of common decoders.
pub const MAX_PHOTO_PIXELS: u64 = 100_000_000;

/// Width in pixels that the sizes of everything in the picture refer to; other widths show the same scene scaled.
const SCENE_WIDTH: u32 = 4000;
/// Cell in pixels (at `SCENE_WIDTH`) and amplitude in levels of each octave of value noise.
const OCTAVES: [(u32, f32); 6] = [(1024, 90.0), (384, 50.0), (128, 28.0), (48, 14.0), (16, 8.0), (6, 5.0)];
/// Mean level of red, green and blue at the top of the picture, and what is added on the way down: sky to earth.
const GRADIENT: [(f32, f32); 3] = [(110.0, 40.0), (135.0, -20.0), (160.0, -90.0)];
/// Ellipses and rectangles in the scene.
const SHAPES: usize = 400;
/// Standard deviations of the grain in levels: common to all channels, and each channel's own.
const GRAIN_LUMA: f32 = 5.0;
const GRAIN_CHROMA: f32 = 1.2;

/// A baseline JPEG (4:2:0) of `width` × `height` pixels at `quality` (1 to 100), from `seed`.
///
/// 4000 × 3000 at quality 90 is about 3 MB.
///
/// # Errors
///
/// When a side is 0 or above 65535, when there are more than [`MAX_PHOTO_PIXELS`] pixels, or when `quality` is not
/// in 1 to 100.
pub fn photo(seed: u64, width: u32, height: u32, quality: u8) -> Result<Vec<u8>, String> {
    let (jpeg_width, jpeg_height) = sides(width, height)?;
    if !(1..=100).contains(&quality) {
        return Err(format!("photo: quality {quality}: must be 1 to 100"));
    }
    let pixels = develop(seed, width as usize, height as usize);
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder
        .encode(&pixels, jpeg_width, jpeg_height, ColorType::Rgb)
        .map_err(|error| format!("photo: the JPEG encoder failed: {error}"))?;
    Ok(jpeg)
}

/// The picture of [`photo`] as it was before it became a JPEG: width and height as little-endian `u32`, then opaque
/// RGBA of 8 bits, row by row.
///
/// # Errors
///
/// When a side is 0 or above 65535, or when there are more than [`MAX_PHOTO_PIXELS`] pixels.
pub fn raw_photo(seed: u64, width: u32, height: u32) -> Result<Vec<u8>, String> {
    sides(width, height)?;
    let pixels = develop(seed, width as usize, height as usize);
    let mut raw = Vec::with_capacity(8 + pixels.len() / 3 * 4);
    raw.extend(width.to_le_bytes());
    raw.extend(height.to_le_bytes());
    raw.extend(pixels.as_chunks().0.iter().flat_map(|&[red, green, blue]| [red, green, blue, 255]));
    Ok(raw)
}

/// Width and height, where a photo can have them.
fn sides(width: u32, height: u32) -> Result<(u16, u16), String> {
    let (Ok(short_width @ 1..), Ok(short_height @ 1..)) = (u16::try_from(width), u16::try_from(height)) else {
        return Err(format!("photo: {width} x {height}: each side must be 1 to 65535 pixels"));
    };
    if u64::from(width) * u64::from(height) > MAX_PHOTO_PIXELS {
        return Err(format!("photo: {width} x {height} is more than {MAX_PHOTO_PIXELS} pixels"));
    }
    Ok((short_width, short_height))
}

/// The picture as interleaved 8-bit RGB.
fn develop(seed: u64, width: usize, height: usize) -> Vec<u8> {
    let mut rng = Rng::new(seed);
    let octaves = Octave::all(&mut rng, width, height);
    let shapes: Vec<PaintedShape> =
        (0..SHAPES).map(|index| PaintedShape::new(&mut rng, index, width, height)).collect();
    let scene = |y: usize| {
        let mut row = sky(y, width, height);
        octaves.iter().for_each(|octave| octave.add_to(&mut row, y));
        shapes.iter().for_each(|shape| shape.paint(&mut row, y));
        row
    };

    let mut pixels = Vec::with_capacity(width * height * 3);
    // The row above, the row itself and the row below; the picture's edge rows are repeated outwards.
    let mut below = scene(0);
    let mut here = below.clone();
    for y in 0..height {
        let above = std::mem::replace(&mut here, below);
        below = if y + 1 < height { scene(y + 1) } else { here.clone() };
        expose(&mut pixels, &mut rng, [&above, &here, &below]);
    }
    pixels
}

/// A row of interleaved RGB levels of the gradient alone.
fn sky(y: usize, width: usize, height: usize) -> Vec<f32> {
    let down = y as f32 / height as f32;
    let colour = GRADIENT.map(|(top, change)| top + change * down);
    colour.iter().copied().cycle().take(width * 3).collect()
}

/// Appends one row: blurred by 1-2-1 both ways, with grain, cut to 8 bits.
fn expose(pixels: &mut Vec<u8>, rng: &mut Rng, rows: [&[f32]; 3]) {
    let [above, here, below] = rows;
    let column: Vec<f32> = (0..here.len()).map(|i| above[i] + 2.0 * here[i] + below[i]).collect();
    for left in (0..column.len()).step_by(3) {
        let (before, after) = (left.saturating_sub(3), (left + 3).min(column.len() - 3));
        let (grain, own) = (rng.next_u64(), rng.next_u64());
        let luma = GRAIN_LUMA * normal(grain as u32);
        let chroma = [(grain >> 32) as u32, own as u32, (own >> 32) as u32].map(|bits| GRAIN_CHROMA * normal(bits));
        for (channel, grain) in chroma.into_iter().enumerate() {
            let sum = column[before + channel] + 2.0 * column[left + channel] + column[after + channel];
            // The cast saturates at 0 and 255.
            pixels.push((sum / 16.0 + luma + grain + 0.5) as u8);
        }
    }
}

/// A number with mean 0 and standard deviation 1, nearly normal: the sum of four uniform bytes (Irwin–Hall).
fn normal(bits: u32) -> f32 {
    let sum: u32 = bits.to_le_bytes().iter().map(|&byte| u32::from(byte)).sum();
    // Four bytes have the mean 510 and the standard deviation sqrt(4 * (256² - 1) / 12) = 147.8.
    (sum as f32 - 510.0) / 147.8
}

/// Value noise of one scale and channel: random levels on a grid, with smooth steps between them.
struct Octave {
    channel: usize,
    cell: usize,
    columns: usize,
    levels: Vec<f32>,
    /// The smooth step `3t² - 2t³` at each pixel of a cell.
    steps: Vec<f32>,
}

impl Octave {
    fn all(rng: &mut Rng, width: usize, height: usize) -> Vec<Self> {
        let mut octaves = Vec::new();
        for channel in 0..3 {
            for (cell, amplitude) in OCTAVES {
                let cell = cell as usize * width / SCENE_WIDTH as usize;
                // A cell of one pixel would be grain, which the picture has anyway.
                if cell > 1 {
                    octaves.push(Self::new(rng, channel, cell, amplitude, width, height));
                }
            }
        }
        octaves
    }

    fn new(rng: &mut Rng, channel: usize, cell: usize, amplitude: f32, width: usize, height: usize) -> Self {
        let (columns, rows) = (width / cell + 2, height / cell + 2);
        let levels = (0..columns * rows).map(|_| amplitude * (rng.unit() as f32 - 0.5)).collect();
        let steps = (0..cell).map(|i| i as f32 / cell as f32).map(|t| t * t * (3.0 - 2.0 * t)).collect();
        Self { channel, cell, columns, levels, steps }
    }

    fn add_to(&self, row: &mut [f32], y: usize) {
        let top = &self.levels[y / self.cell * self.columns..][..2 * self.columns];
        let (top, bottom) = top.split_at(self.columns);
        let step = self.steps[y % self.cell];
        let level = |column: usize| top[column] + (bottom[column] - top[column]) * step;
        for (column, run) in row.chunks_mut(self.cell * 3).enumerate() {
            let (from, to) = (level(column), level(column + 1));
            for (pixel, step) in run.chunks_exact_mut(3).zip(&self.steps) {
                pixel[self.channel] += from + (to - from) * step;
            }
        }
    }
}

/// An ellipse or a rectangle of one colour.
struct PaintedShape {
    left: f32,
    top: f32,
    width: f32,
    height: f32,
    round: bool,
    colour: [f32; 3],
}

impl PaintedShape {
    fn new(rng: &mut Rng, index: usize, width: usize, height: usize) -> Self {
        let scale = width as f32 / SCENE_WIDTH as f32;
        let (left, top) = (rng.unit() as f32 * width as f32, rng.unit() as f32 * height as f32);
        // The cube makes many small shapes and few large ones, 96 pixels wide on average.
        let share = rng.unit() as f32;
        let size = (6.0 + 360.0 * share * share * share) * scale;
        let colour = [(); 3].map(|()| rng.below(256) as f32);
        Self { left, top, width: size, height: size * 0.8, round: index % 2 == 1, colour }
    }

    fn paint(&self, row: &mut [f32], y: usize) {
        let down = (y as f32 + 0.5 - self.top) / self.height;
        if !(0.0..1.0).contains(&down) {
            return;
        }
        let from_middle = 2.0 * down - 1.0;
        let share = if self.round { (1.0 - from_middle * from_middle).sqrt() } else { 1.0 };
        let start = self.left + self.width * (1.0 - share) / 2.0;
        // Both casts cut off the fraction; the end is held inside the row.
        let end = ((start + self.width * share) as usize).min(row.len() / 3);
        let start = (start as usize).min(end);
        row[start * 3..end * 3].chunks_exact_mut(3).for_each(|pixel| pixel.copy_from_slice(&self.colour));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FNV-1a: enough to notice a changed byte.
    fn fingerprint(bytes: &[u8]) -> u64 {
        bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
    }

    #[test]
    fn a_seed_fixes_every_byte() {
        let small = photo(1, 320, 200, 90).unwrap();
        assert_eq!(small, photo(1, 320, 200, 90).unwrap());
        assert_ne!(small, photo(2, 320, 200, 90).unwrap());
        assert_eq!(
            (small.len(), fingerprint(&small)),
            (27_298, 0xaad6_cb8a_3de3_91e3),
            "the generator changed, or this platform differs"
        );
    }

    #[test]
    fn any_size_decodes_to_that_size() {
        for (width, height) in [(1, 1), (3, 17), (17, 3), (640, 481)] {
            let jpeg = photo(9, width, height, 85).unwrap();
            let mut decoder = zune_jpeg::JpegDecoder::new(zune_jpeg::zune_core::bytestream::ZCursor::new(&jpeg));
            let pixels = decoder.decode().unwrap();
            assert_eq!(pixels.len(), (width * height * 3) as usize, "{width} x {height}");
        }
    }

    #[test]
    fn the_raw_form_is_the_same_picture() {
        let (width, height) = (60, 41);
        let raw = raw_photo(5, width, height).unwrap();
        assert_eq!(raw[..8], [60, 0, 0, 0, 41, 0, 0, 0]);
        let jpeg = photo(5, width, height, 100).unwrap();
        let mut decoder = zune_jpeg::JpegDecoder::new(zune_jpeg::zune_core::bytestream::ZCursor::new(&jpeg));
        let decoded = decoder.decode().unwrap();
        // Chroma is halved in the JPEG, luma is not.
        let luma =
            |pixel: &[u8]| (299 * u32::from(pixel[0]) + 587 * u32::from(pixel[1]) + 114 * u32::from(pixel[2])) / 1000;
        let off = raw[8..].chunks_exact(4).zip(decoded.chunks_exact(3)).map(|(raw, decoded)| {
            assert_eq!(raw[3], 255);
            luma(raw).abs_diff(luma(decoded))
        });
        assert!(off.sum::<u32>() < 3 * width * height, "luma is off by 3 levels on average, or more");
    }

    #[test]
    fn it_is_as_hard_to_decode_as_a_photo() {
        let (width, height) = (800, 600);
        let jpeg = photo(1, width, height, 90).unwrap();
        let bits_per_pixel = jpeg.len() as f64 * 8.0 / f64::from(width * height);
        assert!((1.8..3.0).contains(&bits_per_pixel), "{bits_per_pixel} bits per pixel");
    }

    #[test]
    fn impossible_photos_are_refused() {
        for (width, height) in [(0, 5), (5, 0), (65_536, 5), (20_000, 20_000)] {
            assert!(photo(1, width, height, 90).is_err(), "{width} x {height}");
            assert!(raw_photo(1, width, height).is_err(), "{width} x {height}, raw");
        }
        assert!(photo(1, 5, 5, 0).is_err());
    }
}
