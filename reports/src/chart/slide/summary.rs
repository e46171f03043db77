//! A whole run on one slide: what to do about each job, by decision.

use super::SlideKind;
use super::font::fitted;
use super::frame::{NAME, REMARK};
use super::selection::{Order, Scope};
use super::sketch::{Found, Sketch};
use crate::chart::canvas::{Align, Canvas, Pen};
use crate::chart::ink::Ink;
use crate::chart::label_layout::Area;
use crate::chart::mark;
use crate::report::{Decision, DecisionRow, Headline, JobDecision, Outcome, Report, finding};

/// Height of a row: two lines where there is room, one line where there are many kernels.
const ROW: [i32; 2] = [34, 150];
const TWO_LINES: i32 = 98;
/// The text of rows of one line.
const SMALL: Pen = Pen { size: 26, ..NAME };
/// Room for the line about hidden kernels.
const MORE: i32 = 56;
/// Left edges of the columns, from the left of the plot, and the widths of their texts.
const KERNEL: (i32, i32) = (0, 560);
const FINDING: (i32, i32) = (660, 460);
const FACTOR: (i32, i32) = (1160, 600);

/// One slide.
pub fn sketches<'a>(scope: &Scope<'a>) -> Found<'a> {
    let mut found = Found::default();
    let headlines = scope.headlines.clone();
    if !headlines.iter().any(|headline| headline.candidate.is_some_and(|cell| cell.call_ns.is_some())) {
        let why = match scope.report.build_matrices.as_slice() {
            [] => "no candidate of any kernel was measured",
            [..] => "a build matrix has no slides; `crossover report` has its chart",
        };
        found.add(Err(why.to_owned()));
        return found;
    }
    let (order, strata, report) = (scope.order, scope.strata(), scope.report);
    let one =
        |headline: &Headline<'_>| format!("{} in {}: {}", headline.kernel.shown(), headline.label, headline.sentence());
    found.add(Ok(Sketch {
        kind: SlideKind::Summary,
        of: String::new(),
        finding: finding::tally(&headlines),
        subject: "The best option for each job against the best that could be shipped instead, time per call"
            .to_owned(),
        description: headlines.iter().map(one).collect::<Vec<_>>().join(" "),
        source: finding::source(scope.report, &strata),
        plot: Box::new(move |canvas, area| draw(canvas, area, report, &headlines, order)),
    }));
    found
}

fn draw(canvas: &Canvas<'_>, area: Area, report: &Report, headlines: &[Headline<'_>], order: Order) {
    let several = headlines.iter().any(|headline| headline.stratum.id != headlines[0].stratum.id);
    let room = area.bottom - area.top - MORE;
    let most = usize::try_from(room / ROW[0]).unwrap_or(0);
    let mut shown: Vec<&Headline<'_>> = headlines.iter().collect();
    // What was not measured comes last.
    shown.sort_by_key(|headline| decided(headline).map_or((true, None), |one| (false, Some(one.decision))));
    if order == Order::Name {
        order.sort(&mut shown, |headline| headline.kernel.shown().to_owned(), |_| None);
    }
    let hidden = shown.len().saturating_sub(most);
    shown.truncate(most);
    let count = i32::try_from(shown.len()).unwrap_or(1).max(1);
    let row = (room / count).clamp(ROW[0], ROW[1]);
    let is_small = row < TWO_LINES;
    let mut y = area.top + row / 2;
    for headline in &shown {
        let remark = match (several, headline.input) {
            (true, Some(input)) => format!("{}, {}", input.shown(), headline.label),
            (true, None) => headline.label.to_owned(),
            (false, input) => input.map_or_else(String::new, |input| input.shown().to_owned()),
        };
        let [option, figure, detail] = figures(report, headline);
        let cells = [
            (KERNEL, headline.kernel.shown(), remark),
            (FINDING, headline.finding(), option),
            (FACTOR, figure.as_str(), detail),
        ];
        mark::draw(canvas, (area.left + FINDING.0 - 36, y), outcome(headline), &mark::ON_SLIDE);
        for (column, name, remark) in cells {
            write(canvas, area, column, y, [name, &remark], is_small);
        }
        y += row;
        canvas.line((area.left, y - row / 2), (area.right, y - row / 2), Ink::Rule, if is_small { 1 } else { 2 });
    }
    if hidden > 0 {
        canvas.text(&format!("+ {hidden} more"), (area.left, y - row / 2 + 28), Align::Start, REMARK);
    }
}

/// The decision on a job that was measured.
fn decided<'a>(headline: &Headline<'a>) -> Option<&'a JobDecision> {
    headline.decision.filter(|_| headline.is_measured())
}

/// The mark of a decision: something beats what is there, does not, or that is not known.
fn outcome(headline: &Headline<'_>) -> Outcome {
    match decided(headline).map(|one| one.decision) {
        Some(Decision::KeepJs | Decision::NotWorthATry) => Outcome::Slower,
        Some(Decision::NoDifference) => Outcome::Same,
        Some(Decision::CannotTell) | None => Outcome::Unsure,
        Some(_) => Outcome::Faster,
    }
}

/// Two lines of a column, or one.
fn write(canvas: &Canvas<'_>, area: Area, (from, room): (i32, i32), y: i32, [name, remark]: [&str; 2], is_small: bool) {
    let line =
        |text: &str, y: i32, pen: Pen| canvas.text(&fitted(text, pen, room), (area.left + from, y), Align::Start, pen);
    match remark {
        "" => line(name, y, if is_small { SMALL } else { NAME }),
        _ if is_small => line(&format!("{name}, {remark}"), y, SMALL),
        _ => {
            line(name, y - 20, NAME);
            line(remark, y + 24, REMARK);
        }
    }
}

/// The option, by how much it is better, and than what.
fn figures(report: &Report, headline: &Headline<'_>) -> [String; 3] {
    match decided(headline) {
        Some(decision) => {
            let row = DecisionRow::of(report, headline.kernel, decision);
            if decision.decision == Decision::CannotTell {
                return [row.option, "unsure".to_owned(), format!("{} {}", row.factor, row.other)];
            }
            let detail = [row.other, row.note].join(" · ");
            [row.option, row.factor, detail.trim_end_matches(" · ").to_owned()]
        }
        None => {
            let reason = headline.candidate.and_then(|cell| cell.failure.clone());
            [String::new(), String::new(), reason.unwrap_or_default()]
        }
    }
}
