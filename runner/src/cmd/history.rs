//! `crossover history`: adds runs to the history file, and shows how costs develop.

use crossover_reports::export::trend;
use crossover_reports::history::HistoryError;
use crossover_reports::report::wording::printable;

use crate::cli::{AddArgs, HistoryArgs, HistoryCommand, ImportArgs, TrendArgs};
use crate::exit::Exit;
use crate::progress::{Verbosity, say};
use crate::publish::{add_run, create_history, read_trend, results_file, runs_below, write_trend};
use crate::stdout::{colour, print};

/// Runs one of the subcommands.
///
/// # Errors
/// When the history or a run cannot be read, or something cannot be written.
pub fn history(args: &HistoryArgs) -> anyhow::Result<Exit> {
    match &args.command {
        HistoryCommand::Add(args) => add(args),
        HistoryCommand::Import(args) => import(args),
        HistoryCommand::Trend(args) => trends(args),
    }
}

fn add(args: &AddArgs) -> anyhow::Result<Exit> {
    let mut history = create_history(&args.history.path)?;
    for run in &args.runs {
        let file = results_file(run);
        let line = add_run(&mut history, &file)?;
        print(&format!("{}\n", printable(&line)))?;
    }
    Ok(Exit::Done)
}

fn import(args: &ImportArgs) -> anyhow::Result<Exit> {
    let files = runs_below(&args.folder)?;
    let mut history = create_history(&args.history.path)?;
    let mut exit = Exit::Done;
    for file in files {
        match add_run(&mut history, &file) {
            Ok(line) => print(&format!("{}\n", printable(&line)))?,
            // Of the history itself: no further run would do better.
            Err(error) if error.is::<HistoryError>() => return Err(error),
            Err(error) => {
                exit = Exit::SomeFailed;
                print(&format!("left out: {}\n", printable(&format!("{error:#}"))))?;
            }
        }
    }
    Ok(exit)
}

fn trends(args: &TrendArgs) -> anyhow::Result<Exit> {
    let found = read_trend(args)?;
    let page = write_trend(&found, &args.out)?;
    print(&if args.json { trend::json(&found)? } else { trend::terminal(&found, colour()) })?;
    say(Verbosity::Normal, &format!("trend: {}", page.display()));
    Ok(Exit::Done)
}
