//! What happens until the first answer: the phases of each contender one below the other along time, each named beside its
//! bar, and below them the whole with its interval.

use super::SlideKind;
use super::font::{fitted, width_of};
use super::frame::{NAME, REMARK, SMALL};
use super::rows::whisker;
use super::selection::{Order, Scope};
use super::sketch::{Found, Sketch};
use crate::chart::canvas::{Align, Canvas, Pen};
use crate::chart::ink::Ink;
use crate::chart::place::Area;
use crate::chart::scale::round_step;
use crate::metric::Phase;
use crate::report::{Cell, Headline, Start, finding, units};

/// Width of the contenders' names.
const NAMES: i32 = 400;
/// Room for a phase's name behind the longest bar.
const WORDS: i32 = 470;
/// Room for the scale below.
const SCALE: i32 = 48;
/// Height of a phase, and the air between contenders.
const STEP: [i32; 2] = [30, 46];
const GAP: i32 = 18;
/// Most contenders; more are not told apart at a glance.
const MOST: usize = 4;
/// A phase that takes less than this part of the longest start is no more than a hair, and left out.
const HAIR: f64 = 0.004;

/// One of each kernel.
pub fn sketches<'a>(scope: &Scope<'a>) -> Found<'a> {
    let mut found = Found::default();
    for headline in &scope.headlines {
        let place = format!("{} in {}", headline.kernel.name, headline.label);
        found.add(
            sketch(scope, headline).ok_or_else(|| format!("{place}: no cold start of its candidate was measured")),
        );
    }
    found
}

fn sketch<'a>(scope: &Scope<'a>, headline: &Headline<'a>) -> Option<Sketch<'a>> {
    let (kernel, stratum, label) = (headline.kernel, &*headline.stratum.id, headline.label);
    let (candidate, input) = (headline.candidate?, headline.input?);
    let finding = finding::cold_start(candidate, headline.cold_start)?;
    let cells = scope.report.cells_of(&kernel.name, &input.name, stratum);
    let mut started: Vec<(&Cell, &Start)> =
        cells.filter(|cell| cell.ships()).filter_map(|cell| Some((cell, cell.cold_start_ns.as_ref()?))).collect();
    let all = started.len();
    // Baseline and candidate are what the title is about.
    started.sort_by_key(|(cell, _)| match () {
        () if cell.contender == kernel.baseline => 0,
        () if cell.contender == candidate.contender => 1,
        () => 2,
    });
    started.truncate(MOST);
    let order = scope.order;
    let one = |(cell, start): &(&Cell, &Start)| {
        let phases: Vec<String> =
            phases(start).map(|(phase, ns)| format!("{} {}", phase.words(), units::time(ns))).collect();
        format!("{}: {} ({}).", cell.contender, finding::with_interval(start.median, start.ci), phases.join(", "))
    };
    Some(Sketch {
        kind: SlideKind::ColdStart,
        of: format!("{} {label}", kernel.name),
        finding,
        subject: format!(
            "From asking for it to its first answer on {}, nothing cached, in {label}; median phases",
            input.name
        ),
        description: started.iter().map(one).collect::<Vec<_>>().join(" "),
        source: finding::source(scope.report, &[stratum]),
        plot: Box::new(move |canvas, area| draw(canvas, area, &started, all, order)),
    })
}

/// The phases that a start has, in the order in which they happen.
fn phases(start: &Start) -> impl Iterator<Item = (Phase, f64)> {
    Phase::ALL.into_iter().zip(start.phases.in_order()).filter_map(|(phase, ns)| Some((phase, ns?)))
}

/// Those that can be seen, with when they begin.
fn visible(start: &Start, longest: f64) -> Vec<(Phase, f64, f64)> {
    let mut before = 0.0;
    let placed = phases(start).map(|(phase, ns)| {
        let begin = before;
        before += ns;
        (phase, begin, ns)
    });
    placed.filter(|(_, _, ns)| *ns >= HAIR * longest).collect()
}

/// What the scale reaches to: the longest start with its interval, but for an interval that leaves the bars no room.
fn longest(started: &[(&Cell, &Start)]) -> f64 {
    let bars = started.iter().map(|(_, start)| phases(start).map(|(_, ns)| ns).sum::<f64>().max(start.median));
    let bars = bars.fold(0.0, f64::max);
    let ends = started.iter().filter_map(|(_, start)| Some(start.ci?[1]));
    ends.fold(bars, f64::max).min(2.0 * bars)
}

/// Draws as many as there is room for, the first ones first.
fn draw(canvas: &Canvas<'_>, area: Area, started: &[(&Cell, &Start)], all: usize, order: Order) {
    let longest = longest(started);
    if longest <= 0.0 {
        return;
    }
    let height = |start: &Start| i32::try_from(visible(start, longest).len() + 1).unwrap_or(1);
    let room = area.bottom - area.top - SCALE;
    let fits = |count: usize| {
        let gaps = GAP * i32::try_from(count).unwrap_or(0);
        started[..count].iter().map(|(_, start)| height(start)).sum::<i32>() * STEP[0] + gaps <= room
    };
    let count = (1..=started.len()).rev().find(|count| fits(*count)).unwrap_or(1);
    let mut started = started[..count].to_vec();
    order.sort(&mut started, |(cell, _)| cell.contender.clone(), |(_, start)| Some(start.median));
    let steps: i32 = started.iter().map(|(_, start)| height(start)).sum();
    let gaps = GAP * i32::try_from(count).unwrap_or(0);
    let step = ((room - gaps) / steps.max(1)).clamp(STEP[0], STEP[1]);
    let (left, right) = (area.left + NAMES, area.right - WORDS);
    let x = |ns: f64| left + ((ns / longest).min(1.0) * f64::from(right - left)).round() as i32;
    let bottom = area.top + steps * step + gaps;
    let tick_step = round_step(longest, 5.0);
    for tick in (0..=5).map(|n| f64::from(n) * tick_step).filter(|tick| *tick <= longest * 1.001) {
        canvas.line((x(tick), area.top), (x(tick), bottom), Ink::Rule, 2);
        let label = fitted(&units::round_time(tick), REMARK, 240);
        canvas.text(&label, (x(tick), bottom + 26), Align::Middle, REMARK);
    }
    if all > count {
        canvas.text(&format!("+ {} more", all - count), (area.left, bottom + 26), Align::Start, REMARK);
    }
    let mut y = area.top + step / 2;
    for (cell, start) in started {
        let middle = y + (height(start) - 1) * step / 2;
        canvas.text(&fitted(&cell.contender, NAME, NAMES - 40), (area.left, middle), Align::Start, NAME);
        for (phase, begin, ns) in visible(start, longest) {
            let (from, to) = (x(begin), x(begin + ns));
            canvas.rect((from, y - step / 3), (to.max(from + 3), y + step / 3), Ink::Phase(phase));
            let words = format!("{} {}", phase.words(), units::time(ns));
            behind(canvas, &words, (to + 14, y), SMALL);
            y += step;
        }
        total(canvas, start, [x(0.0), x(start.median)], start.ci.map(|ci| ci.map(x)), y);
        y += step + GAP;
    }
}

/// The whole start.
fn total(canvas: &Canvas<'_>, start: &Start, bar: [i32; 2], ci: Option<[i32; 2]>, y: i32) {
    canvas.line((bar[0], y), (bar[1], y), Ink::Text, 4);
    canvas.disc((bar[1], y), 8, Ink::Text);
    if let Some(ci) = ci {
        whisker(canvas, ci, y);
    }
    let pen = Pen { ink: Ink::Text, bold: true, ..SMALL };
    let words = finding::with_interval(start.median, start.ci);
    let end = ci.map_or(bar[1], |ci| ci[1]).max(bar[1]) + 16;
    behind(canvas, &words, (end, y), pen)
}

/// A text behind a bar, with the grid kept away from it.
fn behind(canvas: &Canvas<'_>, text: &str, (x, y): (i32, i32), pen: Pen) {
    let text = fitted(text, pen, WORDS - 20);
    canvas.rect((x - 4, y - 13), (x + width_of(&text, pen) + 4, y + 13), Ink::Paper);
    canvas.text(&text, (x, y), Align::Start, pen)
}
