//! Order statistics.

/// The middle value, or the mean of the two middle ones; `None` without values.
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    percentile(values, 0.5)
}

/// The value below which the share `p` (0 to 1) of all values lies, interpolated linearly between neighbours (Hyndman
/// and Fan 1996, type 7); `None` without values.
#[must_use]
pub fn percentile(values: &[f64], p: f64) -> Option<f64> {
    let mut values = values.to_vec();
    let last = values.len().checked_sub(1)?;
    let position = p.clamp(0.0, 1.0) * last as f64;
    // The casts are safe: `position` is between 0 and the last index.
    let (below, above) = (position.floor() as usize, position.ceil() as usize);
    let (_, &mut low, higher) = values.select_nth_unstable_by(below, f64::total_cmp);
    if above == below {
        return Some(low);
    }
    let high = higher.iter().copied().fold(f64::INFINITY, f64::min);
    Some(low + (high - low) * (position - below as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_of_none_one_odd_and_even() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0]), Some(3.0));
        assert_eq!(median(&[9.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 9.0]), Some(3.0));
    }

    #[test]
    fn percentiles_interpolate() {
        let values = [50.0, 10.0, 30.0, 20.0, 40.0];
        assert_eq!(percentile(&values, 0.0), Some(10.0));
        assert_eq!(percentile(&values, 1.0), Some(50.0));
        assert_eq!(percentile(&values, 0.95), Some(48.0));
        assert_eq!(percentile(&[5.0, 1.0, 4.0, 2.0, 3.0], 0.25), Some(2.0));
        assert_eq!(percentile(&[4.0, 1.0], 0.25), Some(1.75));
        assert_eq!((percentile(&[], 0.25), percentile(&[2.0], 0.25)), (None, Some(2.0)));
    }
}
