//! Total time against number of calls, for the best candidate and the one that it has to beat: start plus calls, on
//! logarithmic scales, with the crossing marked. Each line carries its name, so that colour is not needed.

use super::canvas::{Align, Canvas, HEADING, Label, MARGIN, Pen, WIDTH, fitted, svg, width_of};
use super::ink::{Ink, Theme};
use crate::metric::Phase;
use crate::report::{At, BreakEven, Cell, Headline, Report, Verdict, units, words};

/// Height of the plot.
const PLOT: i32 = 190;
/// Below the plot: numbers of calls, what they are, and where the lines cross.
const AXIS: i32 = 62;
/// Left of the plot: times, which take more room where they are very long or short.
const SIDE: i32 = 60;
/// A line is drawn through so many points.
const POINTS: i32 = 48;
/// The scale of calls reaches at least so far, and at most.
const CALLS: [f64; 2] = [1e3, 1e9];

/// A contender's costs, nanoseconds.
#[derive(Clone, Copy)]
struct Costs<'a> {
    name: &'a str,
    start: f64,
    call: f64,
}

impl<'a> Costs<'a> {
    fn of(cell: &'a Cell) -> Option<Self> {
        Some(Self { name: &cell.contender, start: cell.cold_start_ns.as_ref()?.median, call: cell.call_ns?.median })
    }

    fn total(self, calls: f64) -> f64 {
        self.start + calls * self.call
    }
}

/// The plot's scales.
struct Scales {
    calls: f64,
    ns: [f64; 2],
    top: i32,
    side: i32,
}

impl Scales {
    fn x(&self, calls: f64) -> i32 {
        let share = calls.max(1.0).ln() / self.calls.ln();
        self.side + (share.min(1.0) * f64::from(WIDTH - MARGIN - self.side)).round() as i32
    }

    fn y(&self, ns: f64) -> i32 {
        let [low, high] = self.ns.map(f64::ln);
        let share = ((ns.ln() - low) / (high - low)).clamp(0.0, 1.0);
        self.top + ((1.0 - share) * f64::from(PLOT)).round() as i32
    }
}

/// Draws the chart; `None` where there is no verdict with both sides measured.
pub fn draw(report: &Report, headline: &Headline<'_>, id: &str, theme: Theme) -> anyhow::Result<Option<String>> {
    let Some(candidate) = headline.candidate else { return Ok(None) };
    // That with the most calls: its rival is the one with the cheapest calls.
    let Some(verdict) = report.verdicts_on(candidate).max_by_key(|verdict| verdict.scenario.calls) else {
        return Ok(None);
    };
    let cells = || report.cells_of(&candidate.kernel, &candidate.input, &candidate.browser);
    let rival = cells().find(|cell| Some(&cell.contender) == verdict.rival.as_ref()).and_then(Costs::of);
    let (Some(candidate), Some(rival)) = (Costs::of(candidate), rival) else { return Ok(None) };
    let scales = scales(verdict, [candidate, rival]);
    let subject = format!("start and calls on {}, {}", verdict.input, verdict.browser);
    let title = format!("{}: {subject}", verdict.kernel);
    let description = format!(
        "{}: {} to start, {} a call. {}: {} to start, {} a call. Break-even of {}: {}.",
        candidate.name,
        units::time(candidate.start),
        units::time(candidate.call),
        rival.name,
        units::time(rival.start),
        units::time(rival.call),
        candidate.name,
        words::break_even(verdict.break_even_calls)
    );
    let label = Label { id, title: &title, description: &description };
    let text = svg(scales.top + PLOT + AXIS, &label, theme, |canvas| {
        canvas.heading(&verdict.kernel, &subject)?;
        axes(canvas, &scales)?;
        curve(canvas, &scales, rival, Ink::Phase(Phase::Evaluate))?;
        curve(canvas, &scales, candidate, Ink::Phase(Phase::FirstCall))?;
        names(canvas, &scales, candidate, rival)?;
        crossing(canvas, &scales, verdict, candidate)
    })?;
    Ok(Some(text))
}

fn scales(verdict: &Verdict, both: [Costs<'_>; 2]) -> Scales {
    let crossing = match verdict.break_even_calls {
        BreakEven::From(At { ci, .. }) | BreakEven::UpTo(At { ci, .. }) => ci[1],
        BreakEven::FromTheFirstCall | BreakEven::Never | BreakEven::Undetermined => 1.0,
    };
    let [least, most] = CALLS;
    let calls = 10_f64.powf((10.0 * crossing).log10().ceil()).clamp(least, most);
    let low = both.iter().map(|costs| costs.total(1.0)).fold(f64::INFINITY, f64::min);
    let high = both.iter().map(|costs| costs.total(calls)).fold(0.0, f64::max);
    let decade = |ns: f64, round: fn(f64) -> f64| 10_f64.powf(round(ns.log10()));
    let ns = [decade(low, f64::floor), decade(high, f64::ceil)];
    let widest =
        decades(ns[0], ns[1]).map(|ns| width_of(&units::round_time(ns), Pen::REMARK)).max().unwrap_or_default();
    Scales { calls, ns, top: HEADING + 6, side: SIDE.max(widest + 8) }
}

fn axes(canvas: &Canvas<'_>, scales: &Scales) -> anyhow::Result<()> {
    let bottom = scales.top + PLOT;
    for ns in decades(scales.ns[0], scales.ns[1]) {
        canvas.line((scales.side, scales.y(ns)), (WIDTH - MARGIN, scales.y(ns)), Ink::Rule, 1)?;
        canvas.text(&units::round_time(ns), (scales.side - 6, scales.y(ns)), Align::End, Pen::REMARK)?;
    }
    for calls in decades(1.0, scales.calls) {
        let x = scales.x(calls);
        canvas.line((x, bottom), (x, bottom + 4), Ink::Muted, 1)?;
        let align = if calls == scales.calls { Align::End } else { Align::Middle };
        canvas.text(&power_of_ten(calls), (x, bottom + 14), align, Pen::REMARK)?;
    }
    canvas.text("calls after the first answer", (WIDTH - MARGIN, bottom + 32), Align::End, Pen::REMARK)
}

/// A power of ten as short as it can be: `10 k`.
fn power_of_ten(number: f64) -> String {
    let power = number.log10().round().clamp(0.0, 14.0) as u32;
    let unit = ["", " k", " M", " G", " T"][power as usize / 3];
    format!("{}{unit}", 10_u32.pow(power % 3))
}

/// Powers of ten, at most eight of them.
fn decades(low: f64, high: f64) -> impl Iterator<Item = f64> {
    let (from, to) = (low.log10().round() as i32, high.log10().round() as i32);
    let step = usize::try_from((to - from) / 7 + 1).unwrap_or(1);
    (from..=to).step_by(step).map(|power| 10_f64.powi(power))
}

fn curve(canvas: &Canvas<'_>, scales: &Scales, costs: Costs<'_>, ink: Ink) -> anyhow::Result<()> {
    let at = |point: i32| {
        let calls = scales.calls.powf(f64::from(point) / f64::from(POINTS));
        (scales.x(calls), scales.y(costs.total(calls)))
    };
    (0..POINTS).try_for_each(|point| canvas.line(at(point), at(point + 1), ink, 2))
}

/// At the right end the upper line's name stands above it, and the lower one's below.
fn names(canvas: &Canvas<'_>, scales: &Scales, candidate: Costs<'_>, rival: Costs<'_>) -> anyhow::Result<()> {
    let is_candidate_dearer = candidate.total(scales.calls) > rival.total(scales.calls);
    // Where lines still rise, a name just beside the end would lie on them.
    let at = scales.calls.powf(0.8);
    for (costs, is_upper) in [(candidate, is_candidate_dearer), (rival, !is_candidate_dearer)] {
        let y = scales.y(costs.total(at)) + if is_upper { -14 } else { 14 };
        let name = fitted(costs.name, Pen::NAME, WIDTH / 2 - SIDE);
        let (x, align) = if is_upper { (scales.x(at), Align::End) } else { (scales.x(at), Align::Start) };
        // A name to the right of the lower line may not leave the canvas.
        let (x, align) = if align_fits(x, &name, align) { (x, align) } else { (WIDTH - MARGIN, Align::End) };
        canvas.text(&name, (x, y), align, Pen::NAME)?;
    }
    Ok(())
}

fn align_fits(x: i32, name: &str, align: Align) -> bool {
    !matches!(align, Align::Start) || x + width_of(name, Pen::NAME) <= WIDTH - MARGIN
}

fn crossing(canvas: &Canvas<'_>, scales: &Scales, verdict: &Verdict, candidate: Costs<'_>) -> anyhow::Result<()> {
    let (BreakEven::From(At { value, ci }) | BreakEven::UpTo(At { value, ci })) = verdict.break_even_calls else {
        return Ok(());
    };
    let bottom = scales.top + PLOT;
    for bound in ci {
        canvas.line((scales.x(bound), scales.top), (scales.x(bound), bottom), Ink::Muted, 1)?;
    }
    canvas.ring((scales.x(value), scales.y(candidate.total(value))), 5, Ink::Text)?;
    let words = words::break_even(verdict.break_even_calls);
    let words = fitted(&format!("ahead {words}"), Pen::FIGURE, WIDTH - MARGIN - scales.side);
    canvas.text(&words, (scales.side, scales.top + PLOT + 50), Align::Start, Pen::FIGURE)
}
