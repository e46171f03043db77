//! Jobs in several browsers, side by side: a row for each browser with the factor that its decision rests on.

use super::SlideKind;
use super::factors::{FactorRow, draw};
use super::font::width_of;
use super::frame::SMALL;
use super::rows::{REMARKS, SlideRow};
use super::scope::Scope;
use super::selection::Order;
use super::sketch::{Found, Sketch};
use super::speed_up::{described, figures, row};
use crate::report::across::InStratum;
use crate::report::wording::capitalised;
use crate::report::{Across, Agreement, Contest, Headline, finding};

/// Most rows on a slide; a job with more has one of its own.
const MOST: usize = 18;

/// A slide of each page of jobs.
pub fn sketches<'a>(scope: &Scope<'a>) -> Found<'a> {
    let mut found = Found::default();
    let report = scope.report;
    let is_selected = |across: &&Across| scope.headlines.iter().any(|one| one.kernel.name == across.kernel);
    let has_factor = |across: &&Across| across.strata.iter().any(|one| one.speed_up.is_some());
    let mut jobs: Vec<&'a Across> = report.across.iter().filter(is_selected).filter(has_factor).collect();
    if jobs.is_empty() {
        let why = match report.across.is_empty() {
            true => "the run has one browser; measure in several with --runtime",
            false => "no selected job was compared in several browsers",
        };
        found.add("", Err(why.to_owned()));
        return found;
    }
    if scope.order == Order::Name {
        jobs.sort_by_key(|across| report.title(&across.kernel));
    }
    let title = finding(scope, &jobs);
    let all = jobs.len();
    let mut first = 1;
    for (at, page) in pages(&jobs).into_iter().enumerate() {
        let last = first + page.len() - 1;
        let which = if page.len() == all { String::new() } else { format!("{first} to {last} of {all}: ") };
        first = last + 1;
        let rows: Vec<FactorRow> = page.iter().flat_map(|across| rows(scope, across, all > 1)).collect();
        found.add(
            "",
            Ok(Sketch {
                kind: SlideKind::Across,
                of: if at > 0 { (at + 1).to_string() } else { String::new() },
                finding: title.clone(),
                subject: capitalised(&format!(
                    "{which}time per call in each browser, the best option against the best that could be shipped instead"
                )),
                description: described(&rows),
                source: finding::source(report, &scope.strata()),
                plot: Box::new(move |canvas, area| draw(canvas, area, &rows)),
            }),
        );
    }
    found
}

/// As many jobs on each page as have room; all browsers of a job are on one.
fn pages<'a>(jobs: &[&'a Across]) -> Vec<Vec<&'a Across>> {
    let mut pages: Vec<Vec<&Across>> = Vec::new();
    for job in jobs {
        let rows = |page: &Vec<&Across>| page.iter().map(|one| one.strata.len()).sum::<usize>();
        match pages.last_mut().filter(|page| rows(page) + job.strata.len() <= MOST) {
            Some(page) => page.push(job),
            None => pages.push(vec![job]),
        }
    }
    pages
}

/// The answer of a single job, or how many agree and how many flip.
fn finding(scope: &Scope<'_>, jobs: &[&Across]) -> String {
    if let [one] = jobs {
        return format!("{} – {}", scope.report.title(&one.kernel), one.answer);
    }
    let count = |agreement| jobs.iter().filter(|one| one.agreement == agreement).count();
    let (agree, flip) = (count(Agreement::Agrees), count(Agreement::Flips));
    let others = jobs.len() - agree - flip;
    let need = if agree == 1 { "needs" } else { "need" };
    let parts = [
        (agree, format!("{agree} of {} jobs {need} the same in every browser", jobs.len())),
        (flip, if flip == 1 { "1 flips".to_owned() } else { format!("{flip} flip") }),
        (others, if others == 1 { "1 is mixed".to_owned() } else { format!("{others} are mixed") }),
    ];
    let parts = parts.into_iter().enumerate().filter(|(at, (count, _))| *at == 0 || *count > 0);
    parts.map(|(_, (_, words))| words).collect::<Vec<_>>().join(", ")
}

/// A row for each browser of a job; among several jobs, the first one has the job's name.
fn rows<'a>(scope: &'a Scope<'_>, across: &'a Across, are_several: bool) -> impl Iterator<Item = FactorRow> + 'a {
    let job = scope.report.title(&across.kernel);
    let job = if across.agreement == Agreement::Flips { format!("{job} – flips") } else { job.to_owned() };
    across.strata.iter().enumerate().map(move |(at, one)| {
        let browser = scope.report.name(&one.stratum);
        let words = |remark: &str| match (are_several, remark) {
            (false, _) => (browser.to_owned(), remark.to_owned()),
            (true, "") => (if at == 0 { job.clone() } else { String::new() }, browser.to_owned()),
            (true, _) => (if at == 0 { job.clone() } else { String::new() }, format!("{browser}: {remark}")),
        };
        compared(scope, across, one, &words).unwrap_or_else(|| {
            let (name, remark) = words("");
            let said = if one.candidate.is_some() { one.decision.words() } else { "not measured" };
            let figure = said.to_owned();
            FactorRow::without(SlideRow { name, remark, versus: None, figure, detail: String::new() })
        })
    })
}

/// Whether a remark has room in rows of one line.
fn is_short(remark: &str) -> bool {
    // Parts are measured one by one, each rounded up.
    width_of(remark, SMALL) <= REMARKS - 4
}

/// The row of a browser with a factor.
fn compared(
    scope: &Scope<'_>,
    across: &Across,
    one: &InStratum,
    words: &dyn Fn(&str) -> (String, String),
) -> Option<FactorRow> {
    let is_it = |headline: &&Headline<'_>| headline.kernel.name == across.kernel && headline.stratum.id == one.stratum;
    let headline = scope.headlines.iter().find(is_it)?;
    one.speed_up?;
    let both = Contest { option: one.candidate.as_deref()?, other: one.rival.as_deref()? };
    let comparison = headline.versus(scope.report, both)?;
    let (name, remark) = words(&headline.kernel.option(both.option));
    // A browser's name is not shortened for the sake of what its best option is compared with.
    let versus = Some(headline.kernel.option(both.other)).filter(|other| is_short(&format!("{remark} vs. {other}")));
    Some(row(scope, headline, both, &comparison, SlideRow { name, remark, versus, ..figures(&comparison) }))
}
