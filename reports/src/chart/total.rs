//! Total time against number of calls, for the best candidate and its rival: start plus calls, on log scales, with the
//! crossing marked. Each line carries its name, so that colour is not needed.

use super::canvas::{Align, Canvas, HEADING, MARGIN, Pen, WIDTH, chart, fitted};
use super::ink::Ink;
use super::picture::Picture;
use super::plot::Plot;
use super::scale::Log;
use crate::metric::Phase;
use crate::report::{At, BreakEven, CellReport, Headline, Report, Verdict, units, wording};

/// Height of the plot.
const PLOT: i32 = 190;
/// Below the plot: numbers of calls, what they are, and where the lines cross.
const AXIS: i32 = 62;
/// Left of the plot: times.
const SIDE: i32 = 60;
/// A line is drawn through so many points.
const POINTS: i32 = 48;
/// The scale of calls ends between these two numbers.
const CALLS: [f64; 2] = [1e3, 1e9];

/// A contender's costs, nanoseconds.
#[derive(Clone, Copy)]
struct Costs<'a> {
    name: &'a str,
    start: f64,
    call: f64,
}

impl<'a> Costs<'a> {
    fn of(cell: &'a CellReport) -> Option<Self> {
        Some(Self { name: cell.shown(), start: cell.cold_start_ns.as_ref()?.median, call: cell.call_ns?.median })
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
        curve(canvas, &plot, rival, Ink::Phase(Phase::Evaluate));
        curve(canvas, &plot, candidate, Ink::Phase(Phase::FirstCall));
        names(canvas, &plot, candidate, rival);
        tips(canvas, &plot, [rival, candidate]);
        crossing(canvas, &plot, verdict, candidate)
    })
    .map(Some)
}

fn plot(verdict: &Verdict, both: [Costs<'_>; 2]) -> Plot {
    let crossing = match verdict.break_even_calls {
        BreakEven::From(At { ci, .. }) | BreakEven::UpTo(At { ci, .. }) => ci[1],
        BreakEven::FromTheFirstCall | BreakEven::Never | BreakEven::Undetermined => 1.0,
    };
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

/// At the right end the upper line's name stands above it, and the lower one's below.
fn names(canvas: &Canvas<'_>, plot: &Plot, candidate: Costs<'_>, rival: Costs<'_>) {
    let is_candidate_dearer = candidate.total(plot.x.range[1]) > rival.total(plot.x.range[1]);
    // If lines still rise at the end, a name just beside it would overlap them.
    let at = plot.x.range[1].powf(0.8);
    for (costs, is_upper) in [(candidate, is_candidate_dearer), (rival, !is_candidate_dearer)] {
        let y = plot.place_y(costs.total(at)) + if is_upper { -14 } else { 14 };
        let name = fitted(costs.name, Pen::NAME, WIDTH / 2 - SIDE);
        let (x, align) = if is_upper { (plot.place_x(at), Align::End) } else { (plot.place_x(at), Align::Start) };
        // A name to the right of the lower line may not leave the canvas.
        let (x, align) = if align_fits(x, &name, align) { (x, align) } else { (WIDTH - MARGIN, Align::End) };
        canvas.text(&name, (x, y), align, Pen::NAME);
    }
}

fn align_fits(x: i32, name: &str, align: Align) -> bool {
    !matches!(align, Align::Start) || x + super::canvas::width_of(name, Pen::NAME) <= WIDTH - MARGIN
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
    let (BreakEven::From(At { value, ci }) | BreakEven::UpTo(At { value, ci })) = verdict.break_even_calls else {
        return;
    };
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
