//! Cold start of every contender on the headline input: one bar each, stacked from its phases in the order in which
//! they happen. Phases are numbered in the legend and in the bars, so that colour is not needed to tell them apart.

use super::canvas::{Align, Canvas, HEADING, Label, MARGIN, Pen, SMALL, TEXT, WIDTH, fitted, svg, width_of};
use super::ink::{Ink, Theme};
use super::scale::round_step;
use crate::metric::Phase;
use crate::report::words::exact;
use crate::report::{Cell, Headline, Report, Start, units};

const LINE: i32 = 22;
const BAR: i32 = 20;
const LEGEND_LINE: i32 = 22;
const AXIS: i32 = 30;
/// A segment narrower than this has no room for its number.
const NUMBERED_FROM: i32 = 14;

/// One part of a bar.
struct Segment {
    ink: Ink,
    name: &'static str,
    mark: String,
    ns: f64,
}

/// Draws the chart; `None` when no cold start was measured.
pub fn draw(report: &Report, headline: &Headline<'_>, id: &str, theme: Theme) -> anyhow::Result<Option<String>> {
    let input = headline.input.map_or("", |input| input.name.as_str());
    let cells = report.cells_of(&headline.kernel.name, input, headline.browser).filter(|cell| cell.ships());
    let cells: Vec<&Cell> = cells.collect();
    let longest = cells.iter().filter_map(|cell| Some(length(cell.cold_start_ns.as_ref()?))).fold(0.0, f64::max);
    if longest <= 0.0 {
        return Ok(None);
    }
    let subject = format!("cold start on {input}, {}", headline.browser);
    let title = format!("{}: {subject}", headline.kernel.name);
    let description: Vec<String> = cells.iter().map(|cell| described(cell)).collect();
    let legend = legend(&cells);
    let legend_lines = legend.last().map_or(0, |(_, (_, line))| line + 1);
    let top = HEADING + 4 + legend_lines * LEGEND_LINE;
    let rows: i32 = cells.iter().map(|cell| height(cell)).sum();
    let label = Label { id, title: &title, description: &description.join(" ") };
    let text = svg(top + rows + AXIS, &label, theme, |canvas| {
        canvas.heading(&headline.kernel.name, &subject)?;
        for (segment, (x, line)) in &legend {
            entry(canvas, segment, (*x, HEADING + 5 + line * LEGEND_LINE))?;
        }
        for tick in ticks(longest) {
            label_tick(canvas, tick, longest, top + rows + 12)?;
        }
        let mut y = top;
        for cell in &cells {
            row(canvas, cell, longest, y)?;
            y += height(cell);
        }
        Ok(())
    })?;
    Ok(Some(text))
}

fn described(cell: &Cell) -> String {
    let Some(cold) = &cell.cold_start_ns else { return format!("{}: not measured.", cell.contender) };
    let parts: Vec<String> =
        segments(cold).iter().map(|segment| format!("{} {}", segment.name, units::time(segment.ns))).collect();
    format!("{}: {} ({}).", cell.contender, units::time(cold.median), parts.join(", "))
}

fn in_full(cell: &Cell, cold: &Start) -> String {
    let total = exact::time(&cell.contender, cold.median, cold.ci, cell.blocks);
    let part = |segment: Segment| format!("; {} {}", segment.name, units::exact_time(segment.ns));
    total + &segments(cold).into_iter().map(part).collect::<String>()
}

/// The phases that a contender has, then what they leave of the total.
fn segments(cold: &Start) -> Vec<Segment> {
    let phases = Phase::ALL.into_iter().zip(cold.phases.in_order()).enumerate();
    let rest = Segment { ink: Ink::Rest, name: "rest", mark: String::new(), ns: cold.residual.max(0.0) };
    phases
        .filter_map(|(i, (phase, ns))| {
            Some(Segment { ink: Ink::Phase(phase), name: phase.words(), mark: (i + 1).to_string(), ns: ns? })
        })
        .chain(std::iter::once(rest))
        .collect()
}

fn length(cold: &Start) -> f64 {
    segments(cold).iter().map(|segment| segment.ns).sum::<f64>().max(cold.median)
}

/// Every segment that occurs, with its place: distance from the left, and line.
fn legend(cells: &[&Cell]) -> Vec<(Segment, (i32, i32))> {
    let mut found: Vec<Segment> = Vec::new();
    for segment in cells.iter().filter_map(|cell| cell.cold_start_ns.as_ref()).flat_map(segments) {
        if !found.iter().any(|other| other.ink == segment.ink) {
            found.push(segment);
        }
    }
    found.sort_by_key(|segment| if segment.ink == Ink::Rest { usize::MAX } else { segment.mark.parse().unwrap_or(0) });
    let (mut x, mut line) = (MARGIN, 0);
    found
        .into_iter()
        .map(|segment| {
            let width = 24 + width_of(segment.name, Pen::REMARK) + 10;
            if x + width > WIDTH - MARGIN {
                (x, line) = (MARGIN, line + 1);
            }
            let place = (x, line);
            x += width;
            (segment, place)
        })
        .collect()
}

fn entry(canvas: &Canvas<'_>, segment: &Segment, (x, y): (i32, i32)) -> anyhow::Result<()> {
    canvas.rect((x, y), (x + 18, y + 16), segment.ink)?;
    number(canvas, segment, (x + 9, y + 8))?;
    canvas.text(segment.name, (x + 24, y + 8), Align::Start, Pen::REMARK)
}

fn number(canvas: &Canvas<'_>, segment: &Segment, at: (i32, i32)) -> anyhow::Result<()> {
    canvas.text(&segment.mark, at, Align::Middle, Pen { ink: Ink::OnPhase, size: SMALL, bold: true })
}

/// Name and total share a line where they fit, and have one each where they do not.
fn lines(cell: &Cell) -> i32 {
    let both = width_of(&cell.contender, Pen::NAME) + width_of(&total(cell), Pen::FIGURE) + TEXT;
    if both <= WIDTH - 2 * MARGIN { 1 } else { 2 }
}

fn total(cell: &Cell) -> String {
    match &cell.cold_start_ns {
        None => "not measured".to_owned(),
        Some(cold) => match cold.ci {
            Some(ci) => format!("{} ({})", units::time(cold.median), units::time_interval(ci)),
            None => format!("{} (no interval)", units::time(cold.median)),
        },
    }
}

fn height(cell: &Cell) -> i32 {
    lines(cell) * LINE + BAR + 8
}

fn row(canvas: &Canvas<'_>, cell: &Cell, longest: f64, y: i32) -> anyhow::Result<()> {
    let lines = lines(cell);
    let name = fitted(&cell.contender, Pen::NAME, WIDTH - 2 * MARGIN);
    canvas.text(&name, (MARGIN, y + LINE / 2), Align::Start, Pen::NAME)?;
    let total_at = (WIDTH - MARGIN, y + (lines - 1) * LINE + LINE / 2);
    canvas.text(&total(cell), total_at, Align::End, Pen::FIGURE)?;

    let Some(cold) = &cell.cold_start_ns else { return Ok(()) };
    let bar = y + lines * LINE + 1;
    canvas.tip((0, y), (WIDTH, y + height(cell)), &in_full(cell, cold));
    for tick in ticks(longest) {
        canvas.line((x(tick, longest), bar - 2), (x(tick, longest), bar + BAR + 2), Ink::Rule, 1)?;
    }
    let mut before = 0.0;
    for segment in segments(cold) {
        let (from, to) = (x(before, longest), x(before + segment.ns, longest));
        before += segment.ns;
        if to <= from {
            continue;
        }
        // One pixel of paper between neighbours keeps them apart without colour.
        let end = if to - from > 2 { to - 1 } else { to };
        canvas.rect((from, bar), (end, bar + BAR), segment.ink)?;
        if to - from >= NUMBERED_FROM {
            number(canvas, &segment, (i32::midpoint(from, end), bar + BAR / 2))?;
        }
    }
    Ok(())
}

fn x(ns: f64, longest: f64) -> i32 {
    MARGIN + (ns / longest * f64::from(WIDTH - 2 * MARGIN)).round() as i32
}

/// From 0 in at most five steps of 1, 2 or 5 of some power of ten.
fn ticks(longest: f64) -> impl Iterator<Item = f64> {
    let step = round_step(longest, 5.0);
    (0..=5).map(move |n| step * f64::from(n)).filter(move |tick| *tick <= longest * 1.001)
}

fn label_tick(canvas: &Canvas<'_>, tick: f64, longest: f64, y: i32) -> anyhow::Result<()> {
    let at = x(tick, longest);
    let align = match () {
        () if tick == 0.0 => Align::Start,
        () if at > WIDTH - MARGIN - 20 => Align::End,
        () => Align::Middle,
    };
    canvas.text(&units::round_time(tick), (at, y), align, Pen::REMARK)
}
