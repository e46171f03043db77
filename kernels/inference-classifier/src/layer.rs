//! One encoder layer: attention over all tokens, then the feed-forward part, each on its normed input.

use crate::{
    buffers::{Attention, Buffers},
    gemm::{self, PANEL, Packed, Rows, RowsMut},
    math,
    weights::{Reader, Shape},
};

/// The weights of one layer, ready to multiply with.
pub struct Layer {
    norm1: Norm,
    qkv: Packed,
    out: Packed,
    norm2: Norm,
    up: Packed,
    down: Packed,
}

/// Gain and bias of a layer norm.
pub struct Norm {
    gain: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    /// Takes gain and bias, each of `width` numbers.
    pub fn read(reader: &mut Reader, width: usize) -> Result<Norm, String> {
        Ok(Norm { gain: reader.tensor(1, width)?, bias: reader.tensor(1, width)? })
    }

    /// Norms each row of `from` into `to`.
    pub fn apply(&self, from: &[f32], to: &mut [f32]) {
        math::norm(from, &self.gain, &self.bias, to);
    }
}

impl Layer {
    /// Takes the tensors of the next layer.
    pub fn read(reader: &mut Reader) -> Result<Layer, String> {
        let Shape { width, hidden, .. } = reader.shape();
        let norm1 = Norm::read(reader, width)?;
        let qkv = packed(reader, width, 3 * width)?;
        let out = packed(reader, width, width)?;
        let norm2 = Norm::read(reader, width)?;
        let up = packed(reader, width, hidden)?;
        let down = packed(reader, hidden, width)?;
        Ok(Layer { norm1, qkv, out, norm2, up, down })
    }

    /// Applies the layer to the first `rows` rows of `buffers.x`.
    pub fn apply(&self, shape: Shape, rows: usize, buffers: &mut Buffers) {
        let (width, hidden) = (shape.width, shape.hidden);
        let x = &mut buffers.x[..rows * width];
        let normed = &mut buffers.normed[..rows * width];
        self.norm1.apply(x, normed);
        self.qkv.multiply(rows, normed, &mut buffers.qkv);
        for head in 0..shape.heads {
            attend(shape, head, rows, &buffers.qkv, &mut buffers.attention, &mut buffers.mixed);
        }
        let change = &mut buffers.change[..rows * width];
        self.out.multiply(rows, &buffers.mixed, change);
        math::add(x, change);

        self.norm2.apply(x, normed);
        let inner = &mut buffers.hidden[..rows * hidden];
        self.up.multiply(rows, normed, inner);
        math::gelu_all(inner);
        self.down.multiply(rows, inner, change);
        math::add(x, change);
    }
}

fn packed(reader: &mut Reader, rows: usize, columns: usize) -> Result<Packed, String> {
    let weights = reader.tensor(rows, columns)?;
    Ok(Packed::new(&weights, reader.tensor(1, columns)?))
}

/// softmax(q · kᵀ / √d) · v of one head, into its columns of `mixed`.
fn attend(shape: Shape, head: usize, rows: usize, qkv: &[f32], room: &mut Attention, mixed: &mut [f32]) {
    let (width, head_width) = (shape.width, shape.head_width());
    let (stride, first) = (3 * width, head * head_width);
    // Scores have a column per token, filled up to whole panels; the softmax leaves the filling out.
    let columns = rows.next_multiple_of(PANEL);
    let scale = 1.0 / (head_width as f32).sqrt();
    gemm::pack(&mut room.keys, head_width, columns, |k, token| {
        if token < rows { qkv[token * stride + width + first + k] * scale } else { 0.0 }
    });
    gemm::pack(&mut room.values, rows, head_width, |token, k| qkv[token * stride + 2 * width + first + k]);
    let queries = Rows { numbers: &qkv[first..], stride };
    let scores = RowsMut { numbers: &mut room.scores, stride: columns };
    gemm::multiply(rows, head_width, queries, &room.keys, &room.no_bias[..columns], scores);
    for row in room.scores[..rows * columns].chunks_exact_mut(columns) {
        math::softmax(row, rows);
    }
    let shares = Rows { numbers: &room.scores, stride: columns };
    let mixed = RowsMut { numbers: &mut mixed[first..], stride: width };
    gemm::multiply(rows, rows, shares, &room.values, &room.no_bias[..head_width], mixed);
}
