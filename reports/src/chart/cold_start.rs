//! Starts of every contender on the headline input, by phase. The page has one bar for each state, stacked from its
//! phases in the order in which they happen. Slides show only the cold start: its phases one below the other along
//! time, each named beside its bar, and below them the whole with its interval.

use super::canvas::{Align, Canvas, HEADING, MARGIN, Pen, WIDTH, chart, fitted};
use super::ink::Ink;
use super::label_layout::Area;
use super::medium::SLIDE;
use super::picture::Picture;
use super::scale::round_step;
use super::slide::font;
use super::slide::frame::{NAME, REMARK, SMALL};
use super::slide::kind::SlideKind;
use super::slide::rows::whisker;
use super::slide::scope::Scope;
use super::slide::selection::Order;
use super::slide::sketch::{Found, Sketch};
use super::stacked::{Bars, Segment, draw_legend, legend, legend_height};
use crate::metric::Phase;
use crate::report::wording::exact;
use crate::report::{CellReport, Headline, Report, StartFigures, finding, units};
use crate::run::State;

/// Height of a contender's name, of a row, and of the bar in it.
const LINE: i32 = 22;
const ROW: i32 = 20;
const BAR: i32 = 16;
/// Gap between two contenders.
const GAP: i32 = 8;
const AXIS: i32 = 26;
/// Where bars begin and end; states are left of them, and totals right.
const SIDES: [i32; 2] = [132, WIDTH - 76];

/// Draws the chart; `None` when no start was measured.
pub fn draw(report: &Report, headline: &Headline<'_>) -> anyhow::Result<Option<Picture>> {
    let input = headline.input.map_or("", |input| input.name.as_str());
    let cells = report.cells_of(&headline.kernel.name, input, &headline.stratum.id).filter(|cell| cell.ships());
    let cells: Vec<&CellReport> = cells.collect();
    let all = || cells.iter().flat_map(|cell| starts(cell)).map(|(_, start)| start);
    let longest = end(&cells);
    if longest <= 0.0 {
        return Ok(None);
    }
    let [left, right] = SIDES;
    let bars = Bars { left, right, longest };
    let subject = format!("cold start on {}, {}", headline.kernel.input(input), headline.label);
    let description: Vec<String> = cells.iter().map(|cell| described(cell)).collect();
    let legend = legend(all().flat_map(segments));
    let top = HEADING + 4 + legend_height(&legend);
    let rows: i32 = cells.iter().map(|cell| height(cell)).sum();
    chart(top + rows + AXIS, [headline.kernel.shown(), &subject], &description.join(" "), |canvas| {
        draw_legend(canvas, &legend, HEADING + 5);
        bars.draw_scale(canvas, top + rows + 8);
        let mut y = top;
        for cell in &cells {
            contender(canvas, cell, &bars, y);
            y += height(cell);
        }
    })
    .map(Some)
}

/// Every state that was measured.
fn starts(cell: &CellReport) -> Vec<(State, &StartFigures)> {
    State::ALL.into_iter().filter_map(|state| Some((state, cell.start(state)?))).collect()
}

fn described(cell: &CellReport) -> String {
    let starts = starts(cell);
    if starts.is_empty() {
        return format!("{}: not measured.", cell.shown());
    }
    let states = starts.into_iter().map(|(state, start)| state_in_words(state, start));
    format!("{}: {}.", cell.shown(), states.collect::<Vec<_>>().join("; "))
}

fn state_in_words(state: State, start: &StartFigures) -> String {
    let parts: Vec<String> =
        segments(start).iter().map(|segment| format!("{} {}", segment.name, units::time(segment.ns))).collect();
    format!("{} {} ({})", state.words(), units::time(start.median), parts.join(", "))
}

/// The tip of a bar: the total, and each part of it.
fn in_full(cell: &CellReport, state: State, start: &StartFigures) -> String {
    let total = exact::time(&format!("{}, {}", cell.shown(), state.words()), start.median, start.ci, cell.blocks);
    let parts = segments(start);
    let parts = parts.iter().map(|segment| format!("; {} {}", segment.name, units::exact_time(segment.ns)));
    format!("{total}{}", parts.collect::<String>())
}

/// The phases of a start, in the order in which they happen, with their numbers among all phases.
fn phases(start: &StartFigures) -> impl Iterator<Item = (usize, Phase, f64)> {
    let all = (1..).zip(Phase::ALL).zip(start.phases.in_order());
    all.filter_map(|((number, phase), ns)| Some((number, phase, ns?)))
}

/// The phases, then the rest of the total.
fn segments(start: &StartFigures) -> Vec<Segment> {
    let segment = |ink, name, mark, ns| Segment { ink, name, mark, ns };
    let rest = segment(Ink::Rest, "rest", String::new(), start.residual.max(0.0));
    let phases = phases(start).map(|(n, phase, ns)| segment(Ink::Phase(phase), phase.words(), n.to_string(), ns));
    phases.chain([rest]).collect()
}

fn length(start: &StartFigures) -> f64 {
    segments(start).iter().map(|segment| segment.ns).sum::<f64>().max(start.median)
}

/// How far the scale extends beyond the longest bar to show an interval. A longer interval is cut at the end.
const BEYOND: f64 = 1.3;

/// End of the scale.
fn end(cells: &[&CellReport]) -> f64 {
    let all = || cells.iter().flat_map(|cell| starts(cell)).map(|(_, start)| start);
    let longest = all().map(length).fold(0.0, f64::max);
    let interval = all().filter_map(|start| Some(start.ci?[1])).fold(longest, f64::max);
    interval.min(BEYOND * longest)
}

fn height(cell: &CellReport) -> i32 {
    LINE + starts(cell).len() as i32 * ROW + GAP
}

/// The name, and a row for each state: its name, its bar with the interval of the total, and the total.
fn contender(canvas: &Canvas<'_>, cell: &CellReport, bars: &Bars, y: i32) {
    let name = fitted(cell.shown(), Pen::NAME, WIDTH - 2 * MARGIN);
    canvas.text(&name, (MARGIN, y + LINE / 2), Align::Start, Pen::NAME);
    let starts = starts(cell);
    if starts.is_empty() {
        return canvas.text("not measured", (WIDTH - MARGIN, y + LINE / 2), Align::End, Pen::REMARK);
    }
    for ((state, start), top) in starts.into_iter().zip((y + LINE..).step_by(ROW as usize)) {
        let middle = top + ROW / 2;
        canvas.text(state.words(), (bars.left - 6, middle), Align::End, Pen::REMARK);
        bars.draw(canvas, &segments(start), top + (ROW - BAR) / 2, BAR);
        if let Some([low, high]) = start.ci {
            let [low, high] = [low, high].map(|ns| bars.x(ns.min(bars.longest)));
            canvas.line((low, middle), (high, middle), Ink::Text, 2);
        }
        canvas.text(&units::time(start.median), (WIDTH - MARGIN, middle), Align::End, Pen::REMARK);
        canvas.tip((0, top), (WIDTH, top + ROW), &in_full(cell, state, start));
    }
}

/// Slide: width of the contenders' names.
const NAMES: i32 = 400;
/// Room for a phase's name behind the longest bar.
const WORDS: i32 = 470;
/// Room for the scale below.
const SCALE: i32 = 48;
/// Height of a phase, and the gap between contenders.
const STEP: [i32; 2] = [30, 46];
const APART: i32 = 18;
/// Most contenders on a slide; more are too many to compare at a glance.
const MOST: usize = 4;
/// Phases that take less than this part of the longest start are left out.
const HAIR: f64 = 0.004;

/// A slide of each kernel.
pub fn sketches<'a>(scope: &Scope<'a>) -> Found<'a> {
    let mut found = Found::default();
    found.add_each(scope, |headline| {
        sketch(scope, headline).ok_or_else(|| "its first results were not measured".to_owned())
    });
    found
}

fn sketch<'a>(scope: &Scope<'a>, headline: &Headline<'a>) -> Option<Sketch<'a>> {
    let (kernel, stratum, label) = (headline.kernel, &*headline.stratum.id, headline.label);
    let (candidate, input) = (headline.candidate?, headline.input?);
    let finding = finding::cold_start(kernel, candidate, headline.cold_start)?;
    let cells = scope.report.cells_of(&kernel.name, &input.name, stratum);
    let mut started: Vec<(&CellReport, &StartFigures)> =
        cells.filter(|cell| cell.ships()).filter_map(|cell| Some((cell, cell.cold_start_ns.as_ref()?))).collect();
    let all = started.len();
    // Baseline and candidate, which the title names.
    started.sort_by_key(|(cell, _)| match () {
        () if cell.contender == kernel.baseline => 0,
        () if cell.contender == candidate.contender => 1,
        () => 2,
    });
    started.truncate(MOST);
    let order = scope.order;
    let one = |(cell, start): &(&CellReport, &StartFigures)| {
        let phases: Vec<String> =
            phases(start).map(|(_, phase, ns)| format!("{} {}", phase.words(), units::time(ns))).collect();
        format!("{}: {} ({}).", cell.shown(), finding::with_interval(start.median, start.ci), phases.join(", "))
    };
    Some(Sketch {
        kind: SlideKind::ColdStart,
        of: format!("{} {label}", kernel.name),
        finding,
        subject: format!(
            "From asking for it to its first answer on {}, nothing cached, in {}; median phases",
            input.shown(),
            headline.name
        ),
        description: started.iter().map(one).collect::<Vec<_>>().join(" "),
        source: finding::source(scope.report, &[stratum]),
        plot: Box::new(move |canvas, area| draw_slide(canvas, area, &started, all, order)),
    })
}

/// Visible phases, with when they begin.
fn visible(start: &StartFigures, longest: f64) -> Vec<(Phase, f64, f64)> {
    let mut before = 0.0;
    let placed = phases(start).map(|(_, phase, ns)| {
        let begin = before;
        before += ns;
        (phase, begin, ns)
    });
    placed.filter(|(_, _, ns)| *ns >= HAIR * longest).collect()
}

/// End of the scale: the longest start with its interval, unless the interval would leave the bars no room.
fn longest(started: &[(&CellReport, &StartFigures)]) -> f64 {
    let bars = started.iter().map(|(_, start)| phases(start).map(|(_, _, ns)| ns).sum::<f64>().max(start.median));
    let bars = bars.fold(0.0, f64::max);
    let ends = started.iter().filter_map(|(_, start)| Some(start.ci?[1]));
    ends.fold(bars, f64::max).min(2.0 * bars)
}

/// Draws as many contenders as fit, the first ones first.
fn draw_slide(canvas: &Canvas<'_>, area: Area, started: &[(&CellReport, &StartFigures)], all: usize, order: Order) {
    let longest = longest(started);
    if longest <= 0.0 {
        return;
    }
    let height = |start: &StartFigures| i32::try_from(visible(start, longest).len() + 1).unwrap_or(1);
    let room = area.bottom - area.top - SCALE;
    let fits = |count: usize| {
        let gaps = APART * i32::try_from(count).unwrap_or(0);
        started[..count].iter().map(|(_, start)| height(start)).sum::<i32>() * STEP[0] + gaps <= room
    };
    let count = (1..=started.len()).rev().find(|count| fits(*count)).unwrap_or(1);
    let mut started = started[..count].to_vec();
    order.sort(&mut started, |(cell, _)| cell.shown().to_owned(), |(_, start)| Some(start.median));
    let steps: i32 = started.iter().map(|(_, start)| height(start)).sum();
    let gaps = APART * i32::try_from(count).unwrap_or(0);
    let step = ((room - gaps) / steps.max(1)).clamp(STEP[0], STEP[1]);
    let (left, right) = (area.left + NAMES, area.right - WORDS);
    let x = |ns: f64| left + ((ns / longest).min(1.0) * f64::from(right - left)).round() as i32;
    let bottom = area.top + steps * step + gaps;
    let tick_step = round_step(longest, 5.0);
    for tick in (0..=5).map(|n| f64::from(n) * tick_step).filter(|tick| *tick <= longest * 1.001) {
        canvas.line((x(tick), area.top), (x(tick), bottom), Ink::Rule, 2);
        let label = (SLIDE.fitted)(&units::round_time(tick), REMARK, 240);
        canvas.text(&label, (x(tick), bottom + 26), Align::Middle, REMARK);
    }
    if all > count {
        canvas.text(&format!("+ {} more", all - count), (area.left, bottom + 26), Align::Start, REMARK);
    }
    let mut y = area.top + step / 2;
    for (cell, start) in started {
        let middle = y + (height(start) - 1) * step / 2;
        let (name, pen) = font::shrunk(cell.shown(), NAME, NAMES - 30);
        canvas.text(&name, (area.left, middle), Align::Start, pen);
        for (phase, begin, ns) in visible(start, longest) {
            let (from, to) = (x(begin), x(begin + ns));
            canvas.rect((from, y - step / 3), (to.max(from + 3), y + step / 3), Ink::Phase(phase));
            let words = format!("{} {}", phase.words(), units::time(ns));
            behind(canvas, &words, (to + 14, y), SMALL);
            y += step;
        }
        total(canvas, start, [x(0.0), x(start.median)], start.ci.map(|ci| ci.map(x)), y);
        y += step + APART;
    }
}

/// The whole start.
fn total(canvas: &Canvas<'_>, start: &StartFigures, bar: [i32; 2], ci: Option<[i32; 2]>, y: i32) {
    canvas.line((bar[0], y), (bar[1], y), Ink::Text, 4);
    canvas.disc((bar[1], y), 8, Ink::Text);
    if let Some(ci) = ci {
        whisker(canvas, ci, (y, 12));
    }
    let pen = Pen { ink: Ink::Text, bold: true, ..SMALL };
    let words = finding::with_interval(start.median, start.ci);
    let end = ci.map_or(bar[1], |ci| ci[1]).max(bar[1]) + 16;
    behind(canvas, &words, (end, y), pen)
}

/// A text behind a bar, clear of the grid.
fn behind(canvas: &Canvas<'_>, text: &str, (x, y): (i32, i32), pen: Pen) {
    let text = (SLIDE.fitted)(text, pen, WORDS - 20);
    canvas.rect((x - 4, y - 13), (x + font::width_of(&text, pen) + 4, y + 13), Ink::Paper);
    canvas.text(&text, (x, y), Align::Start, pen)
}
