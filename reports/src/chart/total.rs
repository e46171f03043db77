//! Total time against number of calls, for the best candidate and its rival: start plus calls, on log scales, with the
//! crossing marked. Each line carries its name, so that colour is not needed.

use super::canvas::{Align, Canvas, HEADING, MARGIN, Pen, TEXT, WIDTH, chart, fitted, width_of};
use super::ink::Ink;
use super::label_layout::{Area, Side, beside_line};
use super::picture::Picture;
use super::plot::Plot;
use super::scale::Log;
use crate::report::{At, BreakEven, CellReport, Headline, Report, Verdict, units, wording};
use crate::run::Kind;

/// Height of the plot.
const PLOT: i32 = 190;
/// Below the plot: numbers of calls, what they are, and where the lines cross.
const AXIS: i32 = 62;
/// Left of the plot: times.
const SIDE: i32 = 60;
/// A line is drawn through so many points.
const POINTS: i32 = 48;
/// Half the height and width of what is kept free around a point of a line.
const LINE: (i32, i32) = (2, 2);
/// The scale of calls ends between these two numbers.
const CALLS: [f64; 2] = [1e3, 1e9];

/// A contender's costs, nanoseconds.
#[derive(Clone, Copy)]
struct Costs<'a> {
    name: &'a str,
    kind: Kind,
    start: f64,
    call: f64,
}

impl<'a> Costs<'a> {
    fn of(cell: &'a CellReport) -> Option<Self> {
        let start = cell.cold_start_ns.as_ref()?.median;
        Some(Self { name: cell.shown(), kind: cell.kind, start, call: cell.call_ns?.median })
    }

    /// The start has the first call in it.
    fn total(self, calls: f64) -> f64 {
        self.start + (calls - 1.0) * self.call
    }
}

/// Draws the chart; `None` without a verdict that has both sides measured.
pub fn draw(report: &Report, headline: &Headline<'_>) -> anyhow::Result<Option<Picture>> {
    let Some(candidate) = headline.candidate else { return Ok(None) };
    // The verdict for the most calls: its rival has the cheapest calls.
    let Some(verdict) = report.verdicts_on(candidate).max_by_key(|verdict| verdict.scenario.calls) else {
        return Ok(None);
    };
    let cells = || report.cells_of(&candidate.kernel, &candidate.input, &candidate.stratum);
    let rival = cells().find(|cell| Some(&cell.contender) == verdict.rival.as_ref()).and_then(Costs::of);
    let (Some(candidate), Some(rival)) = (Costs::of(candidate), rival) else { return Ok(None) };
    let plot = plot(verdict, [candidate, rival]);
    let subject = format!("start and calls on {}, {}", headline.kernel.input(&verdict.input), headline.label);
    let description = format!(
        "{}: {} to start, {} a call. {}: {} to start, {} a call. Break-even of {}: {}.",
        candidate.name,
        units::time(candidate.start),
        units::time(candidate.call),
        rival.name,
        units::time(rival.start),
        units::time(rival.call),
        candidate.name,
        wording::break_even(verdict.break_even_calls)
    );
    chart(plot.bottom() + AXIS, [headline.kernel.shown(), &subject], &description, |canvas| {
        plot.grid(canvas, &units::round_count, &units::round_time, "calls of a page");
        // Two of one kind are distinguished by their names.
        let inks = [rival, candidate].map(|costs| Ink::Kind(costs.kind));
        let both = [(rival, if inks[0] == inks[1] { Ink::Muted } else { inks[0] }), (candidate, inks[1])];
        for (costs, ink) in both {
            curve(canvas, &plot, costs, ink);
        }
        tips(canvas, &plot, [rival, candidate]);
        crossing(canvas, &plot, verdict, candidate);
        names(canvas, &plot, verdict, both)
    })
    .map(Some)
}

fn plot(verdict: &Verdict, both: [Costs<'_>; 2]) -> Plot {
    let crossing = marked(verdict).map_or(1.0, |at| at.ci[1]);
    let [least, most] = CALLS;
    let calls = 10_f64.powf((10.0 * crossing).log10().ceil()).clamp(least, most);
    let low = both.iter().map(|costs| costs.total(1.0)).fold(f64::INFINITY, f64::min);
    let high = both.iter().map(|costs| costs.total(calls)).fold(0.0, f64::max);
    let decade = |ns: f64, round: fn(f64) -> f64| 10_f64.powf(round(ns.log10()));
    let top = HEADING + 6;
    let y = Log { range: [decade(low, f64::floor), decade(high, f64::ceil)], pixels: [top + PLOT, top] };
    let x = Log { range: [1.0, calls], pixels: [SIDE, WIDTH - MARGIN] };
    Plot::of(x, y, &units::round_time)
}

fn curve(canvas: &Canvas<'_>, plot: &Plot, costs: Costs<'_>, ink: Ink) {
    let at = |point: i32| {
        let calls = plot.x.range[1].powf(f64::from(point) / f64::from(POINTS));
        (calls, costs.total(calls))
    };
    plot.line(canvas, &(0..=POINTS).map(at).collect::<Vec<_>>(), ink)
}

/// Each line's name is beside it, where it covers neither a line nor the crossing, if there is such a place.
fn names(canvas: &Canvas<'_>, plot: &Plot, verdict: &Verdict, both: [(Costs<'_>, Ink); 2]) {
    let traced = |costs: Costs<'_>| -> Vec<(i32, i32)> {
        let calls = |x: i32| plot.x.range[1].powf(f64::from(x - plot.left()) / f64::from(plot.right() - plot.left()));
        (plot.left()..=plot.right()).map(|x| (x, plot.place_y(costs.total(calls(x))))).collect()
    };
    let lines = both.map(|(costs, _)| traced(costs));
    let mut taken: Vec<Area> = lines.iter().flatten().map(|point| Area::around(*point, LINE)).collect();
    let mut bounds = Vec::new();
    if let Some(At { value, ci }) = marked(verdict) {
        taken.push(Area::around(plot.place((value, both[1].0.total(value))), (8, 8)));
        let upright = |x: i32| Area { left: x, top: plot.top(), right: x, bottom: plot.bottom() };
        bounds = ci.map(|bound| upright(plot.place_x(bound))).to_vec();
    }
    // Where the lines end, the upper one has its name above itself, and the lower one below.
    let ends = both.map(|(costs, _)| costs.total(plot.x.range[1]));
    let sides = if ends[0] > ends[1] { [Side::Above, Side::Below] } else { [Side::Below, Side::Above] };
    let area = Area { left: plot.left(), top: HEADING, right: plot.right(), bottom: plot.bottom() };
    for (((costs, ink), line), side) in both.into_iter().zip(&lines).zip(sides) {
        let pen = Pen { ink, ..Pen::NAME };
        let name = fitted(costs.name, pen, WIDTH / 2);
        let half = (width_of(&name, pen) / 2, TEXT / 2 + 1);
        let clear = |taken: &[Area]| beside_line(line, half, side, &area, taken);
        let place = clear(&[&taken[..], &bounds].concat()).or_else(|| clear(&taken)).or_else(|| clear(&[]));
        let place = place.unwrap_or((plot.right() - half.0, plot.top() + half.1));
        taken.push(Area::around(place, half));
        canvas.text(&name, place, Align::Middle, pen);
    }
}

/// Where the lines cross, if that is known.
fn marked(verdict: &Verdict) -> Option<At<f64>> {
    match verdict.break_even_calls {
        BreakEven::From(at) | BreakEven::UpTo(at) => Some(at),
        BreakEven::FromTheFirstCall | BreakEven::Never | BreakEven::Undetermined => None,
    }
}

/// The cost of both at every power of ten on the scale.
fn tips(canvas: &Canvas<'_>, plot: &Plot, both: [Costs<'_>; 2]) {
    let half = |calls: f64| plot.place_x(calls * 10_f64.sqrt());
    for calls in (0..=plot.x.range[1].log10().round() as i32).map(|power| 10_f64.powi(power)) {
        let [first, second] = both.map(|costs| format!("{}: {}", costs.name, units::exact_time(costs.total(calls))));
        let tip = format!("Start and {}. {first}. {second}.", wording::calls(calls));
        let from = if calls == 1.0 { plot.left() } else { half(calls / 10.0) };
        canvas.tip((from, plot.top()), (half(calls), plot.bottom()), &tip);
    }
}

fn crossing(canvas: &Canvas<'_>, plot: &Plot, verdict: &Verdict, candidate: Costs<'_>) {
    let Some(At { value, ci }) = marked(verdict) else { return };
    for bound in ci {
        canvas.line((plot.place_x(bound), plot.top()), (plot.place_x(bound), plot.bottom()), Ink::Muted, 1);
    }
    canvas.ring((plot.place_x(value), plot.place_y(candidate.total(value))), 5, Ink::Text);
    let words = wording::break_even(verdict.break_even_calls);
    let [low, high] = ci.map(|bound| plot.place_x(bound));
    let (x, tip) = (plot.place_x(value), format!("{} is ahead {words}: in brackets the 95 % interval", candidate.name));
    canvas.tip((low.min(x - 6), plot.top()), (high.max(x + 6), plot.bottom() + AXIS), &tip);
    let words = fitted(&format!("ahead {words}"), Pen::FIGURE, WIDTH - MARGIN - plot.left());
    canvas.text(&words, (plot.left(), plot.bottom() + 50), Align::Start, Pen::FIGURE)
}
