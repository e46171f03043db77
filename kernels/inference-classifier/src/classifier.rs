//! The whole job: text to tokens to a vector to one probability per language.

use crate::{
    encoder::Encoder,
    tokens::{POSITIONS, tokenise},
    weights::Reader,
};

/// A trained classifier.
pub struct Classifier {
    labels: Vec<String>,
    vocabulary: u32,
    encoder: Encoder,
    label_weights: Vec<f32>,
    label_bias: Vec<f32>,
    mean: Vec<f32>,
}

impl Classifier {
    /// Reads a weights file.
    ///
    /// # Errors
    ///
    /// When the file is malformed in any way; it is checked in full.
    pub fn from_weights(file: &[u8]) -> Result<Classifier, String> {
        let mut reader = Reader::new(file)?;
        let shape = reader.shape();
        let encoder = Encoder::read(&mut reader)?;
        let label_weights = reader.tensor(shape.width, shape.labels)?;
        let label_bias = reader.tensor(1, shape.labels)?;
        let labels = reader.finish()?;
        let mean = vec![0.0; shape.width];
        Ok(Classifier { labels, vocabulary: shape.vocabulary as u32, encoder, label_weights, label_bias, mean })
    }

    /// The languages, in the order of the answers.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// One number per language: the higher, the likelier.
    pub fn logits(&mut self, text: &str) -> Vec<f32> {
        let mut ids = [0; POSITIONS];
        let count = tokenise(text, self.vocabulary, &mut ids);
        self.encoder.encode(&ids[..count], &mut self.mean);
        let mut logits = self.label_bias.clone();
        for (number, weights) in self.mean.iter().zip(self.label_weights.chunks_exact(logits.len())) {
            for (logit, weight) in logits.iter_mut().zip(weights) {
                *logit += number * weight;
            }
        }
        logits
    }

    /// One probability per language: the softmax of the logits.
    pub fn probabilities(&mut self, text: &str) -> Vec<f32> {
        let mut shares = self.logits(text);
        let largest = shares.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        for share in &mut shares {
            *share = (*share - largest).exp();
        }
        let sum: f32 = shares.iter().sum();
        for share in &mut shares {
            *share /= sum;
        }
        shares
    }
}
