//! The segments before the pixels: tables, the frame and the scan's header.

use super::frame::Frame;
use super::huffman::Huffman;
use super::scan::{Coding, Quantisation, Scan};

/// The place in a block, row by row, of each coefficient in the order in which a file has them.
const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
    28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
    47, 55, 62, 63,
];

/// Tables as far as they have been read.
#[derive(Default)]
struct Tables {
    quantisation: [Option<Quantisation>; 4],
    dc: [Option<Huffman>; 4],
    ac: [Option<Huffman>; 4],
    restart_interval: usize,
}

/// Frame and scan of `file`; `None` for what is not decoded here.
pub fn read(file: &[u8]) -> Option<(Frame, Scan<'_>)> {
    let mut rest = file.strip_prefix(&[0xFF, 0xD8])?;
    let mut tables = Tables::default();
    let mut frame = None;
    loop {
        let (&[0xFF, marker], after) = rest.split_first_chunk()? else { return None };
        if marker == 0xFF {
            // A marker may have any number of these before it.
            rest = &rest[1..];
            continue;
        }
        let (&length, _) = after.split_first_chunk()?;
        let (segment, after) = after.split_at_checked(u16::from_be_bytes(length).into())?;
        let segment = segment.get(2..)?;
        rest = after;
        match marker {
            0xC0 | 0xC1 if frame.is_none() => frame = Some(Frame::read(segment)?),
            0xC4 => tables.read_huffman(segment)?,
            0xDB => tables.read_quantisation(segment)?,
            0xDD => tables.restart_interval = u16::from_be_bytes(segment.try_into().ok()?).into(),
            0xDA => return tables.scan(segment, frame?, rest),
            // Adobe's segment says whether three channels are YCbCr (1) or RGB (0).
            0xEE if segment.starts_with(b"Adobe") && segment.get(11) != Some(&1) => return None,
            0xE0..=0xEF | 0xFE => {}
            _ => return None,
        }
    }
}

impl Tables {
    fn read_quantisation(&mut self, mut segment: &[u8]) -> Option<()> {
        while let Some((&head, rest)) = segment.split_first() {
            let (values, rest): (Vec<u16>, _) = match head >> 4 {
                0 => {
                    let (values, rest) = rest.split_first_chunk::<64>()?;
                    (values.iter().map(|&value| value.into()).collect(), rest)
                }
                1 => {
                    let (values, rest) = rest.split_first_chunk::<128>()?;
                    (values.as_chunks().0.iter().map(|&value| u16::from_be_bytes(value)).collect(), rest)
                }
                _ => return None,
            };
            // Blocks are held on their side; the inverse transform turns them.
            let turned = |place: u8| place % 8 * 8 + place / 8;
            *self.quantisation.get_mut(usize::from(head & 15))? =
                Some(std::array::from_fn(|at| (turned(ZIGZAG[at]), values[at] as i16)));
            segment = rest;
        }
        Some(())
    }

    fn read_huffman(&mut self, mut segment: &[u8]) -> Option<()> {
        while let Some((&head, rest)) = segment.split_first() {
            let (counts, rest) = rest.split_first_chunk::<16>()?;
            let symbols = counts.iter().map(|&count| usize::from(count)).sum();
            let (symbols, rest) = rest.split_at_checked(symbols)?;
            let class = if head >> 4 == 0 { &mut self.dc } else { &mut self.ac };
            *class.get_mut(usize::from(head & 15))? = Some(Huffman::new(counts, symbols)?);
            segment = rest;
        }
        Some(())
    }

    /// The scan, where it has all channels of the frame, in their order.
    fn scan<'a>(&self, segment: &[u8], frame: Frame, data: &'a [u8]) -> Option<(Frame, Scan<'a>)> {
        let (&count, rest) = segment.split_first()?;
        let (selectors, [0, 63, 0]) = rest.split_at_checked(2 * usize::from(count))? else { return None };
        if frame.components.len() != usize::from(count) {
            return None;
        }
        let coding = |(component, &[id, tables]): (&super::Component, &[u8; 2])| {
            (component.id == id).then_some(())?;
            Some(Coding {
                dc: self.dc.get(usize::from(tables >> 4))?.clone()?,
                ac: self.ac.get(usize::from(tables & 15))?.clone()?,
                quantisation: self.quantisation[component.table]?,
            })
        };
        let codings = frame.components.iter().zip(selectors.as_chunks().0).map(coding).collect::<Option<_>>()?;
        Some((frame, Scan { data, codings, restart_interval: self.restart_interval }))
    }
}
