//! The weights file: what it holds, and the checks that it holds it.
//!
//! `LNGCLASS`, nine little-endian `u32` (version and `Shape`, then the length of the labels in bytes), the labels
//! with a line feed after each, filled up to a multiple of 4 with more line feeds, then every tensor in half precision.
//! `train/weights_file.py` writes it.

use crate::{gemm::PANEL, half, tokens::POSITIONS};

const MAGIC: &[u8; 8] = b"LNGCLASS";
const VERSION: u32 = 1;
const HEADER_BYTES: usize = 8 + 9 * 4;
/// No tensor is larger than this in numbers, whatever a header claims.
const LARGEST_TENSOR: usize = 1 << 24;

/// The sizes of a model, all checked.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Number of token values.
    pub vocabulary: usize,
    /// Numbers per token.
    pub width: usize,
    /// Encoder layers.
    pub layers: usize,
    /// Attention heads per layer.
    pub heads: usize,
    /// Numbers per token inside the feed-forward part.
    pub hidden: usize,
    /// Languages.
    pub labels: usize,
}

/// Hands out the tensors of a weights file one after the other.
pub struct Reader<'a> {
    shape: Shape,
    labels: Vec<String>,
    tensors: &'a [[u8; 2]],
}

impl<'a> Reader<'a> {
    /// Checks magic, version, shape and labels.
    pub fn new(file: &'a [u8]) -> Result<Reader<'a>, String> {
        let (header, rest) = file.split_at_checked(HEADER_BYTES).ok_or("weights: the file ends inside its header")?;
        if &header[..8] != MAGIC {
            return Err("weights: this is no weights file of this kernel".to_owned());
        }
        let mut fields = [0; 9];
        for (field, bytes) in fields.iter_mut().zip(header[8..].as_chunks::<4>().0) {
            *field = u32::from_le_bytes(*bytes);
        }
        if fields[0] != VERSION {
            return Err(format!("weights: version {} of the file is not the {VERSION} that is read here", fields[0]));
        }
        let [_, vocabulary, positions, width, layers, heads, hidden, labels, label_bytes] =
            fields.map(|field| field as usize);
        if positions != POSITIONS {
            return Err(format!("weights: made for {positions} tokens, not for {POSITIONS}"));
        }
        let shape = Shape { vocabulary, width, layers, heads, hidden, labels };
        shape.check()?;
        let (names, tensors) = rest.split_at_checked(label_bytes).ok_or("weights: the file ends inside its labels")?;
        let names = std::str::from_utf8(names).map_err(|_| "weights: the labels are not UTF-8")?;
        let names: Vec<String> = names.trim_end_matches('\n').split('\n').map(str::to_owned).collect();
        if names.len() != labels {
            return Err(format!("weights: {} labels, where the header says {labels}", names.len()));
        }
        let (tensors, odd) = tensors.as_chunks::<2>();
        if !odd.is_empty() {
            return Err("weights: half a number at the end of the file".to_owned());
        }
        Ok(Reader { shape, labels: names, tensors })
    }

    /// The sizes of the model.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The next tensor, of `rows * columns` numbers, row after row.
    pub fn tensor(&mut self, rows: usize, columns: usize) -> Result<Vec<f32>, String> {
        let (taken, rest) = self.tensors.split_at_checked(rows * columns).ok_or("weights: the file ends too early")?;
        self.tensors = rest;
        let numbers: Vec<f32> = taken.iter().map(|bytes| half::to_f32(u16::from_le_bytes(*bytes))).collect();
        match numbers.iter().all(|number| number.is_finite()) {
            true => Ok(numbers),
            false => Err("weights: a number that is not finite".to_owned()),
        }
    }

    /// The labels, once every tensor has been taken.
    pub fn finish(self) -> Result<Vec<String>, String> {
        match self.tensors.len() {
            0 => Ok(self.labels),
            left => Err(format!("weights: {left} numbers too many")),
        }
    }
}

impl Shape {
    /// Numbers per token and head.
    pub fn head_width(self) -> usize {
        self.width / self.heads
    }

    fn check(self) -> Result<(), String> {
        let Shape { vocabulary, width, layers, heads, hidden, labels } = self;
        let is_sound = (17..=1 << 16).contains(&vocabulary)
            && (1..=64).contains(&layers)
            && (1..=256).contains(&labels)
            && (1..=64).contains(&heads)
            && (PANEL..=4096).contains(&width)
            && (PANEL..=16384).contains(&hidden)
            && hidden.is_multiple_of(PANEL)
            && width.is_multiple_of(heads)
            && self.head_width().is_multiple_of(PANEL)
            && vocabulary * width <= LARGEST_TENSOR
            && width * hidden <= LARGEST_TENSOR;
        if is_sound { Ok(()) } else { Err(format!("weights: no model has the shape {self:?}")) }
    }
}
