//! Start and calls together against the number of calls of a page, for the options of a job: from how many calls on the one
//! that the decision is about takes less time than the other. The lines are those that the decision compares, with the
//! download and the start as its scenario has them.

use super::SlideKind;
use super::lines::{AxisWords, MOST, draw};
use super::scope::Scope;
use super::sketch::{Found, Sketch};
use crate::chart::ink::Ink;
use crate::chart::lines::{Line, LinePoint, Mark};
use crate::report::{At, BreakEven, CellReport, Contest, DecisionBasis, Headline, finding, units, wording};
use crate::run::Scenario;

/// Points of a line for each power of ten, the first of which has a mark.
const POINTS: i32 = 8;
/// The scale of calls ends between these two powers of ten, ten times behind the crossing.
const POWERS: [i32; 2] = [3, 9];

/// A slide of each job.
pub fn sketches<'a>(scope: &Scope<'a>) -> Found<'a> {
    let mut found = Found::default();
    found.add_each(scope, |headline| sketch(scope, headline));
    found
}

fn sketch<'a>(scope: &Scope<'a>, headline: &Headline<'a>) -> Result<Sketch<'a>, String> {
    let (report, kernel, stratum, label) = (scope.report, headline.kernel, &*headline.stratum.id, headline.label);
    let why = || "there is nothing to decide between".to_owned();
    let (decision, contest) = headline.decision.zip(headline.contest()).ok_or_else(why)?;
    let basis = report.basis_of(&kernel.name, &decision.input, stratum).ok_or_else(why)?;
    let Contest { option, other } = contest;
    let is_known = |name: &str| basis.index(name).is_some_and(|at| basis.total(at, &decision.scenario).is_some());
    if !is_known(option) || !is_known(other) {
        return Err("its first results were not measured".to_owned());
    }
    let answer = answer(basis, contest, &decision.scenario);
    let powers = powers(answer);
    let cells: Vec<&CellReport> = report.cells_of(&kernel.name, &decision.input, stratum).collect();
    // The two that the title names, then the baseline, then the others.
    let mut names: Vec<&str> = vec![option, other];
    for name in std::iter::once(&*kernel.baseline).chain(basis.options.iter().map(|one| &*one.contender)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let line = |name: &str| {
        let cell = cells.iter().find(|cell| cell.contender == name)?;
        let points = curve(basis, basis.index(name)?, &decision.scenario, powers);
        let name = cell.shown().to_owned();
        (!points.is_empty()).then_some(Line { name, ink: Ink::Kind(cell.kind), mark: Mark::Disc, points })
    };
    let mut lines: Vec<Line> = names.into_iter().filter_map(line).collect();
    let hidden = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    let crossing = match answer {
        BreakEven::From(At { value, ci }) | BreakEven::UpTo(At { value, ci }) => {
            Some((value, ci, wording::break_even(answer)))
        }
        BreakEven::FromTheFirstCall | BreakEven::Never | BreakEven::Undetermined => None,
    };
    let dashed = if crossing.is_some() { ", crossing between dashed lines" } else { "" };
    let ends =
        |line: &Line| line.described(|point| format!("{} for {}", units::time(point.y), wording::calls(point.along)));
    Ok(Sketch {
        kind: SlideKind::BreakEven,
        of: format!("{} {label}", kernel.name),
        finding: finding::break_even(kernel, [option, other], answer, headline.is_stand_in()),
        subject: format!(
            "{} on {}, in {}; lower is better{dashed}",
            what(&decision.scenario),
            kernel.input(&decision.input),
            headline.name
        ),
        description: lines.iter().map(|line| ends(&marked(line))).collect::<Vec<_>>().join(" "),
        source: finding::source(report, &[stratum]),
        plot: Box::new(move |canvas, area| {
            let axes = AxisWords {
                along: ("calls of a page", units::round_count),
                up: ("time in all", units::round_time),
                every: POINTS.unsigned_abs() as usize,
                crossing: crossing.clone(),
                hidden,
            };
            draw(canvas, area, &lines, &axes);
        }),
    })
}

/// From how many calls on the first of the two takes less time.
fn answer(basis: &DecisionBasis, Contest { option, other }: Contest<'_>, scenario: &Scenario) -> BreakEven {
    let places = basis.index(other).zip(basis.index(option));
    places.map_or(BreakEven::Undetermined, |(from, to)| basis.break_even(from, to, scenario).into())
}

/// How many powers of ten the scale has.
fn powers(answer: BreakEven) -> i32 {
    let end = match answer {
        BreakEven::From(At { ci, .. }) | BreakEven::UpTo(At { ci, .. }) => (10.0 * ci[1]).log10().ceil() as i32,
        BreakEven::FromTheFirstCall | BreakEven::Never | BreakEven::Undetermined => 0,
    };
    end.clamp(POWERS[0], POWERS[1])
}

/// The time that an option takes in all, by number of calls; empty if it is not known.
fn curve(basis: &DecisionBasis, option: usize, scenario: &Scenario, powers: i32) -> Vec<LinePoint> {
    let point = |step: i32| {
        let calls = 10_f64.powf(f64::from(step) / f64::from(POINTS));
        let y = basis.total(option, &Scenario { calls: calls.round() as u64, ..scenario.clone() })?;
        Some(LinePoint { along: calls.round(), y, ci: None, tip: String::new() }).filter(|point| point.y > 0.0)
    };
    (0..=powers * POINTS).filter_map(point).collect()
}

/// The same line with the points that have a mark.
fn marked(line: &Line) -> Line {
    let points = line.points.iter().step_by(POINTS.unsigned_abs() as usize).cloned().collect();
    Line { name: line.name.clone(), points, ..*line }
}

/// What the times are made of.
fn what(scenario: &Scenario) -> String {
    let start = if scenario.hidden_startup { "Calls, after a hidden start," } else { "Start and calls together" };
    match scenario.megabits_per_s {
        Some(rate) if !scenario.hidden_startup => format!("{start}, with the download at {rate} Mbit/s,"),
        _ => start.to_owned(),
    }
}
