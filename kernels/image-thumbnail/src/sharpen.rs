//! Unsharp mask: each channel moves away from its blur by half of the difference. JavaScript computes the same bytes.

use kernel_raster::blur;

use crate::{Image, view};

/// How far a level moves away from the blur, in 256ths of their difference.
const AMOUNT_256THS: i32 = 128;

/// Sharpens `image` by its 5-tap Gaussian blur.
pub fn sharpen(image: &mut Image) -> Result<(), String> {
    let blurred = blur(view(image)?);
    for (level, &blur) in image.rgba.iter_mut().zip(&blurred) {
        let sharp = i32::from(*level);
        *level = (sharp + (((sharp - i32::from(blur)) * AMOUNT_256THS) >> 8)).clamp(0, 255) as u8;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sharpened(width: u32, height: u32, rgba: Vec<u8>) -> Vec<u8> {
        let mut image = Image { width, height, rgba };
        sharpen(&mut image).unwrap();
        image.rgba
    }

    #[test]
    fn one_colour_stays_that_colour_at_any_size() {
        for (width, height) in [(1, 1), (1, 5), (2, 1), (3, 3), (9, 4)] {
            let rgba = [7, 77, 255, 255].repeat((width * height) as usize);
            assert_eq!(sharpened(width, height, rgba.clone()), rgba, "{width} x {height}");
        }
    }

    #[test]
    fn an_edge_overshoots_on_both_sides() {
        // Rows of three pixels at 100 and three at 200. The blur of them is 100 106 131 169 194 200, from
        // (5·100 + … )/16 with the edges repeated, and half of each difference is added, rounded down.
        let row = [100, 100, 100, 200, 200, 200].map(|level| [level, level, level, 255]).concat();
        let red: Vec<u8> = sharpened(6, 4, row.repeat(4)).iter().step_by(4).copied().collect();
        assert_eq!(red, [100, 97, 84, 215, 203, 200].repeat(4));
    }
}
