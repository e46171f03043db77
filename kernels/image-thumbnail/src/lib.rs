//! A photo in, a sharpened 512-pixel-wide JPEG thumbnail out: what a page does before it uploads a picture.
//!
//! One source for the scalar and the SIMD contender; only the raster crate has passages for each.

mod jpeg;
mod sharpen;
#[cfg(test)]
mod tests;

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use jpeg::Jpeg;
use kernel_picture_file::{Image, decode, pixels_of};
use kernel_raster::{View, height_at, resize};
use sharpen::sharpen;

kernel_contract::contender!(thumbnail, [u8] => Vec<u8>);

/// Width of a thumbnail in pixels.
const WIDTH: u32 = 512;
/// JPEG quality of a thumbnail, on libjpeg's scale of 1 to 100.
const QUALITY: u8 = 85;

/// The pixels of `image`.
fn view(image: &Image) -> Result<View<'_>, String> {
    View::new(image.width, image.height, &image.rgba)
}

/// The thumbnail of `input`, a JPEG or PNG file, as a JPEG file.
///
/// It is 512 pixels wide with the aspect kept; a picture that is not wider than that keeps its size. Orientation tags
/// and colour profiles are ignored, and transparency is laid on white.
///
/// # Errors
///
/// When `input` is neither, is malformed or a CMYK JPEG, has more than 100 million pixels, or when the thumbnail
/// would be taller than the 65535 pixels of a JPEG.
pub fn thumbnail(input: &[u8]) -> Result<Vec<u8>, String> {
    let mut image = match reduced_jpeg(input) {
        Some(image) => image,
        None => reduced(decode(input)?)?,
    };
    sharpen(&mut image)?;
    encode(&image)
}

/// The picture in a JPEG of the usual kind, reduced if it is wide; `None` if `input` is none, is damaged, or is not wide and
/// can as well be left to the other decoder. That one is wrong about halved channels that come one after another.
fn reduced_jpeg(input: &[u8]) -> Option<Image> {
    let jpeg = Jpeg::open(input)?;
    let (width, height) = (jpeg.width(), jpeg.height());
    if pixels_of(width, height).is_err() {
        return None;
    }
    match width {
        ..=WIDTH if jpeg.has_many_scans() => jpeg.reduced(width as usize, height as usize),
        ..=WIDTH => None,
        _ => jpeg.reduced(WIDTH as usize, height_at(width, height, WIDTH)),
    }
}

/// `image`, reduced if it is wide.
fn reduced(image: Image) -> Result<Image, String> {
    if image.width <= WIDTH {
        return Ok(image);
    }
    let height = height_at(image.width, image.height, WIDTH);
    let rgba = resize(view(&image)?, WIDTH as usize, height);
    Ok(Image { width: WIDTH, height: height as u32, rgba })
}

/// 4:4:4, the tables of the standard's annex K and its fixed Huffman codes: what jpeg-js writes too.
fn encode(image: &Image) -> Result<Vec<u8>, String> {
    let (Ok(width), Ok(height)) = (u16::try_from(image.width), u16::try_from(image.height)) else {
        return Err(format!("a thumbnail of {} x {} pixels is too tall for a JPEG", image.width, image.height));
    };
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    encoder
        .encode(&image.rgba, width, height, ColorType::Rgba)
        .map_err(|error| format!("the thumbnail could not be encoded: {error}"))?;
    Ok(jpeg)
}
