//! A photo in, a sharpened 512-pixel-wide JPEG thumbnail out: what a page does before it uploads a picture.
//!
//! One source for the scalar and the SIMD contender; only the raster crate has passages for each.

mod decode;
mod sharpen;
#[cfg(test)]
mod tests;

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use decode::decode;
use kernel_raster::{View, resize};
use sharpen::sharpen;

kernel_contract::contender!(thumbnail, [u8] => Vec<u8>);

/// Width of a thumbnail in pixels.
const WIDTH: u32 = 512;
/// JPEG quality of a thumbnail, on libjpeg's scale of 1 to 100.
const QUALITY: u8 = 85;

/// A raster of 8-bit RGBA pixels, all of them opaque.
struct Image {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
}

impl Image {
    fn view(&self) -> Result<View<'_>, String> {
        View::new(self.width, self.height, &self.rgba)
    }
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
    let mut image = decode(input)?;
    if image.width > WIDTH {
        let picture = image.view()?;
        let height = picture.height_at(WIDTH as usize);
        let rgba = resize(picture, WIDTH as usize, height);
        image = Image { width: WIDTH, height: height as u32, rgba };
    }
    sharpen(&mut image)?;
    encode(&image)
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
