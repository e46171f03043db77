//! `crossover merge`: joins runs of one plan, from several machines, in one file and report. Needs no browser.

use anyhow::Context as _;
use crossover_reports::report::Report;
use crossover_reports::run::{Run, Shards};

use crate::cli::{MergeArgs, Printed};
use crate::complaint;
use crate::exit::Exit;
use crate::measure::RunFolder;
use crate::progress::{Verbosity, say};
use crate::publish::{print_report, results_file, unmergeable};

/// Merges the runs, writes the same files as `run`, and prints the summary. Lists missing shards.
///
/// # Errors
/// When a results file cannot be read, the runs are not of one plan or the output cannot be written.
pub fn merge(args: &MergeArgs) -> anyhow::Result<Exit> {
    let verbosity = Verbosity::of(args.quiet);
    let files: Vec<_> = args.runs.iter().map(|run| results_file(run)).collect();
    let output = RunFolder::create(&args.out)?;
    let is_output = |file: &&std::path::PathBuf| {
        file.canonicalize().is_ok_and(|file| output.results().canonicalize().is_ok_and(|output| output == file))
    };
    if let Some(file) = files.iter().find(is_output) {
        anyhow::bail!("{}: would be written over; help: name another folder with --out DIR", file.display());
    }
    let runs = files.iter().map(|file| Run::read(file)).collect::<Result<Vec<_>, _>>()?;
    let run = Run::merge(runs).map_err(|error| unmergeable(error, &files))?;
    let file = output.results();
    output
        .begin(&run.header)?
        .append_all(&run.rows)
        .with_context(|| format!("{}: cannot be written", file.display()))?;
    print_report(&output, if args.json { Printed::Json } else { Printed::Full }, verbosity)?;
    let missing = run.header.shards.as_ref().map(Shards::missing).unwrap_or_default();
    for number in &missing {
        let of = run.header.shards.as_ref().map_or(0, |shards| shards.of);
        let lacking = format!("shard {number}/{of} is not among them: what it would have measured is missing");
        say(verbosity, &complaint::warning(&lacking));
    }
    let is_whole = missing.is_empty() && Report::from_run(&run).failures.is_empty();
    Ok(if is_whole { Exit::Done } else { Exit::SomeFailed })
}
