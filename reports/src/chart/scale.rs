//! Round values for the scales of charts.

/// The smallest of 1, 2 or 5 times a power of ten that goes into `span` at most `most` times; `span` is positive.
pub fn round_step(span: f64, most: f64) -> f64 {
    let decade = 10_f64.powf((span / most).log10().floor());
    [1.0, 2.0, 5.0, 10.0].map(|m| m * decade).into_iter().find(|step| span / step <= most).unwrap_or(span)
}

/// The greatest figure of a log axis; its reciprocal is the least.
const MOST: f64 = 1e100;

/// A log axis along pixels.
pub struct Log {
    /// The least and the greatest figure.
    pub range: [f64; 2],
    /// Where they are.
    pub pixels: [i32; 2],
}

impl Log {
    /// Spans all figures that are above 0, with this share of the span as air on both sides; `None` where there are none.
    /// What no axis could show is at its end.
    pub fn spanning(figures: impl Iterator<Item = f64>, air: f64, pixels: [i32; 2]) -> Option<Self> {
        let positive = figures.filter(|figure| figure.is_finite() && *figure > 0.0);
        let shown = positive.map(|figure| figure.clamp(MOST.recip(), MOST));
        let [low, high] = shown.map(|one| [one; 2]).reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1])])?;
        // Of one figure, the axis still has a length.
        let air = (high / low).powf(air).max(1.05);
        Some(Self { range: [low / air, high * air], pixels })
    }

    /// Where a figure is; one that is not on the axis is at its end.
    pub fn at(&self, figure: f64) -> i32 {
        let [from, to] = self.pixels.map(f64::from);
        (from + log_share(self.range, figure) * (to - from)).round() as i32
    }
}

/// How far along a log axis a figure is, 0 to 1; one that is not on the axis is at its end.
pub fn log_share(range: [f64; 2], figure: f64) -> f64 {
    let [low, high] = range.map(f64::ln);
    ((figure.max(f64::MIN_POSITIVE).ln() - low) / (high - low)).clamp(0.0, 1.0)
}

/// Factors worth a line on a log axis: 1, 2 and 5 of every decade; even steps where the span is too short for them, and
/// whole decades where it is too long.
pub fn factor_ticks(low: f64, high: f64) -> Vec<f64> {
    decade_ticks(low, high).unwrap_or_else(|| even_ticks(low, high))
}

/// The same for figures of any size.
pub fn log_ticks(low: f64, high: f64) -> Vec<f64> {
    let step = round_step(high - low, 5.0);
    let even = || (0..=5).map(|n| ((low / step).ceil() + f64::from(n)) * step).filter(|tick| *tick <= high).collect();
    decade_ticks(low, high).unwrap_or_else(even)
}

/// `None` of less than one decade.
fn decade_ticks(low: f64, high: f64) -> Option<Vec<f64>> {
    let inside = |tick: &f64| (low..=high).contains(tick);
    let decades = low.log10().floor() as i32..=high.log10().ceil() as i32;
    let round: Vec<f64> =
        decades.clone().flat_map(|d| [1.0, 2.0, 5.0].map(|m| m * 10_f64.powi(d))).filter(inside).collect();
    match round.len() {
        0..3 => None,
        3..=7 => Some(round),
        _ => {
            let whole: Vec<f64> = decades.map(|decade| 10_f64.powi(decade)).filter(inside).collect();
            let every = whole.len().div_ceil(7);
            // From ×1 on, where that is among them.
            let first = whole.iter().position(|tick| *tick == 1.0).unwrap_or(0) % every;
            Some(whole.into_iter().skip(first).step_by(every).collect())
        }
    }
}

fn even_ticks(low: f64, high: f64) -> Vec<f64> {
    let step = if high - low > 1.2 { 0.5 } else { 0.1 };
    let numbers = (low / step).ceil() as i32..=(high / step).floor() as i32;
    let ticks: Vec<f64> = numbers.map(|n| f64::from(n) * step).collect();
    let every = ticks.len() / 6 + 1;
    let from_one = |tick: &f64| ((tick - 1.0) / step).round() as i64 % every as i64 == 0;
    ticks.into_iter().filter(from_one).collect()
}

/// A round factor, as a scale shows it: `×0.5`, `×20`.
pub fn factor_label(tick: f64) -> String {
    if (1e-3..1e5).contains(&tick) { format!("×{}", (tick * 1e3).round() / 1e3) } else { format!("×{tick:.0e}") }
}

#[cfg(test)]
mod tests {
    use super::{Log, factor_ticks, log_ticks, round_step};

    #[test]
    fn a_log_axis_spans_what_it_is_given() {
        let axis = Log::spanning([0.0, 1.0, 100.0, f64::NAN].into_iter(), 0.0, [0, 1000]).unwrap();
        assert!((axis.at(10.0) - 500).abs() <= 1 && axis.at(0.0) == 0 && axis.at(1e9) == 1000);
        let endless = Log::spanning([1e-308, 1e308].into_iter(), 0.1, [0, 1000]).unwrap();
        assert!(factor_ticks(endless.range[0], endless.range[1]).len() <= 8);
        assert!(endless.at(1e-308) < endless.at(1.0) && endless.at(1.0) < endless.at(1e308));
        assert!(Log::spanning([0.0, -1.0].into_iter(), 0.1, [0, 1]).is_none());
        assert_eq!(log_ticks(90.0, 1.1e6), [100.0, 1e3, 1e4, 1e5, 1e6]);
        assert_eq!(log_ticks(100.0, 118.0), [100.0, 105.0, 110.0, 115.0]);
    }

    #[test]
    fn steps_are_round_and_few() {
        for (span, step) in [(1.0, 0.2), (4.9, 1.0), (5.0, 1.0), (5.1, 2.0), (26.0, 10.0), (3e-9, 1e-9)] {
            assert!((round_step(span, 5.0) / step - 1.0).abs() < 1e-9, "{span}: {}", round_step(span, 5.0));
        }
    }
}
