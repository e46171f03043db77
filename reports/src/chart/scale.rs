//! Round values for the scales of charts.

/// The smallest of 1, 2 or 5 times a power of ten that goes into `span` at most `most` times; `span` is positive.
pub fn round_step(span: f64, most: f64) -> f64 {
    let decade = 10_f64.powf((span / most).log10().floor());
    [1.0, 2.0, 5.0, 10.0].map(|m| m * decade).into_iter().find(|step| span / step <= most).unwrap_or(span)
}

#[cfg(test)]
mod tests {
    use super::round_step;

    #[test]
    fn steps_are_round_and_few() {
        for (span, step) in [(1.0, 0.2), (4.9, 1.0), (5.0, 1.0), (5.1, 2.0), (26.0, 10.0), (3e-9, 1e-9)] {
            assert!((round_step(span, 5.0) / step - 1.0).abs() < 1e-9, "{span}: {}", round_step(span, 5.0));
        }
    }
}
