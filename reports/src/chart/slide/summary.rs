//! A whole run on one slide: what to do about each job, by decision. More jobs than have room are on further slides. A
//! single job has all its options in place of a row.

use super::font::{fitted, width_of};
use super::frame::{NAME, REMARK};
use super::rows::pair;
use super::scope::{Page, Scope, decided, outcome};
use super::selection::Order;
use super::sketch::{Found, Sketch};
use super::{SlideKind, one_job};
use crate::chart::canvas::{Align, Canvas, Pen};
use crate::chart::ink::Ink;
use crate::chart::label_layout::Area;
use crate::chart::mark;
use crate::report::wording::capitalised;
use crate::report::{Decision, DecisionRow, Headline, Report, finding};

/// Most jobs on a slide of all jobs.
pub const MOST: usize = 17;

/// Height of a row: two lines where there is room, one line where there are many jobs.
const ROW: [i32; 2] = [34, 160];
const TWO_LINES: i32 = 98;
/// The names of rows of one line, and how far the remark is behind them.
const SMALL: Pen = Pen { size: 26, ..NAME };
const GAP: i32 = 14;
/// Left edges of the columns, from the left of the plot, and the widths of their texts.
const KERNEL: (i32, i32) = (0, 560);
const FINDING: (i32, i32) = (640, 490);
const FACTOR: (i32, i32) = (1150, 610);

/// A slide of each page of jobs.
pub fn sketches<'a>(scope: &Scope<'a>) -> Found<'a> {
    let mut found = Found::default();
    let report = scope.report;
    let is_measured = |headline: &Headline<'_>| one_job::measured(report, headline).next().is_some();
    if !scope.headlines.iter().any(is_measured) {
        let why = match report.build_matrices.as_slice() {
            [] => "no option of any job was measured",
            [..] => "a build matrix has no slides; `crossover report` has its chart",
        };
        found.add("", Err(why.to_owned()));
        return found;
    }
    if let [single] = &scope.headlines[..] {
        found.add("", Ok(one_job::sketch(scope, single)));
        return found;
    }
    for page in scope.pages(None, MOST) {
        found.add("", Ok(of_page(scope, page)));
    }
    found
}

fn of_page<'a>(scope: &Scope<'a>, Page { of, which, headlines }: Page<'a>) -> Sketch<'a> {
    let (order, report) = (scope.order, scope.report);
    let one =
        |headline: &Headline<'_>| format!("{} in {}: {}", headline.kernel.shown(), headline.name, headline.sentence());
    let tally = finding::tally(&scope.headlines);
    Sketch {
        kind: SlideKind::Summary,
        of,
        finding: match scope.has_several_jobs() {
            true => tally,
            false => finding::titled(headlines[0].kernel, &tally),
        },
        subject: capitalised(&format!(
            "{which}the best option for each job against the best that could be shipped instead, time per call"
        )),
        description: headlines.iter().map(one).collect::<Vec<_>>().join(" "),
        source: finding::source(report, &scope.strata()),
        plot: Box::new(move |canvas, area| draw(canvas, area, report, &headlines, order)),
    }
}

fn draw(canvas: &Canvas<'_>, area: Area, report: &Report, page: &[Headline<'_>], order: Order) {
    let several = page.iter().any(|headline| headline.stratum.id != page[0].stratum.id);
    let mut shown: Vec<&Headline<'_>> = page.iter().collect();
    if order == Order::Ratio {
        // What was not measured comes last.
        shown.sort_by_key(|headline| decided(headline).map_or((true, None), |one| (false, Some(one.decision))));
    }
    let count = i32::try_from(shown.len()).unwrap_or(1).max(1);
    let row = ((area.bottom - area.top) / count).clamp(ROW[0], ROW[1]);
    let is_small = row < TWO_LINES;
    let mut y = area.top + row / 2;
    for headline in &shown {
        let input = headline.input.map_or("", |input| input.shown());
        let place = if several { headline.name } else { "" };
        let [option, figure, other, note] = figures(report, headline);
        let cells = [
            (KERNEL, headline.kernel.shown(), [joined([input, place], ", "), place.to_owned()]),
            (FINDING, headline.finding(), [option.clone(), option]),
            (FACTOR, &*figure, [joined([&other, &note], " · "), other.clone()]),
        ];
        mark::draw(canvas, (area.left + FINDING.0 - 36, y), outcome(headline), &mark::ON_SLIDE);
        for ((from, room), name, [remark, shorter]) in cells {
            let at = (area.left + from, y);
            match is_small {
                true => in_one_line(canvas, at, name, [&remark, &shorter], room),
                false => pair(canvas, at, Align::Start, [name, &remark], room),
            }
        }
        y += row;
        canvas.line((area.left, y - row / 2), (area.right, y - row / 2), Ink::Rule, if is_small { 1 } else { 2 });
    }
}

fn joined(parts: [&str; 2], link: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(link)
}

/// A name with the remark behind it; with the shorter one if the first has no room.
fn in_one_line(canvas: &Canvas<'_>, (x, y): (i32, i32), name: &str, [remark, shorter]: [&str; 2], room: i32) {
    let width = |text: &str| width_of(text, REMARK) + GAP;
    let remark = if width_of(name, SMALL) + width(remark) <= room { remark } else { shorter };
    // A name gives way to what cannot be left out.
    let least = if remark.is_empty() { room } else { (room - width(remark)).max(room * 3 / 4) };
    let name = fitted(name, SMALL, least);
    canvas.text(&name, (x, y), Align::Start, SMALL);
    if !remark.is_empty() {
        let from = width_of(&name, SMALL) + GAP;
        canvas.text(&fitted(remark, REMARK, room - from), (x + from, y), Align::Start, REMARK);
    }
}

/// The option, by how much it is better, than what, and what else belongs beside it.
fn figures(report: &Report, headline: &Headline<'_>) -> [String; 4] {
    let Some(decision) = decided(headline) else {
        let reason = headline.candidate.and_then(|cell| cell.failure.clone());
        return [String::new(), String::new(), reason.unwrap_or_default(), String::new()];
    };
    let DecisionRow { option, factor, other, note, .. } = DecisionRow::of(report, headline.kernel, decision);
    match decision.decision {
        Decision::CannotTell => [option, "unsure".to_owned(), joined([&factor, &other], " "), String::new()],
        // The factor of a placeholder is that of nothing.
        Decision::WorthATry | Decision::NotWorthATry => [String::new(), String::new(), String::new(), note],
        _ => [option, factor, other, note],
    }
}
