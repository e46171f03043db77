//! Reduction by Lanczos3, first across and then down; the two passes are in [`passes`], one version per contender.
//!
//! Between the passes a pixel is rounded to 8 bits, as Pillow does. Both versions compute the same bytes: a sum of
//! products of integers, a rounding shift and a clamp.

use crate::Image;
use crate::filter::Filter;

#[cfg(not(target_feature = "simd128"))]
#[path = "resize/packed.rs"]
mod passes;
#[cfg(target_feature = "simd128")]
#[path = "resize/simd128.rs"]
mod passes;

/// `image` reduced to `width` × `height`, neither of which is larger than it is now.
///
/// The alpha channel of the answer is 255.
pub fn resize(image: &Image, width: u32, height: u32) -> Image {
    let (from_width, from_height) = (image.width as usize, image.height as usize);
    let (to_width, to_height) = (width as usize, height as usize);
    let across = Filter::new(from_width, to_width, passes::STEP_ACROSS);
    let down = Filter::new(from_height, to_height, passes::STEP_DOWN);
    let narrow = passes::across(&image.rgba, from_width, &across);
    let mut rgba = vec![0; to_width * to_height * 4];
    passes::down(&narrow, to_width, &down, &mut rgba);
    Image { width, height, rgba }
}
