//! The first screen: the finding, how far it can be trusted, and a row for each job that opens in place.

use maud::{Markup, html};

use super::interval::{self, SpeedUps};
use super::tone::tone;
use super::{across, around, headroom};
use crate::chart::matrix_slugs;
use crate::report::{BuildMatrix, DecisionRow, Headline, Job, Report, build_matrix, finding, trust};

/// The headings of the rows' columns.
const COLUMNS: [&str; 8] = [
    "Decision",
    "Job",
    "Best option",
    "Per call",
    "95\u{a0}% interval",
    "vs. the best alternative, per call",
    "First result",
    "Download",
];

/// The headings where no Wasm is written yet.
const UNWRITTEN: [&str; 3] = ["Decision", "Job", "The most that a port can save"];

/// The top of the page; `inside` gives what a row shows of a headline when it is open, below links and what is for all browsers.
pub fn section(
    report: &Report,
    headlines: &[Headline<'_>],
    slugs: &[String],
    inside: &mut dyn FnMut(usize, Markup) -> Markup,
) -> Markup {
    let jobs = in_order(Job::all(headlines));
    let rows: Vec<Vec<Option<DecisionRow>>> = jobs.iter().map(|job| rows(report, job)).collect();
    let scale = SpeedUps::of(rows.iter().flatten().flatten());
    // What does no work has no factor.
    let is_unwritten = headlines.iter().all(|headline| !headline.headrooms.is_empty());
    let columns = if is_unwritten { &UNWRITTEN[..] } else { &COLUMNS };
    html! {
        section #answers aria-labelledby="answers-title" {
            h1 #answers-title { (title(report, headlines)) }
            (trust(report))
            @for (matrix, slug) in report.build_matrices.iter().zip(matrix_slugs(report)) { (build(matrix, &slug)) }
            @if !jobs.is_empty() {
                div.columns aria-hidden="true" { @for heading in columns { span { (heading) } } }
                @let scenario = headlines.iter().find_map(|headline| Some(&headline.decision?.scenario));
                div #jobs data-calls=[scenario.map(|one| one.calls)] data-hidden=[scenario.map(|one| one.hidden_startup)]
                    data-network=[scenario.and_then(|one| one.megabits_per_s)] data-margin=[scenario.map(|one| one.margin())] {
                    ol.jobs { @for (at, (job, rows)) in jobs.iter().zip(&rows).enumerate() {
                        li data-kernel=(job.kernel.name) data-domain=(job.kernel.domain) { details.job.(tone(job.decision())) open[jobs.len() == 1] {
                            (row(report, job, rows, &scale))
                            @for headline in job.first..job.first + job.headlines.len() {
                                (inside(headline, above(report, &jobs, slugs, at, headline)))
                            }
                        } }
                    } }
                }
                @if !is_unwritten {
                    (interval::axis(&scale))
                    @if report.run.strata.len() > 1 {
                        (interval::legend(report.run.strata.iter().map(|stratum| report.name(&stratum.id))))
                    }
                }
            }
        }
    }
}

/// What the page is about, for its heading and its tab.
pub fn title(report: &Report, headlines: &[Headline<'_>]) -> String {
    if report.is_empty() {
        return "This run measured nothing: it has no kernels or no browsers".to_owned();
    }
    match headlines {
        [] => "Builds and boundary costs".to_owned(),
        [..] => finding::tally(headlines),
    }
}

/// Machine, browsers and repetitions, and what a reader has to know before believing anything.
fn trust(report: &Report) -> Markup {
    html! {
        p.trust {
            (trust::facts(report).join(" · "))
            @for warning in trust::warnings(report) { " " strong.warning { "⚠ " (warning) } }
        }
    }
}

/// By decision, and within one by the factor, the largest first. Jobs whose browsers need different answers lead.
fn in_order(mut jobs: Vec<Job<'_>>) -> Vec<Job<'_>> {
    let factor = |job: &Job<'_>| {
        let ratio = job.headlines.first().and_then(|headline| headline.decision?.ratio);
        ratio.map_or(0.0, |ratio| -ratio.ln())
    };
    let place = |job: &Job<'_>| (job.decision(), job.is_unsure_in_some());
    jobs.sort_by(|a, b| place(a).cmp(&place(b)).then(factor(b).total_cmp(&factor(a))));
    jobs
}

fn rows(report: &Report, job: &Job<'_>) -> Vec<Option<DecisionRow>> {
    let of = |headline: &&Headline<'_>| {
        headline.decision.filter(|_| headline.is_measured()).map(|one| DecisionRow::of(report, job.kernel, one))
    };
    job.headlines.iter().map(of).collect()
}

/// What is above a headline's section: links, and in the first section of a job its browsers side by side. Only that section
/// has links to the job's neighbours.
fn above(report: &Report, jobs: &[Job<'_>], slugs: &[String], at: usize, headline: usize) -> Markup {
    if headline != jobs[at].first {
        return around::links(None, None);
    }
    let neighbour = |at: usize| jobs.get(at).map(|job| (slugs[job.first].as_str(), job.kernel.shown()));
    html! {
        (around::links(at.checked_sub(1).and_then(neighbour), neighbour(at + 1)))
        (across::tables(report, jobs[at].kernel, &slugs[headline]))
    }
}

/// The line of a job. Several browsers share it: each has its mark, and what is written is of the first.
fn row(report: &Report, job: &Job<'_>, rows: &[Option<DecisionRow>], scale: &SpeedUps) -> Markup {
    let headline = job.headlines[0];
    let stratum = |id: &str| report.run.strata.iter().position(|stratum| stratum.id == id).unwrap_or(0);
    let places = job.headlines.iter().map(|headline| stratum(&headline.stratum.id));
    html! {
        summary {
            span.decision { @if rows[0].is_none() && job.decision().is_some() { "Not measured" } @else { (job.words()) } }
            span.what { b { (job.kernel.shown()) } @if let Some(input) = headline.on() { " " small { (input) } } }
            @if !headline.headrooms.is_empty() { (headroom::row(headline)) } @else { @match &rows[0] {
                None => span.why { (headline.sentence()) },
                Some(row) => {
                    span.option { (row.option) }
                    span.call { (row.call) }
                    (interval::marks(places.zip(rows).filter_map(|(stratum, row)| Some((stratum, row.as_ref()?))), scale))
                    span.versus title=[Some(&row.interval).filter(|text| !text.is_empty())] {
                        b { (row.factor) } " " (row.other) @if !row.note.is_empty() { " · " (row.note) }
                    }
                    span.first { span.unseen { "First result: " } (row.first_result) }
                    span.download { span.unseen { "Download: " } (row.download) }
                }
            } }
            (across::line(report, job))
        }
    }
}

/// The recommended build, with a link to the details.
fn build(matrix: &BuildMatrix, slug: &str) -> Markup {
    html! {
        p.lead {
            a href={ "#" (slug) } { (build_matrix::title(matrix)) } " "
            (matrix.advice.as_ref().map_or("No variant was measured.", |advice| &advice.recommended.reason))
        }
    }
}
