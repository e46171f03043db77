//! Times per call as factors: each job's best option against the best that could be shipped instead, and all options of a
//! job against the latter.

use super::SlideKind;
use super::factors::{FactorRow, draw};
use super::rows::SlideRow;
use super::scope::{Page, Scope};
use super::sketch::{DrawPlot, Found, Sketch};
use super::summary::MOST;
use crate::comparison::swapped;
use crate::report::wording::{Claim, capitalised, spoken};
use crate::report::{Comparison, Contest, Headline, finding};
use crate::run::Kind;

/// Those of all jobs of a stratum, and one of each job.
pub fn sketches<'a>(scope: &Scope<'a>) -> Found<'a> {
    let mut found = Found::default();
    if scope.has_several_jobs() {
        for stratum in scope.strata() {
            of_all_jobs(scope, stratum, &mut found);
        }
    }
    found.add_each(scope, |headline| of_job(scope, headline));
    found
}

fn of_all_jobs<'a>(scope: &Scope<'a>, stratum: &'a str, found: &mut Found<'a>) {
    let (report, label, name) = (scope.report, scope.report.label(stratum), scope.report.name(stratum));
    let pages = scope.pages(Some(stratum), MOST);
    let rows: Vec<Vec<JobRow<'a>>> =
        pages.iter().map(|page| page.headlines.iter().map(|headline| JobRow::of(scope, headline)).collect()).collect();
    let all: Vec<(&str, Option<&Comparison>)> =
        rows.iter().flatten().map(|row| (row.job, row.comparison.as_ref())).collect();
    if all.iter().all(|(_, comparison)| comparison.is_none_or(|one| one.ratio.is_none())) {
        return found.add(&format!("all jobs in {name}"), Err("nothing was compared".to_owned()));
    }
    let title = finding::speed_ups(&all);
    for (Page { of, which, .. }, rows) in pages.iter().zip(rows) {
        let rows: Vec<FactorRow> = rows.into_iter().map(|row| row.row).collect();
        let sketch = Sketch {
            kind: SlideKind::SpeedUp,
            of: format!("{label} {of}"),
            finding: title.clone(),
            subject: capitalised(&format!(
                "{which}time per call in {name}, the best option against the best that could be shipped instead"
            )),
            description: described(&rows),
            source: finding::source(report, &[stratum]),
            plot: plot(scope, rows),
        };
        found.add("", Ok(sketch));
    }
}

/// A job among all jobs.
struct JobRow<'a> {
    job: &'a str,
    /// `None` for a stand-in, which has no speed of its own.
    comparison: Option<Comparison>,
    row: FactorRow,
}

impl<'a> JobRow<'a> {
    fn of(scope: &Scope<'a>, headline: &Headline<'a>) -> Self {
        let (kernel, job) = (headline.kernel, headline.kernel.shown());
        let contest = headline.contest();
        let comparison =
            contest.filter(|_| !headline.is_stand_in()).and_then(|both| headline.versus(scope.report, both));
        let words = |remark: &str, figure: &str| SlideRow {
            name: job.to_owned(),
            remark: remark.to_owned(),
            versus: None,
            figure: figure.to_owned(),
            detail: String::new(),
        };
        let row = match (contest, &comparison) {
            (Some(both), Some(comparison)) => {
                let words = SlideRow {
                    name: job.to_owned(),
                    remark: kernel.option(both.option),
                    versus: Some(kernel.option(both.other)),
                    ..figures(comparison)
                };
                row(scope, headline, both, comparison, words)
            }
            _ if headline.is_stand_in() => FactorRow::without(words("a port that is not written yet", "–")),
            _ => FactorRow::without(words("", "not compared")),
        };
        Self { job, comparison, row }
    }
}

fn of_job<'a>(scope: &Scope<'a>, headline: &Headline<'a>) -> Result<Sketch<'a>, String> {
    let (kernel, stratum, label) = (headline.kernel, &*headline.stratum.id, headline.label);
    let why = || headline.sentence().trim_end_matches('.').to_owned();
    if headline.is_stand_in() {
        return Err("a port that is not written yet has no speed; see break-even".to_owned());
    }
    let quoted = headline.contest().ok_or_else(why)?;
    let comparison = headline.versus(scope.report, quoted).filter(|one| one.ratio.is_some()).ok_or_else(why)?;
    let input = headline.input.map_or("", |input| input.name.as_str());
    let cells = scope.report.cells_of(&kernel.name, input, stratum);
    let others = cells.filter(|cell| cell.contender != quoted.other && cell.kind != Kind::StandIn);
    let rows: Vec<FactorRow> = others
        .filter_map(|cell| {
            let both = Contest { option: &cell.contender, other: quoted.other };
            let comparison = headline.versus(scope.report, both)?;
            let (name, remark) = (cell.shown().to_owned(), cell.kind.words().to_owned());
            Some(row(scope, headline, both, &comparison, SlideRow { name, remark, ..figures(&comparison) }))
        })
        .collect();
    let other = kernel.option(quoted.other);
    Ok(Sketch {
        kind: SlideKind::SpeedUp,
        of: format!("{} {label}", kernel.name),
        finding: finding::speed_up(kernel, &comparison),
        subject: format!("Time per call on {}, in {}: all options against {other}", kernel.input(input), headline.name),
        description: described(&rows),
        source: finding::source(scope.report, &[stratum]),
        plot: plot(scope, rows),
    })
}

/// The words of a comparison, without names.
pub fn figures(comparison: &Comparison) -> SlideRow {
    let Claim { factor, word, interval } = spoken(comparison);
    SlideRow {
        name: String::new(),
        remark: String::new(),
        versus: None,
        figure: factor.map_or_else(|| word.to_owned(), |factor| format!("{factor} {word}")),
        detail: interval.unwrap_or_default(),
    }
}

/// A comparison with these words.
pub fn row(
    scope: &Scope<'_>,
    headline: &Headline<'_>,
    both: Contest<'_>,
    comparison: &Comparison,
    words: SlideRow,
) -> FactorRow {
    FactorRow {
        words,
        speed_up: comparison.ratio.map(f64::recip),
        ci: comparison.ci.map(swapped),
        modes: comparison.modes.map(swapped),
        starts: headline.speed_ups(scope.report, both),
        outcome: comparison.outcome,
    }
}

/// All rows in words.
pub fn described(rows: &[FactorRow]) -> String {
    let one = |FactorRow { words: SlideRow { name, remark, versus, figure, detail }, .. }: &FactorRow| {
        let versus = versus.as_deref().map_or_else(String::new, |versus| format!("vs. {versus}"));
        let parts = [name, remark, &versus, figure, detail].into_iter().filter(|part| !part.is_empty());
        parts.map(String::as_str).collect::<Vec<_>>().join(", ") + "."
    };
    rows.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn plot<'a>(scope: &Scope<'a>, mut rows: Vec<FactorRow>) -> DrawPlot<'a> {
    scope.order.sort(&mut rows, |row| row.words.name.clone(), |row| row.speed_up.map(f64::recip));
    Box::new(move |canvas, area| draw(canvas, area, &rows))
}
