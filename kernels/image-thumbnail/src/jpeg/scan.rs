//! The blocks of one scan of a JPEG, mostly its only one, row by row of its MCUs.

use super::bits::Bits;
use super::frame::{BLOCK, Frame};
use super::huffman::Huffman;
use super::idct::{self, Coefficients};

/// For each coefficient, in the file's order, its place in a block and what it is multiplied by.
pub type Quantisation = [(u8, i16); 64];

/// How one channel is coded.
pub struct Coding {
    /// The code of the first coefficients.
    pub dc: Huffman,
    /// The code of the others.
    pub ac: Huffman,
    /// What all of them are multiplied by.
    pub quantisation: Quantisation,
}

/// The data, and how to read it.
pub struct Scan<'a> {
    /// From the first MCU on.
    pub data: &'a [u8],
    /// Which channels of the frame it has.
    pub channels: Vec<usize>,
    /// One for each of them.
    pub codings: Vec<Coding>,
    /// MCUs between two restart markers; 0 where there are none.
    pub restart_interval: usize,
}

impl Scan<'_> {
    /// Decodes all of it. `take` gets the rows of each row of MCUs: the channel's number, its samples, and how many there
    /// are from one row to the next. `None` when the data is damaged.
    pub fn decode(&self, frame: &Frame, mut take: impl FnMut(usize, &[u8], usize)) -> Option<()> {
        let frame = frame.part(&self.channels);
        let (across, down) = frame.mcus();
        let strides: Vec<usize> = frame.components.iter().map(|component| across * component.across * BLOCK).collect();
        let mut strips: Vec<Vec<u8>> = frame
            .components
            .iter()
            .zip(&strides)
            .map(|(component, stride)| vec![0; stride * component.down * BLOCK])
            .collect();
        let mut bits = Bits::new(self.data);
        let mut predictions = [0_i16; 3];
        let mut until_restart = self.restart_interval;
        let mut block = Coefficients([0; 64]);
        for _ in 0..down {
            for mcu in 0..across {
                if self.restart_interval != 0 {
                    if until_restart == 0 {
                        bits.restart()?;
                        predictions = [0; 3];
                        until_restart = self.restart_interval;
                    }
                    until_restart -= 1;
                }
                for (channel, component) in frame.components.iter().enumerate() {
                    let stride = strides[channel];
                    for place in 0..component.across * component.down {
                        let (x, y) = (place % component.across, place / component.across);
                        let start = y * BLOCK * stride + (mcu * component.across + x) * BLOCK;
                        let kind = self.codings[channel].block(&mut bits, &mut predictions[channel], &mut block)?;
                        idct::write(&mut block, kind, &mut strips[channel][start..], stride);
                    }
                }
            }
            if bits.ran_out() {
                return None;
            }
            strips
                .iter()
                .zip(&strides)
                .enumerate()
                .for_each(|(channel, (strip, &stride))| take(self.channels[channel], strip, stride));
        }
        Some(())
    }
}

impl Coding {
    /// Reads one block into `block`, which is all zeros; `None` if it is damaged.
    #[inline(always)]
    fn block(&self, bits: &mut Bits<'_>, prediction: &mut i16, block: &mut Coefficients) -> Option<idct::Kind> {
        // In a variable of their own, the bits are held in registers.
        let mut next = *bits;
        *prediction = prediction.wrapping_add(self.dc.next(&mut next)?.value);
        block.0[0] = prediction.wrapping_mul(self.quantisation[0].1);
        let mut at = 1;
        while at < 64 {
            let coded = self.ac.next(&mut next)?;
            if coded.bits == 0 {
                if coded.run != 15 {
                    break;
                }
                at += 16;
                continue;
            }
            at += coded.run;
            let &(place, factor) = self.quantisation.get(at)?;
            block.0[usize::from(place) & 63] = coded.value.wrapping_mul(factor);
            at += 1;
        }
        *bits = next;
        Some(if at == 1 { idct::Kind::Flat } else { idct::Kind::Full })
    }
}
