//! The segments around the pixels: tables, the frame and the scans' headers.

use std::cmp::Ordering;

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

/// Frame and scans of `file`, which together have every channel once; `None` for what is not decoded here.
pub fn read(file: &[u8]) -> Option<(Frame, Vec<Scan<'_>>)> {
    let mut rest = file.strip_prefix(&[0xFF, 0xD8])?;
    let mut tables = Tables::default();
    let mut frame = None;
    let mut scans = Vec::new();
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
            0xDA => {
                let frame = frame.as_ref()?;
                scans.push(tables.scan(segment, frame, rest)?);
                let channels = scans.iter().flat_map(|scan: &Scan<'_>| &scan.channels);
                match channels.count().cmp(&frame.components.len()) {
                    Ordering::Less => rest = after_scan(rest),
                    Ordering::Equal => break,
                    Ordering::Greater => return None,
                }
            }
            // Adobe's segment says whether three channels are YCbCr (1) or RGB (0).
            0xEE if segment.starts_with(b"Adobe") && segment.get(11) != Some(&1) => return None,
            0xE0..=0xEF | 0xFE => {}
            _ => return None,
        }
    }
    let frame = frame?;
    let is_once = |channel| scans.iter().filter(|scan| scan.channels.contains(&channel)).count() == 1;
    (0..frame.components.len()).all(is_once).then_some((frame, scans))
}

/// What follows the data of a scan: the first marker that is not one of its own.
fn after_scan(data: &[u8]) -> &[u8] {
    let is_next = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xD0..=0xD7 | 0xFF);
    data.windows(2).position(is_next).map_or(&[], |at| &data[at..])
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

    /// The scan of a segment, where it has channels of the frame in their order.
    fn scan<'a>(&self, segment: &[u8], frame: &Frame, data: &'a [u8]) -> Option<Scan<'a>> {
        let (&count, rest) = segment.split_first()?;
        let (selectors, [0, 63, 0]) = rest.split_at_checked(2 * usize::from(count))? else { return None };
        let selectors = selectors.as_chunks::<2>().0;
        let channel = |[id, _]: &[u8; 2]| frame.components.iter().position(|component| component.id == *id);
        let channels = selectors.iter().map(channel).collect::<Option<Vec<_>>>()?;
        let coding = |(channel, [_, tables]): (&usize, &[u8; 2])| {
            Some(Coding {
                dc: self.dc.get(usize::from(tables >> 4))?.clone()?,
                ac: self.ac.get(usize::from(tables & 15))?.clone()?,
                quantisation: self.quantisation[frame.components[*channel].table]?,
            })
        };
        let codings = channels.iter().zip(selectors).map(coding).collect::<Option<_>>()?;
        channels.is_sorted().then_some(Scan { data, channels, codings, restart_interval: self.restart_interval })
    }
}
