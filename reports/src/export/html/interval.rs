//! The interval of a row as a small picture: a bar from ×1 to the factor, a line over its interval, and a mark.

use maud::{Markup, html};

use crate::report::DecisionRow;

/// The picture's size, and its air on either side.
const WIDTH: f64 = 150.0;
const HEIGHT: f64 = 20.0;
const AIR: f64 = 8.0;

/// Factors beyond this are drawn at the end.
const MOST: f64 = 100.0;

/// The scale that all rows share: from this factor slower to that factor faster.
pub struct SpeedUps {
    slowest: f64,
    fastest: f64,
}

impl SpeedUps {
    /// A log scale over all intervals and ×1, with a factor of 2 on either side at least.
    pub fn of<'a>(rows: impl Iterator<Item = &'a DecisionRow>) -> Self {
        let (mut slowest, mut fastest) = (0.5_f64, 2.0_f64);
        for [low, _, high] in rows.filter_map(|row| row.speed_up) {
            slowest = slowest.min(low).max(1.0 / MOST);
            fastest = fastest.max(high).min(MOST);
        }
        Self { slowest, fastest }
    }

    fn at(&self, factor: f64) -> f64 {
        let share = (factor.clamp(self.slowest, self.fastest) / self.slowest).ln() / (self.fastest / self.slowest).ln();
        ((AIR + share * (WIDTH - 2.0 * AIR)) * 10.0).round() / 10.0
    }

    /// Round factors on the scale.
    fn ticks(&self) -> impl Iterator<Item = f64> {
        let round = [0.01, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 100.0];
        let (slowest, fastest) = (self.slowest, self.fastest);
        let mut last = f64::NEG_INFINITY;
        let kept = round.into_iter().filter(move |tick| (slowest..=fastest).contains(tick));
        // Labels need room, and ×1 has to have one.
        let places: Vec<(f64, f64)> = kept.map(|tick| (tick, self.at(tick))).collect();
        let one = self.at(1.0);
        places.into_iter().filter_map(move |(tick, at)| {
            let is_free = at - last >= 26.0 && (tick == 1.0 || (at - one).abs() >= 26.0);
            is_free.then(|| {
                last = at;
                tick
            })
        })
    }
}

/// The marks of all strata of a job: the first filled, the others hollow.
pub fn marks(rows: &[Option<DecisionRow>], scale: &SpeedUps) -> Markup {
    let shown: Vec<[f64; 3]> = rows.iter().flatten().filter_map(|row| row.speed_up).collect();
    let one = scale.at(1.0);
    let middle = HEIGHT / 2.0;
    html! {
        svg.interval viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) aria-hidden="true"
            data-scale=(format!("{:.6} {:.6}", scale.slowest, scale.fastest)) {
            path.one d=(format!("M{one} 0V{HEIGHT}")) {}
            @for (at, [low, point, high]) in shown.iter().enumerate() {
                @if at == 0 { path.reach d=(format!("M{one} {middle}H{}", scale.at(*point))) {} }
                path.ends d=(format!("M{} {middle}H{}", scale.at(*low), scale.at(*high))) {}
                circle.point.other[at > 0] cx=(scale.at(*point)) cy=(middle) r="4.5" {}
            }
        }
    }
}

/// The scale below the rows.
pub fn axis(scale: &SpeedUps) -> Markup {
    let label = |tick: f64| if tick < 1.0 { format!("1/{:.0}", 1.0 / tick) } else { format!("{tick}×") };
    html! {
        div.columns.axis aria-hidden="true" {
            span {} span {} span {} span {}
            svg.interval viewBox=(format!("0 0 {WIDTH} 14")) {
                @for tick in scale.ticks() { text x=(scale.at(tick)) y="11" { (label(tick)) } }
            }
            span { "← slower, faster →, on a log scale" } span {} span {}
        }
    }
}
