//! The log axis of all charts, and round values for scales.

/// The smallest of 1, 2 or 5 times a power of ten that goes into `span` at most `most` times; `span` is positive.
pub fn round_step(span: f64, most: f64) -> f64 {
    let decade = 10_f64.powf((span / most).log10().floor());
    [1.0, 2.0, 5.0, 10.0].map(|m| m * decade).into_iter().find(|step| span / step <= most).unwrap_or(span)
}

/// The greatest figure of a log axis; its reciprocal is the smallest.
const MOST: f64 = 1e100;

/// Least margin of an axis, which gives an axis of a single figure a length.
pub const LEAST_AIR: f64 = 1.05;

/// A log axis along pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Log {
    /// The smallest and the greatest figure.
    pub range: [f64; 2],
    /// Where they are.
    pub pixels: [i32; 2],
}

impl Log {
    /// Spans all positive figures, with a margin on both sides: a share of the span, and at least a factor, so that an
    /// axis of a single figure still has a length. `None` without figures. Figures beyond any axis are placed at its
    /// end.
    pub fn spanning(figures: impl Iterator<Item = f64>, [share, least]: [f64; 2], pixels: [i32; 2]) -> Option<Self> {
        let [low, high] = ends(figures)?;
        let air = (high / low).powf(share).max(least);
        Some(Self { range: [low / air, high * air], pixels })
    }

    /// Spans all positive figures, from one of 1, 2 or 5 times a power of ten to another; `None` without figures.
    pub fn around(figures: impl Iterator<Item = f64>, pixels: [i32; 2]) -> Option<Self> {
        let [low, high] = ends(figures)?;
        let [low, high] = [round_down(low), round_up(high)];
        let range = if high > low { [low, high] } else { [low / 2.0, high * 2.0] };
        Some(Self { range, pixels })
    }

    /// The pixel of a figure; a figure beyond the axis is placed at its end.
    pub fn at(&self, figure: f64) -> i32 {
        let [from, to] = self.pixels.map(f64::from);
        (from + self.share(figure) * (to - from)).round() as i32
    }

    /// How far along the axis a figure is, 0 to 1.
    fn share(&self, figure: f64) -> f64 {
        let [low, high] = self.range.map(f64::ln);
        ((figure.max(f64::MIN_POSITIVE).ln() - low) / (high - low)).clamp(0.0, 1.0)
    }

    /// 1, 2 and 5 times powers of ten, or these powers alone, or every other one of them: the densest of these whose
    /// labels are so many pixels apart.
    pub fn marks(&self, apart: i32) -> Vec<f64> {
        let [low, high] = self.range;
        let decades = |step: usize| {
            let (from, to) = (low.log10().round() as i32 - 1, high.log10().round() as i32 + 1);
            (from..=to).step_by(step).map(|power| 10_f64.powi(power))
        };
        let is_shown = |mark: &f64| (low * 0.999..=high * 1.001).contains(mark);
        let fine: Vec<f64> = decades(1).flat_map(|ten| [ten, 2.0 * ten, 5.0 * ten]).filter(is_shown).collect();
        let powers = (1..).map(|step| decades(step).filter(is_shown).collect::<Vec<_>>());
        let length = f64::from(self.pixels[0].abs_diff(self.pixels[1]));
        let distance = |pair: &[f64]| (self.share(pair[1]) - self.share(pair[0])) * length;
        let is_legible = |marks: &Vec<f64>| marks.windows(2).all(|pair| distance(pair) >= f64::from(apart));
        std::iter::once(fine).chain(powers).find(is_legible).unwrap_or_default()
    }

    /// Factors worth a line: 1, 2 and 5 of every decade; even steps if the span is too short for them, and whole
    /// decades if it is too long.
    pub fn factors(&self) -> Vec<f64> {
        decade_ticks(self.range).unwrap_or_else(|| even_ticks(self.range))
    }

    /// The same for figures of any size.
    pub fn ticks(&self) -> Vec<f64> {
        let [low, high] = self.range;
        let step = round_step(high - low, 5.0);
        let even = (0..=5).map(|n| ((low / step).ceil() + f64::from(n)) * step).filter(|tick| *tick <= high);
        decade_ticks(self.range).unwrap_or_else(|| even.collect())
    }
}

/// The smallest and the greatest of the positive figures.
fn ends(figures: impl Iterator<Item = f64>) -> Option<[f64; 2]> {
    let positive = figures.filter(|figure| figure.is_finite() && *figure > 0.0);
    let shown = positive.map(|figure| figure.clamp(MOST.recip(), MOST));
    shown.map(|one| [one; 2]).reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1])])
}

fn round_down(value: f64) -> f64 {
    let ten = 10_f64.powf(value.log10().floor());
    [5.0, 2.0].map(|m| m * ten).into_iter().find(|round| *round <= value * 1.000_001).unwrap_or(ten)
}

fn round_up(value: f64) -> f64 {
    let ten = 10_f64.powf(value.log10().floor());
    [1.0, 2.0, 5.0].map(|m| m * ten).into_iter().find(|round| *round >= value * 0.999_999).unwrap_or(10.0 * ten)
}

/// `None` for less than one decade.
fn decade_ticks([low, high]: [f64; 2]) -> Option<Vec<f64>> {
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
            // From ×1 on, if that is among them.
            let first = whole.iter().position(|tick| *tick == 1.0).unwrap_or(0) % every;
            Some(whole.into_iter().skip(first).step_by(every).collect())
        }
    }
}

fn even_ticks([low, high]: [f64; 2]) -> Vec<f64> {
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
    use super::{LEAST_AIR, Log, round_step};

    #[test]
    fn a_log_axis_spans_what_it_is_given() {
        let axis = Log::spanning([0.0, 1.0, 100.0, f64::NAN].into_iter(), [0.0, LEAST_AIR], [0, 1000]).unwrap();
        assert!((axis.at(10.0) - 500).abs() <= 1 && axis.at(0.0) == 0 && axis.at(1e9) == 1000);
        let endless = Log::spanning([1e-308, 1e308].into_iter(), [0.1, LEAST_AIR], [0, 1000]).unwrap();
        assert!(endless.factors().len() <= 8);
        assert!(endless.at(1e-308) < endless.at(1.0) && endless.at(1.0) < endless.at(1e308));
        assert!(Log::spanning([0.0, -1.0].into_iter(), [0.1, LEAST_AIR], [0, 1]).is_none());
        let ticks = |range| Log { range, pixels: [0, 1] }.ticks();
        assert_eq!(ticks([90.0, 1.1e6]), [100.0, 1e3, 1e4, 1e5, 1e6]);
        assert_eq!(ticks([100.0, 118.0]), [100.0, 105.0, 110.0, 115.0]);
    }

    #[test]
    fn a_round_axis_holds_all_values() {
        for (values, low, high) in [
            (vec![3.0, 70.0], 2.0, 100.0),
            (vec![1.0, 1000.0], 1.0, 1000.0),
            (vec![5.0], 2.5, 10.0),
            (vec![0.0, f64::NAN, 4e-9, 6e9], 2e-9, 1e10),
        ] {
            let [from, to] = Log::around(values.into_iter(), [0, 1]).unwrap().range;
            assert!((from / low - 1.0).abs() < 1e-9 && (to / high - 1.0).abs() < 1e-9, "{from} to {to}");
        }
        assert_eq!(Log::around([0.0, -1.0, f64::INFINITY].into_iter(), [0, 1]), None);
    }

    #[test]
    fn there_are_a_few_marks_whatever_the_range() {
        for range in [[1.0, 2.0], [2.0, 50.0], [1.0, 1e3], [1e-9, 1e15], [1.0, 1e300], [2.5, 10.0]] {
            let marks = Log { range, pixels: [300, 0] }.marks(40);
            assert!((1..=7).contains(&marks.len()), "{range:?}: {marks:?}");
        }
    }

    #[test]
    fn steps_are_round_and_few() {
        for (span, step) in [(1.0, 0.2), (4.9, 1.0), (5.0, 1.0), (5.1, 2.0), (26.0, 10.0), (3e-9, 1e-9)] {
            assert!((round_step(span, 5.0) / step - 1.0).abs() < 1e-9, "{span}: {}", round_step(span, 5.0));
        }
    }
}
