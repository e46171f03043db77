//! `crossover compare`: whether head is worse than base by more than the limits allow.

use std::path::Path;

use anyhow::{bail, ensure};
use crossover_reports::gate::{self, Gate};
use crossover_reports::report::Report;
use crossover_reports::run::Run;

use crate::cli::CompareArgs;
use crate::exit::Exit;
use crate::measure::{Revisions, RunFolder, record_revisions};
use crate::prepare::now;
use crate::publish::{results_file, write_gate};

/// Compares two revisions, measured in turns, or two runs, and prints which costs are over their limits.
///
/// # Errors
/// When an argument, a suite or a run is invalid, or a tool that is needed is missing.
pub fn compare(args: &CompareArgs) -> anyhow::Result<Exit> {
    match &args.base_ref {
        Some(reference) => revisions(args, reference),
        None => runs(args),
    }
}

fn revisions(args: &CompareArgs, reference: &str) -> anyhow::Result<Exit> {
    let Revisions { exit, output, limits } = record_revisions(args, reference)?;
    let run = Run::read(&output.results())?;
    let gate = Gate { arguments: args.again(), ..gate::of_run(&run, &limits, &now()) };
    let report = Report::from_run(&run.without_what_is_the_same());
    write_gate(&output, &gate, &report, args.measure.json, args.measure.verbosity())?;
    Ok(match exit {
        Exit::Interrupted(_) | Exit::BrowserChanged => exit,
        _ if gate.has_regressed() => Exit::Regressed,
        _ => exit,
    })
}

fn runs(args: &CompareArgs) -> anyhow::Result<Exit> {
    let [base, head] = &args.names[..] else {
        bail!(
            "nothing to compare; help: name two runs, as in `crossover compare base/run.jsonl head/run.jsonl`, or a git \
             revision, as in `crossover compare --base-ref main`"
        );
    };
    let [base, head] = [base, head].map(|run| Run::read(&results_file(Path::new(run))));
    let (base, head) = (base?, head?);
    ensure!(
        base.header.id != head.header.id,
        "both are the run `{}`, which cannot differ from itself; help: name another one",
        head.header.id.escape_debug()
    );
    let (limits, root) = args.limits()?;
    let gate = gate::of_runs(&base, &head, &limits, &now());
    let output = RunFolder::create(&args.folder(&root))?;
    write_gate(&output, &gate, &Report::from_run(&head), args.measure.json, args.measure.verbosity())?;
    Ok(if gate.has_regressed() { Exit::Regressed } else { Exit::Done })
}
