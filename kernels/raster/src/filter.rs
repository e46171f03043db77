//! Lanczos3 weights for one direction of a reduction, in fixed point.

use std::f64::consts::PI;

/// Fraction bits of a weight; the weights of one output add up to exactly `1 << WEIGHT_BITS`.
///
/// Twelve is what lets three channels share one 64-bit word in the scalar passes.
pub const WEIGHT_BITS: u32 = 12;

/// Lobes of the kernel on each side.
const LOBES: f64 = 3.0;

/// For each output sample, where its inputs start and what they weigh.
pub struct Filter {
    /// Inputs per output, the same for all of them; what an output does not need weighs 0.
    pub taps: usize,
    /// Index of the first input of each output.
    pub starts: Vec<usize>,
    /// `taps` weights for each output.
    pub weights: Vec<i16>,
}

impl Filter {
    /// The filter that makes `outputs` samples of `inputs`.
    ///
    /// The number of taps is a multiple of `step`. It exceeds `inputs` only when `inputs` is smaller than what
    /// `step` rounds it up to; the taps beyond the last input weigh 0.
    pub fn new(inputs: usize, outputs: usize, step: usize) -> Self {
        Self::of_span(inputs, inputs as f64, outputs, step)
    }

    /// The same where the picture is `span` inputs wide, the last of which may lie in it only in part.
    pub fn of_span(inputs: usize, span: f64, outputs: usize, step: usize) -> Self {
        let scale = span / outputs as f64;
        let windows: Vec<(usize, Vec<i16>)> = (0..outputs).map(|output| window(output, inputs, scale)).collect();
        let longest = windows.iter().map(|(_, weights)| weights.len()).max().unwrap_or(0);
        let taps = longest.next_multiple_of(step);
        let mut filter = Self { taps, starts: Vec::with_capacity(outputs), weights: vec![0; outputs * taps] };
        for ((first, weights), row) in windows.iter().zip(filter.weights.chunks_exact_mut(taps)) {
            // Near the end, a window of full length has to begin earlier.
            let start = (*first).min(inputs.saturating_sub(taps));
            row[first - start..][..weights.len()].copy_from_slice(weights);
            filter.starts.push(start);
        }
        filter
    }

    /// Start and weights of every output.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &[i16])> {
        self.starts.iter().copied().zip(self.weights.chunks_exact(self.taps))
    }
}

/// The first input of one output, and the weights from there on.
fn window(output: usize, inputs: usize, scale: f64) -> (usize, Vec<i16>) {
    let centre = (output as f64 + 0.5) * scale;
    // Where outputs are more than inputs, the kernel is as wide as inputs are.
    let stretch = scale.max(1.0);
    let reach = LOBES * stretch;
    // Input `i` has its middle at `i + 0.5`; the casts saturate at 0.
    let first = (centre - reach - 0.5).ceil() as usize;
    let last = ((centre + reach - 0.5).floor() as usize).min(inputs - 1);
    let exact: Vec<f64> = (first..=last).map(|input| lanczos3((input as f64 + 0.5 - centre) / stretch)).collect();
    let sum: f64 = exact.iter().sum();
    let one = f64::from(1 << WEIGHT_BITS);
    let mut weights: Vec<i16> = exact.iter().map(|weight| (weight / sum * one).round() as i16).collect();
    // What rounding left over goes to the largest weight, where it changes the shape least.
    let left_over = (1 << WEIGHT_BITS) - weights.iter().map(|&weight| i32::from(weight)).sum::<i32>();
    if let Some(largest) = weights.iter_mut().max() {
        *largest += left_over as i16;
    }
    (first, weights)
}

/// `sinc(x) · sinc(x / 3)` for |x| < 3, else 0 (Duchon 1979, doi:10.1175/1520-0450(1979)018<1016:LFIOAT>2.0.CO;2).
fn lanczos3(x: f64) -> f64 {
    let x = x.abs() * PI;
    if x < 1e-8 {
        1.0
    } else if x < LOBES * PI {
        x.sin() / x * (x / LOBES).sin() / (x / LOBES)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_add_up_to_one_and_stay_in_the_lanes_of_the_scalar_passes() {
        let sizes = [(513, 512), (514, 513), (600, 512), (767, 512), (800, 512), (1024, 512), (4000, 512), (9999, 512)];
        let short = (1..24).flat_map(|inputs| (1..=2 * inputs).map(move |outputs| (inputs, outputs)));
        for (inputs, outputs) in sizes.into_iter().chain(short) {
            let filter = Filter::new(inputs, outputs, 1);
            for (start, weights) in filter.iter() {
                let (up, down): (Vec<i32>, Vec<i32>) = weights.iter().map(|&w| i32::from(w)).partition(|&w| w > 0);
                let (up, down) = (up.iter().sum::<i32>(), down.iter().sum::<i32>());
                assert_eq!(up + down, 1 << WEIGHT_BITS, "{inputs} to {outputs}");
                // 255 times these must fit beside the bias of 2^19 in a lane of 21 bits.
                assert!(up <= 6100 && down >= -2000, "{inputs} to {outputs}: {up} and {down}");
                assert!(start + weights.len() <= inputs, "{inputs} to {outputs}");
            }
        }
    }

    #[test]
    fn the_same_size_is_left_alone() {
        for (output, (start, weights)) in Filter::new(9, 9, 1).iter().enumerate() {
            for (tap, &weight) in weights.iter().enumerate() {
                assert_eq!(weight != 0, start + tap == output);
            }
        }
    }

    #[test]
    fn a_step_pads_with_weights_of_nothing() {
        let (plain, padded) = (Filter::new(1000, 512, 1), Filter::new(1000, 512, 4));
        assert_eq!(padded.taps % 4, 0);
        for ((_, plain), (_, padded)) in plain.iter().zip(padded.iter()) {
            let some = |weights: &[i16]| weights.iter().copied().filter(|&w| w != 0).collect::<Vec<_>>();
            assert_eq!(some(plain), some(padded));
        }
    }
}
