//! The location of a few noisy values.

use super::median;

/// Most values for which all Walsh averages are computed.
const MOST: usize = 1000;

/// The Hodges–Lehmann estimate: the median of all Walsh averages (xᵢ + xⱼ) / 2 with i ≤ j; `None` without values.
///
/// Nearly as precise as the mean with Gaussian noise, and nearly as robust as the median with an outlier (Hodges and
/// Lehmann 1963). Takes time and memory in the square of the count, which is at most some sixty blocks; with more than
/// [`MOST`] values it is the median, so that no file can make it take all memory.
#[must_use]
pub fn hodges_lehmann(values: &[f64]) -> Option<f64> {
    if values.len() > MOST {
        return median(values);
    }
    let averages: Vec<f64> =
        values.iter().enumerate().flat_map(|(i, &x)| values[i..].iter().map(move |&y| x.midpoint(y))).collect();
    median(&averages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert_eq!(hodges_lehmann(&[]), None);
        assert_eq!(hodges_lehmann(&[2.0]), Some(2.0));
        assert_eq!(hodges_lehmann(&[1.0, 3.0]), Some(2.0));
        // Walsh averages of 1, 2, 6: 1, 1.5, 2, 3.5, 4, 6.
        assert_eq!(hodges_lehmann(&[1.0, 2.0, 6.0]), Some(2.75));
    }

    #[test]
    fn one_wild_block_of_six_moves_it_little() {
        let calm = hodges_lehmann(&[-0.01, 0.0, 0.01, 0.02, -0.02, 0.0]).unwrap();
        let wild = hodges_lehmann(&[-0.01, 0.0, 0.01, 0.02, -0.02, 5.0]).unwrap();
        assert!((calm - wild).abs() < 0.02, "{calm} {wild}");
    }
}
