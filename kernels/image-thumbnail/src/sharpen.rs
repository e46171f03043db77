//! Unsharp mask: each channel moves away from its blur by half of the difference. JavaScript computes the same bytes.

use crate::Image;

/// How far a level moves away from the blur, in 256ths of their difference.
const AMOUNT_256THS: i32 = 128;

/// Sharpens `image` with a 5-tap binomial blur (1 4 6 4 1) in each direction; edge pixels are repeated outwards.
pub fn sharpen(image: &mut Image) {
    let (row, height) = (image.width as usize * 4, image.height as usize);
    let mut blurred: Vec<Vec<u16>> = image.rgba.chunks_exact(row).map(blur_across).collect();
    // Two repeated rows above and below, so that each row has five to add.
    let (top, bottom) = (blurred[0].clone(), blurred[height - 1].clone());
    blurred.splice(0..0, [top.clone(), top]);
    blurred.extend([bottom.clone(), bottom]);
    for (levels, rows) in image.rgba.chunks_exact_mut(row).zip(blurred.windows(5)) {
        let [a, b, c, d, e] = std::array::from_fn(|offset| &rows[offset][..row]);
        for (i, level) in levels.iter_mut().enumerate() {
            let blur = (binomial([a[i], b[i], c[i], d[i], e[i]].map(i32::from)) + 128) >> 8;
            let sharp = i32::from(*level);
            *level = (sharp + (((sharp - blur) * AMOUNT_256THS) >> 8)).clamp(0, 255) as u8;
        }
    }
}

/// A row of RGBA blurred along itself, 16 times too large.
fn blur_across(row: &[u8]) -> Vec<u16> {
    let (first, last) = (&row[..4], &row[row.len() - 4..]);
    let padded = [first, first, row, last, last].concat();
    let [a, b, c, d, e] = std::array::from_fn(|pixel| &padded[pixel * 4..][..row.len()]);
    (0..row.len()).map(|i| binomial([a[i], b[i], c[i], d[i], e[i]].map(i32::from)) as u16).collect()
}

#[inline(always)]
fn binomial([a, b, c, d, e]: [i32; 5]) -> i32 {
    a + e + 4 * (b + d) + 6 * c
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sharpened(width: u32, height: u32, rgba: Vec<u8>) -> Vec<u8> {
        let mut image = Image { width, height, rgba };
        sharpen(&mut image);
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
