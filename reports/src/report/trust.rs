//! How far a run can be trusted, in one line: what was measured on, how often, and what a reader has to know first.

use super::{CellReport, Report, wording};
use crate::run::Kind;

/// Browsers, machine, repetitions and checks.
#[must_use]
pub fn facts(report: &Report) -> Vec<String> {
    let run = &report.run;
    let strata = run.strata.iter().map(|stratum| {
        let emulated = if stratum.emulation.is_none() { "" } else { " (emulated)" };
        format!("{} {}{emulated}", wording::capitalised(report.name(&stratum.id)), release(&stratum.runtime.version))
    });
    let is_apart = run.strata.iter().any(|stratum| stratum.machine.is_some());
    let machine = (!is_apart).then(|| format!("{}, {} cores", run.machine.cpu, run.machine.cores));
    let starts = starts(report);
    let checked = starts.is_some().then(|| "every answer checked".to_owned());
    strata.chain(machine).chain(starts).chain(checked).collect()
}

/// The part of a version that people call a release by: `148` of Chromium's, `2.50` of WebKitGTK's.
fn release(version: &str) -> &str {
    let mut ends = version.match_indices('.').map(|(at, _)| at);
    let first_is_short = version.find('.') == Some(1);
    let end = ends.nth(usize::from(first_is_short));
    &version[..end.unwrap_or(version.len())]
}

/// How often every job was measured; `None` if none was.
#[must_use]
pub fn starts(report: &Report) -> Option<String> {
    let blocks = timed(report).map(|cell| cell.blocks);
    let (least, most) = (blocks.clone().min()?, blocks.max()?);
    let count = if least == most { most.to_string() } else { format!("{least} to {most}") };
    Some(format!("{count} browser start{} per job", if most == 1 { "" } else { "s" }))
}

/// Sentences without their full stop, the most important first.
#[must_use]
pub fn warnings(report: &Report) -> Vec<String> {
    let run = &report.run;
    let mut warnings = Vec::new();
    if run.truncated {
        warnings.push("This run was stopped before its end, so its results are less certain".to_owned());
    }
    let timed: Vec<&CellReport> = timed(report).collect();
    let warming_up = timed.iter().filter(|cell| !cell.is_steady()).count();
    if warming_up > 0 {
        let preset = if run.schedule.preset == "quick" { ". Use --preset standard to decide" } else { "" };
        let were = if warming_up == 1 { "was" } else { "were" };
        warnings.push(format!("{warming_up} of {} timings {were} still warming up{preset}", timed.len()));
    }
    let skipped = report.cells.iter().filter(|cell| cell.call_ns.is_none()).count();
    if skipped > 0 && !timed.is_empty() {
        let were = if skipped == 1 { "was" } else { "were" };
        warnings.push(format!("{skipped} of {} measurements {were} skipped or failed", report.cells.len()));
    }
    let changed = report.comparisons.iter().filter(|one| one.changed_after.is_some()).count();
    if changed > 0 {
        let were = if changed == 1 { "comparison" } else { "comparisons" };
        warnings.push(format!("in {changed} {were} the first browser starts differ from the last: something changed"));
    }
    if let Some(noise) = run.noise.filter(|noise| noise.repeated > 0) {
        warnings.push(format!("the machine was busy: {} of {} blocks were repeated", noise.repeated, noise.blocks));
    }
    warnings
}

/// The cells whose calls were timed in a browser.
fn timed(report: &Report) -> impl Iterator<Item = &CellReport> + Clone {
    report.cells.iter().filter(|cell| cell.call_ns.is_some() && cell.kind != Kind::Native)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_named_as_people_name_it() {
        for (version, named) in [("148.0.7778.167", "148"), ("140.10.2", "140"), ("2.50.6", "2.50"), ("1", "1")] {
            assert_eq!(release(version), named);
        }
    }
}
