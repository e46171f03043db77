//! From a JPEG or PNG file to opaque pixels, within bounds on size and memory.
//!
//! This crate is no kernel (it has no `kernel.toml`). It is one of its own so that it can be built for size.

use std::io::Cursor;

use png::Transformations;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// A raster of 8-bit RGBA pixels, all of them opaque.
pub struct Image {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Four bytes per pixel, row by row.
    pub rgba: Vec<u8>,
}

/// The largest picture that is decoded: 400 MB of RGBA, and the default limit of jpeg-js.
const MAX_PIXELS: u64 = 100_000_000;
/// Upper bound of what the PNG decoder may allocate for itself: rows, palette and compressed metadata.
const PNG_WORKING_BYTES: usize = 64 << 20;

const JPEG_SIGNATURE: &[u8] = &[0xFF, 0xD8, 0xFF];
const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The pixels of `file`, which may be a JPEG or a PNG; its first bytes tell. Transparency is laid on white.
///
/// # Errors
/// When `file` is neither, is malformed or a CMYK JPEG, or has more than 100 million pixels.
pub fn decode(file: &[u8]) -> Result<Image, String> {
    if file.starts_with(JPEG_SIGNATURE) {
        decode_jpeg(file)
    } else if file.starts_with(PNG_SIGNATURE) {
        decode_png(file)
    } else {
        Err("the input is neither a JPEG nor a PNG file".into())
    }
}

fn decode_jpeg(file: &[u8]) -> Result<Image, String> {
    let malformed = |error| format!("the JPEG could not be decoded: {error}");
    // The default width and height limits are lower than the format's; `pixels_of` sets the bound that counts.
    let options = |colours| {
        DecoderOptions::new_fast()
            .set_max_width(u16::MAX.into())
            .set_max_height(u16::MAX.into())
            .jpeg_set_out_colorspace(colours)
    };
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file), options(ColorSpace::RGBA));
    decoder.decode_headers().map_err(malformed)?;
    let info = decoder.info().ok_or("the JPEG has no frame header")?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    // What the decoder has for CMYK here may have three channels: then it is RGB by Adobe's segment.
    let is_rgb = match (decoder.input_colorspace(), info.components) {
        (Some(ColorSpace::YCbCr | ColorSpace::Luma), _) => false,
        (Some(ColorSpace::RGB | ColorSpace::CMYK), 3) => true,
        _ => return Err("the JPEG is not in YCbCr, RGB or greyscale".into()),
    };
    let mut rgba = zeroed(pixels_of(width, height)? * 4)?;
    if is_rgb {
        // It goes from RGB to nothing but RGB.
        decoder.set_options(options(ColorSpace::RGB));
        let mut rgb = zeroed(rgba.len() / 4 * 3)?;
        decoder.decode_into(&mut rgb).map_err(malformed)?;
        for (pixel, colour) in rgba.as_chunks_mut().0.iter_mut().zip(rgb.as_chunks().0) {
            let [red, green, blue] = *colour;
            *pixel = [red, green, blue, 255];
        }
    } else {
        decoder.decode_into(&mut rgba).map_err(malformed)?;
    }
    Ok(Image { width, height, rgba })
}

fn decode_png(file: &[u8]) -> Result<Image, String> {
    let malformed = |error| format!("the PNG could not be decoded: {error}");
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(file), png::Limits { bytes: PNG_WORKING_BYTES });
    decoder.set_transformations(Transformations::ALPHA | Transformations::STRIP_16);
    decoder.set_ignore_text_chunk(true);
    let mut reader = decoder.read_info().map_err(malformed)?;
    let (width, height) = reader.info().size();
    let pixels = pixels_of(width, height)?;
    let mut samples = zeroed(reader.output_buffer_size().ok_or("the PNG is too large")?)?;
    reader.next_frame(&mut samples).map_err(malformed)?;
    let mut rgba = match reader.output_color_type().0 {
        png::ColorType::Rgba => samples,
        png::ColorType::GrayscaleAlpha => {
            let mut rgba = zeroed(pixels * 4)?;
            for (pixel, sample) in rgba.chunks_exact_mut(4).zip(samples.chunks_exact(2)) {
                pixel.copy_from_slice(&[sample[0], sample[0], sample[0], sample[1]]);
            }
            rgba
        }
        other => return Err(format!("the PNG has an unexpected colour type: {other:?}")),
    };
    rgba.chunks_exact_mut(4).filter(|pixel| pixel[3] != 255).for_each(lay_on_white);
    Ok(Image { width, height, rgba })
}

/// A JPEG has no transparency, so a pixel that has some shows the page behind it.
fn lay_on_white(pixel: &mut [u8]) {
    let alpha = u32::from(pixel[3]);
    for channel in &mut pixel[..3] {
        *channel = ((u32::from(*channel) * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
    }
    pixel[3] = 255;
}

/// The number of pixels, if it is one that is decoded.
///
/// # Errors
/// When it is 0 or more than 100 million.
pub fn pixels_of(width: u32, height: u32) -> Result<usize, String> {
    let pixels = u64::from(width) * u64::from(height);
    match usize::try_from(pixels) {
        Ok(0) => Err("the picture has no pixels".into()),
        Ok(pixels) if pixels as u64 <= MAX_PIXELS => Ok(pixels),
        _ => Err(format!("the picture is {width} x {height}, more than {} million pixels", MAX_PIXELS / 1_000_000)),
    }
}

/// A buffer that is an error, not the end of the program, when there is not enough memory for it.
fn zeroed(bytes: usize) -> Result<Vec<u8>, String> {
    let mut buffer = Vec::new();
    buffer.try_reserve_exact(bytes).map_err(|_| format!("not enough memory for {bytes} bytes of pixels"))?;
    buffer.resize(bytes, 0);
    Ok(buffer)
}
