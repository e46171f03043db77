//! `crossover charts`: slides from results files, without a browser.

use anyhow::bail;
use crossover_reports::chart::slide::{Deck, Extent, Only, Selection, UnknownName, deck};
use crossover_reports::report::Report;

use crate::cli::ChartsArgs;
use crate::exit::Exit;
use crate::progress::{Verbosity, say};
use crate::publish::{every_reason, first_reason, joined, results_file, themes, trend_of, write_slides};
use crate::stdout::print;
use crate::suite::unknown;

/// Writes the slides that tell most, or those that are asked for, as SVG and as pictures, and prints how many and where.
///
/// # Errors
/// When a run, theme or history cannot be read, there is nothing to draw, or a file cannot be written.
pub fn charts(args: &ChartsArgs) -> anyhow::Result<Exit> {
    let verbosity = Verbosity::of(args.quiet);
    let themes = themes(&args.theme)?;
    let files: Vec<_> = args.runs.iter().map(|run| results_file(run)).collect();
    let run = joined(&files)?;
    let report = Report::from_run(&run);
    let trend = args.history.as_ref().map(|file| trend_of(file, &run)).transpose()?;
    let only = Only::named(&args.only, &report).map_err(|UnknownName { name, known }| {
        let what = "kind of slide, kernel, domain or runtime";
        anyhow::anyhow!("--only for {}: {}", files[0].display(), unknown(what, &name, known.iter().map(String::as_str)))
    })?;
    let extent = if args.all || !args.only.is_empty() { Extent::Every } else { Extent::Telling };
    let selection = Selection { extent, only, order: args.order, title: args.title.clone() };
    let Deck { slides, more, left_out } = deck(&report, trend.as_ref(), &selection)?;
    if slides.is_empty() {
        bail!("{}: there is nothing to draw\n{}", files[0].display(), every_reason(&left_out).join("\n"));
    }
    let is_asked_for = args.verbose || !args.only.is_empty();
    let missing = if is_asked_for { every_reason(&left_out) } else { first_reason(&left_out) };
    missing.iter().for_each(|line| say(verbosity, line));

    let folder = args.out.clone().unwrap_or_else(|| files[0].with_file_name("slides"));
    let written = write_slides(&folder, &slides, &themes)?;
    let paths = written.iter().filter(|_| args.verbose).map(|file| format!("{}\n", file.display()));
    let count = if slides.len() == 1 { "1 slide".to_owned() } else { format!("{} slides", slides.len()) };
    let rest = if more > 0 { format!("; --all writes {more} more") } else { String::new() };
    print(&format!("{}{count} (SVG, PNG) in {}{rest}\n", paths.collect::<String>(), folder.display()))?;
    Ok(Exit::Done)
}
