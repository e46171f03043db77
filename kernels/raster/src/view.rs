//! Raw pixels, as a kernel gets them.

/// What stands before the pixels: width and height, each as little-endian `u32`.
const HEADER_BYTES: usize = 8;

/// A raster of 8-bit RGBA pixels, row by row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View<'a> {
    width: usize,
    height: usize,
    rgba: &'a [u8],
}

impl<'a> View<'a> {
    /// `rgba` as a raster of `width` × `height` pixels.
    ///
    /// # Errors
    /// When there are no pixels, or when `rgba` has not four bytes for each of them.
    pub fn new(width: u32, height: u32, rgba: &'a [u8]) -> Result<Self, String> {
        let bytes = u128::from(width) * u128::from(height) * 4;
        if bytes == 0 {
            return Err(format!("a picture of {width} x {height} has no pixels"));
        }
        if rgba.len() as u128 != bytes {
            return Err(format!("{} bytes of pixels; {width} x {height} have {bytes}", rgba.len()));
        }
        Ok(Self { width: width as usize, height: height as usize, rgba })
    }

    /// Reads width and height, each as little-endian `u32`, and then the pixels, of which nothing is copied.
    ///
    /// # Errors
    /// When the pixels are none, or fewer or more than that.
    pub fn read(input: &'a [u8]) -> Result<Self, String> {
        let Some((&[a, b, c, d, e, f, g, h], rgba)) = input.split_first_chunk::<HEADER_BYTES>() else {
            return Err(format!("{} bytes are too few for a width and a height", input.len()));
        };
        Self::new(u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]), rgba)
    }

    /// Pixels in a row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// Four bytes per pixel.
    #[must_use]
    pub fn rgba(&self) -> &'a [u8] {
        self.rgba
    }
}

/// The height that keeps the aspect of `width` × `height` when the width is `to_width`: to the nearest row, at least 1.
#[must_use]
pub fn height_at(width: u32, height: u32, to_width: u32) -> usize {
    let (width, height, to_width) = (u64::from(width), u64::from(height), u64::from(to_width));
    // Pictures are only made smaller, so what came in as u32 goes out as that, too.
    ((2 * height * to_width + width) / (2 * width)).max(1) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_raster_is_refused_with_a_reason() {
        let input = |width: u32, height: u32, bytes: usize| {
            [&width.to_le_bytes()[..], &height.to_le_bytes(), &vec![9; bytes]].concat()
        };
        let (empty, whole) = (input(0, 7, 0), input(2, 1, 8));
        assert_eq!(View::read(&whole), View::new(2, 1, &[9; 8]));
        for (bytes, reason) in [
            (&whole[..7], "7 bytes are too few for a width and a height"),
            (&whole[..15], "7 bytes of pixels; 2 x 1 have 8"),
            (&input(2, 1, 9), "9 bytes of pixels; 2 x 1 have 8"),
            (&empty, "a picture of 0 x 7 has no pixels"),
            (&input(u32::MAX, u32::MAX, 4), "4 bytes of pixels; 4294967295 x 4294967295 have"),
        ] {
            let message = View::read(bytes).unwrap_err();
            assert!(message.starts_with(reason), "{message}");
        }
    }
}
