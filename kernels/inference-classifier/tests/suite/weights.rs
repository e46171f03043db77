//! Weights of a transformer encoder that was never trained: they cost what a trained one's cost, and mean nothing.
//!
//! `src/weights.rs` says what the file holds. The kernel `inference-encoder` makes the same in JavaScript
//! (`js-baselines/inference-encoder/weights.js`): both are held to one hash.

use crossover_inputs::Rng;

const MAGIC: &[u8; 8] = b"LNGCLASS";
const VERSION: u32 = 1;
/// Tokens that the model reads at most; the kernel has this number, too.
const POSITIONS: u32 = 128;

/// The sizes of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EncoderShape {
    /// Number of token values.
    pub vocabulary: u32,
    /// Numbers per token.
    pub width: u32,
    /// Encoder layers.
    pub layers: u32,
    /// Attention heads per layer.
    pub heads: u32,
    /// Numbers per token inside the feed-forward part.
    pub hidden: u32,
    /// Numbers of the answer.
    pub labels: u32,
}

/// A weights file of this shape.
///
/// Every product keeps about the spread of what goes in, as in a model at the start of its training, so that no softmax
/// and no GELU is pushed to where it is flat. The last layer spreads the answers far enough to tell models apart.
#[must_use]
pub fn encoder(seed: u64, shape: EncoderShape) -> Vec<u8> {
    let EncoderShape { vocabulary, width, layers, heads, hidden, labels } = shape;
    let mut names: String = (0..labels).map(|label| format!("{label}\n")).collect();
    while !names.len().is_multiple_of(4) {
        names.push('\n');
    }
    let mut file = MAGIC.to_vec();
    for field in [VERSION, vocabulary, POSITIONS, width, layers, heads, hidden, labels, names.len() as u32] {
        file.extend_from_slice(&field.to_le_bytes());
    }
    file.extend_from_slice(names.as_bytes());

    let mut tensors = Tensors { rng: Rng::new(seed), file };
    tensors.add(vocabulary, width, 0.0, 1.0);
    tensors.add(POSITIONS, width, 0.0, 0.5);
    for _ in 0..layers {
        tensors.norm(width);
        tensors.linear(width, 3 * width);
        tensors.linear(width, width);
        tensors.norm(width);
        tensors.linear(width, hidden);
        tensors.linear(hidden, width);
    }
    tensors.norm(width);
    tensors.add(width, labels, 0.0, 0.5);
    tensors.add(1, labels, 0.0, 0.5);
    tensors.file
}

/// A file that tensors are added to.
struct Tensors {
    rng: Rng,
    file: Vec<u8>,
}

impl Tensors {
    fn norm(&mut self, width: u32) {
        self.add(1, width, 1.0, 0.1);
        self.add(1, width, 0.0, 0.1);
    }

    fn linear(&mut self, depth: u32, columns: u32) {
        self.add(depth, columns, 0.0, f64::from(depth).sqrt().recip());
        self.add(1, columns, 0.0, 0.1);
    }

    /// Adds `rows` times `columns` numbers around `mean`.
    fn add(&mut self, rows: u32, columns: u32, mean: f64, deviation: f64) {
        for _ in 0..u64::from(rows) * u64::from(columns) {
            let number = mean + deviation * standard(&mut self.rng);
            self.file.extend_from_slice(&to_half(number as f32).to_le_bytes());
        }
    }
}

/// A number with a mean of 0 and a deviation of 1, near enough to a normal distribution: four even ones added.
pub fn standard(rng: &mut Rng) -> f64 {
    let bits = rng.next_u64();
    let sum: u64 = (0..4).map(|part| (bits >> (16 * part)) & 0xffff).sum();
    // Each part has a deviation of 2^16 / √12, and four together twice that.
    (sum as f64 - 2.0 * 65535.0) / (65536.0 / 3.0_f64.sqrt())
}

/// The half-precision number next to `number`, whose size is below 65504 (IEEE 754-2019, binary16).
pub fn to_half(number: f32) -> u16 {
    let bits = number.to_bits();
    let sign = (bits >> 16 & 0x8000) as u16;
    let size = f32::from_bits(bits & 0x7fff_ffff);
    if size < 2.0_f32.powi(-14) {
        // Subnormal: steps of 2^-24.
        return sign | (size * 2.0_f32.powi(24)).round_ties_even() as u16;
    }
    let size = size.to_bits();
    // To nearest, ties to even, in the 13 bits that go; the exponent's bias goes from 127 to 15.
    let rounded = size + 0xfff + (size >> 13 & 1);
    sign | ((rounded >> 13) - ((127 - 15) << 10)) as u16
}
