//! The reduction of one channel, whose rows come some at a time: there is never more in memory than what is narrow already.

use crate::filter::Filter;
use crate::resize::passes;

/// One direction of a reduction.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// Samples that there are.
    pub inputs: usize,
    /// How many of them the picture spans; the last one may lie in it only in part.
    pub span: f64,
    /// Samples that are wanted.
    pub outputs: usize,
}

/// A channel in the middle of its reduction by Lanczos3.
pub struct Plane {
    across: Filter,
    down: Filter,
    /// Rows that are as wide as wanted.
    narrow: Vec<u8>,
}

impl Plane {
    /// Rows come in blocks of this many or a multiple.
    pub const ROWS: usize = 4;

    /// A channel of which no rows are in yet.
    #[must_use]
    pub fn new(across: Extent, down: Extent) -> Self {
        let filter = |extent: Extent, step| Filter::of_span(extent.inputs, extent.span, extent.outputs, step);
        Self {
            across: filter(across, passes::STEP_ACROSS_PLANE),
            down: filter(down, passes::STEP_DOWN),
            narrow: Vec::with_capacity((down.inputs + 16) * across.outputs),
        }
    }

    /// Takes in rows of `stride` bytes, which is a multiple of 8 and at least the inputs across; what is beyond those
    /// does not matter. Rows beyond the inputs down may come, and do not matter either.
    pub fn take(&mut self, rows: &[u8], stride: usize) {
        let start = self.narrow.len();
        self.narrow.resize(start + rows.len() / stride * self.across.starts.len(), 0);
        passes::across_plane(rows, stride, &self.across, &mut self.narrow[start..]);
    }

    /// The reduced channel, when all rows are in.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        let mut reduced = vec![0; self.across.starts.len() * self.down.starts.len()];
        passes::down_plane(&self.narrow, self.across.starts.len(), &self.down, &mut reduced);
        reduced
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{View, resize};

    /// Feeds `rows` of `width` samples to a plane, with noise in what does not matter.
    fn reduced(samples: &[u8], width: usize, across: Extent, down: Extent) -> Vec<u8> {
        let stride = width.next_multiple_of(8);
        let mut plane = Plane::new(across, down);
        for rows in samples.chunks(width * Plane::ROWS) {
            let mut block = crossover_inputs::random(9, stride * Plane::ROWS);
            for (row, samples) in block.chunks_exact_mut(stride).zip(rows.chunks_exact(width)) {
                row[..width].copy_from_slice(samples);
            }
            plane.take(&block, stride);
        }
        plane.finish()
    }

    fn whole(inputs: usize, outputs: usize) -> Extent {
        Extent { inputs, span: inputs as f64, outputs }
    }

    #[test]
    fn a_channel_of_its_own_is_reduced_as_it_is_among_others() {
        for (width, height, to_width, to_height) in [(700, 9, 512, 5), (4000, 22, 512, 3), (41, 7, 16, 7), (5, 3, 3, 1)]
        {
            let noise = crossover_inputs::random(5, width * height);
            let samples: Vec<u8> = noise.iter().map(|byte| if byte & 1 == 0 { 0 } else { 255 }).collect();
            let rgba: Vec<u8> = samples.iter().flat_map(|&level| [level, level, level, 255]).collect();
            let expected = resize(View::new(width as u32, height as u32, &rgba).unwrap(), to_width, to_height);
            let expected: Vec<u8> = expected.iter().step_by(4).copied().collect();
            let got = reduced(&samples, width, whole(width, to_width), whole(height, to_height));
            assert!(got == expected, "{width} x {height} to {to_width} x {to_height}");
        }
    }

    #[test]
    fn one_level_stays_that_level_when_it_is_enlarged_or_cut() {
        let across = Extent { inputs: 301, span: 300.5, outputs: 512 };
        let down = Extent { inputs: 7, span: 6.5, outputs: 4 };
        assert_eq!(reduced(&[77; 301 * 7], 301, across, down), [77; 512 * 4]);
    }
}
