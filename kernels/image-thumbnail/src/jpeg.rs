//! The JPEG that cameras write, reduced while it is decoded: no more of it is in memory than a few rows at full size.
//!
//! Each channel is reduced as the file has it, chroma at its own resolution, and only the thumbnail's pixels become RGB. That
//! is what decoding first and reducing then comes to, for both steps are linear, but for rounding and for levels that are
//! cut off.
//!
//! What is rare (progressive, arithmetic, 12 bits, CMYK, RGB) or damaged is left to a decoder that knows it all.

mod bits;
mod frame;
mod huffman;
mod idct;
mod scan;
mod segments;

use kernel_raster::{Extent, Plane};

use crate::Image;
use frame::{Component, Frame};
use scan::Scan;

/// Width and height of a JPEG of this kind; `None` for any other file.
pub struct Jpeg<'a> {
    frame: Frame,
    scans: Vec<Scan<'a>>,
}

impl<'a> Jpeg<'a> {
    /// The headers of `file`, if it is a JPEG of the kind that is decoded here.
    pub fn open(file: &'a [u8]) -> Option<Self> {
        let (frame, scans) = segments::read(file)?;
        Some(Self { frame, scans })
    }

    /// Pixels across.
    pub fn width(&self) -> u32 {
        self.frame.width as u32
    }

    /// Pixels down.
    pub fn height(&self) -> u32 {
        self.frame.height as u32
    }

    /// Whether its channels come one after another, which not every decoder knows.
    pub fn has_many_scans(&self) -> bool {
        self.scans.len() > 1
    }

    /// The picture, reduced to `width` × `height`; `None` when it is damaged.
    pub fn reduced(self, width: usize, height: usize) -> Option<Image> {
        let Self { frame, scans } = self;
        let plane = |component: &Component| {
            let extent = |full: usize, share: usize, most: usize, outputs| Extent {
                inputs: (full * share).div_ceil(most),
                span: (full * share) as f64 / most as f64,
                outputs,
            };
            Plane::new(
                extent(frame.width, component.across, frame.most_across, width),
                extent(frame.height, component.down, frame.most_down, height),
            )
        };
        let mut planes: Vec<Plane> = frame.components.iter().map(plane).collect();
        for scan in scans {
            scan.decode(&frame, |channel, rows, stride| planes[channel].take(rows, stride))?;
        }
        let planes: Vec<Vec<u8>> = planes.into_iter().map(Plane::finish).collect();
        let rgba = match &planes[..] {
            [grey] => grey.iter().flat_map(|&level| [level, level, level, 255]).collect(),
            [y, cb, cr] => rgba(y, cb, cr),
            _ => return None,
        };
        Some(Image { width: width as u32, height: height as u32, rgba })
    }
}

/// Opaque RGBA of JFIF's YCbCr (ITU-R BT.601 with all 256 levels), by factors with 16 fraction bits.
fn rgba(y: &[u8], cb: &[u8], cr: &[u8]) -> Vec<u8> {
    const HALF: i32 = 1 << 15;
    let mut rgba = vec![255; y.len() * 4];
    for (((pixel, &y), &cb), &cr) in rgba.as_chunks_mut::<4>().0.iter_mut().zip(y).zip(cb).zip(cr) {
        let (y, cb, cr) = ((i32::from(y) << 16) + HALF, i32::from(cb) - 128, i32::from(cr) - 128);
        let channels = [y + 91_881 * cr, y - 22_554 * cb - 46_802 * cr, y + 116_130 * cb];
        for (level, channel) in pixel.iter_mut().zip(channels) {
            *level = (channel >> 16).clamp(0, 255) as u8;
        }
    }
    rgba
}

#[cfg(test)]
mod tests;
