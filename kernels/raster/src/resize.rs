//! Reduction by Lanczos3, first across and then down; the two passes are in [`passes`], one version per contender.
//!
//! Between the passes a pixel is rounded to 8 bits, as Pillow does. Both versions compute the same bytes: a sum of
//! products of integers, a rounding shift and a clamp.

use crate::View;
use crate::filter::Filter;

#[cfg(not(target_feature = "simd128"))]
#[path = "resize/packed.rs"]
pub(crate) mod passes;
#[cfg(target_feature = "simd128")]
#[path = "resize/simd128.rs"]
pub(crate) mod passes;

/// `picture` reduced to `width` × `height`, neither of which is 0 or larger than it is now: RGBA, with alpha at 255.
#[must_use]
pub fn resize(picture: View<'_>, width: usize, height: usize) -> Vec<u8> {
    let across = Filter::new(picture.width(), width, passes::STEP_ACROSS);
    let down = Filter::new(picture.height(), height, passes::STEP_DOWN);
    let narrow = passes::across(picture.rgba(), picture.width(), &across);
    let mut rgba = vec![0; width * height * 4];
    passes::down(&narrow, width, &down, &mut rgba);
    rgba
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::WEIGHT_BITS;
    use crossover_inputs::random;

    fn noise(width: usize, height: usize) -> Vec<u8> {
        // Only extreme levels: the largest sums that there can be.
        let rgba = random(5, width * height * 4).into_iter().map(|byte| if byte & 1 == 0 { 0 } else { 255 });
        rgba.collect()
    }

    /// One weighted sum after the other, in the way that the filter's definition says.
    fn plain(picture: View<'_>, width: usize, height: usize) -> Vec<u8> {
        let (across, down) = (Filter::new(picture.width(), width, 1), Filter::new(picture.height(), height, 1));
        let weighed = |(start, weights): (usize, &[i16]), sample: &dyn Fn(usize) -> u8| {
            let products = weights.iter().enumerate().map(|(tap, &w)| i32::from(w) * i32::from(sample(start + tap)));
            let sum = products.sum::<i32>() + (1 << (WEIGHT_BITS - 1));
            (sum >> WEIGHT_BITS).clamp(0, 255) as u8
        };
        let mut narrow = Vec::new();
        for row in picture.rgba().chunks_exact(picture.width() * 4) {
            for window in across.iter() {
                narrow.extend((0..3).map(|channel| weighed(window, &|x| row[x * 4 + channel])));
            }
        }
        let row = width * 3;
        down.iter()
            .flat_map(|window| (0..row).map(|i| weighed(window, &|y| narrow[y * row + i])).collect::<Vec<_>>())
            .collect()
    }

    #[test]
    fn the_passes_compute_what_the_filter_says() {
        for (width, height, to_width, to_height) in
            [(513, 7, 512, 7), (700, 9, 512, 5), (1024, 3, 512, 1), (4000, 9, 512, 1), (37, 41, 12, 13), (4, 1, 4, 1)]
        {
            let rgba = noise(width, height);
            let picture = View::new(width as u32, height as u32, &rgba).unwrap();
            let resized = resize(picture, to_width, to_height);
            let colours: Vec<u8> = resized.chunks_exact(4).flat_map(|pixel| pixel[..3].to_vec()).collect();
            assert_eq!(colours, plain(picture, to_width, to_height), "{width} x {height} to {to_width} x {to_height}");
            assert!(resized.chunks_exact(4).all(|pixel| pixel[3] == 255));
        }
    }

    #[test]
    fn one_colour_stays_that_colour() {
        let pixel = [3, 128, 254, 255];
        let rgba = pixel.repeat(77_000);
        let picture = View::new(1000, 77, &rgba).unwrap();
        assert!(resize(picture, 512, 39).chunks_exact(4).all(|resized| resized == pixel));
    }
}
