//! The encoder: from tokens to one vector for the whole text.

use crate::{
    buffers::Buffers,
    layer::{Layer, Norm},
    math,
    tokens::POSITIONS,
    weights::{Reader, Shape},
};

/// The weights of the encoder, and the room it works in: a call allocates nothing.
pub struct Encoder {
    shape: Shape,
    embedding: Vec<f32>,
    position: Vec<f32>,
    layers: Vec<Layer>,
    norm: Norm,
    buffers: Buffers,
}

impl Encoder {
    /// Takes the tensors of the encoder.
    pub fn read(reader: &mut Reader) -> Result<Encoder, String> {
        let shape = reader.shape();
        let embedding = reader.tensor(shape.vocabulary, shape.width)?;
        let position = reader.tensor(POSITIONS, shape.width)?;
        let layers = (0..shape.layers).map(|_| Layer::read(reader)).collect::<Result<_, _>>()?;
        let norm = Norm::read(reader, shape.width)?;
        Ok(Encoder { shape, embedding, position, layers, norm, buffers: Buffers::new(shape) })
    }

    /// The mean of the last layer's token vectors, written to `mean`. There is at least one token and at most
    /// `POSITIONS`, each below the size of the vocabulary. A short text costs less: nothing is padded.
    pub fn encode(&mut self, ids: &[u32], mean: &mut [f32]) {
        let (width, rows) = (self.shape.width, ids.len());
        let x = &mut self.buffers.x[..rows * width];
        x.copy_from_slice(&self.position[..rows * width]);
        for (x, &id) in x.chunks_exact_mut(width).zip(ids) {
            math::add(x, &self.embedding[id as usize * width..][..width]);
        }
        for layer in &self.layers {
            layer.apply(self.shape, rows, &mut self.buffers);
        }
        let normed = &mut self.buffers.normed[..rows * width];
        self.norm.apply(&self.buffers.x[..rows * width], normed);
        mean.fill(0.0);
        for row in normed.chunks_exact(width) {
            math::add(mean, row);
        }
        for number in mean {
            *number /= rows as f32;
        }
    }
}
