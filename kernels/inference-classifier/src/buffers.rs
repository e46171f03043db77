//! The room that a call works in, so that it allocates nothing.

use crate::{tokens::POSITIONS, weights::Shape};

/// Intermediate results, with room for the longest sequence.
pub struct Buffers {
    /// The token vectors that every layer adds to.
    pub x: Vec<f32>,
    pub normed: Vec<f32>,
    pub qkv: Vec<f32>,
    pub attention: Attention,
    /// What the heads have mixed, side by side.
    pub mixed: Vec<f32>,
    pub hidden: Vec<f32>,
    /// What a part of a layer adds to `x`.
    pub change: Vec<f32>,
}

impl Buffers {
    /// Room for sequences of the model of this shape.
    pub fn new(shape: Shape) -> Buffers {
        let room = |columns: usize| vec![0.0; POSITIONS * columns];
        Buffers {
            x: room(shape.width),
            normed: room(shape.width),
            qkv: room(3 * shape.width),
            attention: Attention::new(shape, POSITIONS),
            mixed: room(shape.width),
            hidden: room(shape.hidden),
            change: room(shape.width),
        }
    }
}

/// Room for the attention of one head.
pub struct Attention {
    pub keys: Vec<f32>,
    pub values: Vec<f32>,
    pub scores: Vec<f32>,
    /// Zeros, in place of a bias.
    pub no_bias: Vec<f32>,
}

impl Attention {
    /// Room for `positions` tokens, a multiple of [`PANEL`](crate::gemm::PANEL).
    fn new(shape: Shape, positions: usize) -> Attention {
        let numbers = positions * shape.head_width();
        Attention {
            keys: vec![0.0; numbers],
            values: vec![0.0; numbers],
            scores: vec![0.0; positions * positions],
            no_bias: vec![0.0; positions.max(shape.head_width())],
        }
    }
}
