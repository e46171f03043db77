//! The end of a run of several jobs in a terminal: a line for each, what a reader has to know first, and no table.

use super::Lines;
use crate::report::{Across, Decision, DecisionRow, Headline, Job, Report, finding, trust, wording};

/// The summary; `None` where a single job, or none, is better shown in full.
pub(super) fn text(out: &mut Lines, report: &Report, headlines: &[Headline<'_>]) -> Option<()> {
    let mut jobs = Job::all(headlines);
    if jobs.len() < 2 {
        return None;
    }
    out.wrapped("", &format!("{}.", finding::tally(headlines)));
    out.wrapped("", &trust::facts(report).join(" · "));
    out.line("");
    jobs.sort_by_key(Job::decision);
    let width = jobs.iter().map(|job| job.words().len()).max().unwrap_or(0);
    let name = jobs.iter().map(|job| job.kernel.name.chars().count()).max().unwrap_or(0).min(24);
    let mut last = "";
    for job in &jobs {
        let decision = job.words();
        let shown = if decision == last { "" } else { decision };
        last = decision;
        let mark = format!("  {shown:<width$}  {:<name$}  ", wording::printable(&job.kernel.name));
        match &report.across(&job.kernel.name).collect::<Vec<_>>()[..] {
            [across] => side_by_side(out, &mark, across),
            _ => out.wrapped(&mark, &line(report, job)),
        }
    }
    out.line("");
    for warning in trust::warnings(report) {
        out.wrapped("  ! ", &format!("{warning}."));
    }
    if let Some(calibration) = &report.run.calibration {
        out.wrapped("  ", &format!("{}.", wording::calibration(calibration)));
    }
    out.line("");
    Some(())
}

/// A job in several browsers: what all of them need, below its name, and what fits a mix of visitors.
fn side_by_side(out: &mut Lines, mark: &str, across: &Across) {
    out.line(mark);
    let visitors = across.visitors.iter().map(|visitors| &visitors.answer);
    for answer in std::iter::once(&across.answer).chain(visitors) {
        out.wrapped("      ", &format!("{}.", wording::capitalised(answer)));
    }
}

/// What a job's decision rests on: `Rust + SIMD, 1.39× faster than createImageBitmap, from 6 calls`.
fn line(report: &Report, job: &Job<'_>) -> String {
    let headline = job.headlines[0];
    let is_one = headline.is_measured() && job.decision().is_some() && headline.headrooms.is_empty();
    let Some(decision) = headline.decision.filter(|_| is_one) else {
        return job.sentence();
    };
    let row = DecisionRow::of(report, job.kernel, decision);
    match decision.decision {
        Decision::KeepJs | Decision::NoDifference => {
            let rival = row.other.trim_start_matches("with ");
            format!("{rival} is {}, {} to the first result, {} to load", row.factor, row.first_result, row.download)
        }
        Decision::CannotTell if row.other.is_empty() => headline.sentence(),
        Decision::CannotTell => format!("{} is {} {}", row.option, row.factor, row.other),
        _ => {
            let note =
                row.note.split(" · ").find(|note| note.starts_with("from ")).map(|note| format!(", pays {note}"));
            format!("{}, {} {}{}", row.option, row.factor, row.other, note.unwrap_or_default())
        }
    }
}
