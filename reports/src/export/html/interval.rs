//! The interval of a row as a small picture: a bar from ×1 to the factor, a line over its interval, and a mark.

use maud::{Markup, html};

use crate::report::DecisionRow;

/// The picture's size, and its air on either side.
const WIDTH: f64 = 150.0;
const HEIGHT: f64 = 20.0;
const AIR: f64 = 8.0;

/// Factors beyond this are drawn at the end.
const MOST: f64 = 100.0;

/// The marks of strata around their middle, in the order of the strata: disc, square, diamond, triangle.
const SHAPES: [&str; 4] = [
    "M-4 0A4 4 0 1 1 4 0A4 4 0 1 1-4 0Z",
    "M-3.5-3.5H3.5V3.5H-3.5Z",
    "M0-4.8L4.8 0L0 4.8L-4.8 0Z",
    "M0-4.5L4.5 3.6H-4.5Z",
];

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

/// The marks of all strata of a job, each with the place of its stratum: the first filled, the others hollow.
pub fn marks<'a>(rows: impl Iterator<Item = (usize, &'a DecisionRow)>, scale: &SpeedUps) -> Markup {
    let shown: Vec<(usize, [f64; 3])> = rows.filter_map(|(stratum, row)| Some((stratum, row.speed_up?))).collect();
    let one = scale.at(1.0);
    html! {
        svg.interval viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) aria-hidden="true"
            data-scale=(format!("{:.6} {:.6}", scale.slowest, scale.fastest)) {
            path.one d=(format!("M{one} 0V{HEIGHT}")) {}
            // The first lies above the others.
            @for (at, (stratum, [low, point, high])) in shown.iter().enumerate().rev() {
                @let y = level(at, shown.len());
                @if at == 0 { path.reach d=(format!("M{one} {y}H{}", scale.at(*point))) {} }
                path.ends d=(format!("M{} {y}H{}", scale.at(*low), scale.at(*high))) {}
                use.point.other[at > 0] href=(shape(*stratum)) x=(scale.at(*point)) y=(y) {}
            }
        }
    }
}

/// The height at which one of so many strata is drawn, the first at the top.
fn level(at: usize, of: usize) -> f64 {
    let below = if of < 2 { 0.5 } else { at as f64 / (of - 1) as f64 };
    (HEIGHT / 4.0 + below * HEIGHT / 2.0).round()
}

/// The address of a stratum's mark. With more strata than shapes, several share one.
fn shape(stratum: usize) -> String {
    format!("#mark-{}", stratum % SHAPES.len())
}

/// What the marks of several strata mean.
pub fn legend<'a>(names: impl Iterator<Item = &'a str>) -> Markup {
    html! {
        p.legend {
            @for (stratum, name) in names.enumerate() {
                span { svg.mark viewBox="-7 -7 14 14" aria-hidden="true" { use href=(shape(stratum)) {} } " " (name) } " "
            }
            "A row has the figures of the first of these browsers that ran its job; its mark is filled."
        }
    }
}

/// The scale below the rows, which also holds the marks' shapes.
pub fn axis(scale: &SpeedUps) -> Markup {
    let label = |tick: f64| if tick < 1.0 { format!("1/{:.0}", 1.0 / tick) } else { format!("{tick}×") };
    html! {
        div.columns.axis aria-hidden="true" {
            span {} span {} span {} span {}
            svg.interval viewBox=(format!("0 0 {WIDTH} 14")) {
                defs { @for (at, shape) in SHAPES.iter().enumerate() { path id={ "mark-" (at) } d=(shape) {} } }
                @for tick in scale.ticks() { text x=(scale.at(tick)) y="11" { (label(tick)) } }
            }
            span { "← slower, faster →, on a log scale" } span {} span {}
        }
    }
}
