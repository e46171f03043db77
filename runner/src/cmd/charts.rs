//! `crossover charts`: slides from results files, without a browser.

use anyhow::bail;
use crossover_reports::chart::slide::{Deck, Only, Selection, SlideKind, UnknownName, deck};
use crossover_reports::report::Report;
use crossover_reports::report::wording::printable;

use crate::cli::ChartsArgs;
use crate::exit::Exit;
use crate::progress::{Verbosity, say};
use crate::publish::{joined, results_file, themes, trend_of, write_slides};
use crate::stdout::print;
use crate::suite::unknown;

/// Writes every requested slide as SVG and as pictures, and prints their paths.
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
    let is_trend_wanted = only.names_kind(SlideKind::Trend) || trend.is_some();
    let selection = Selection { only, order: args.order, title: args.title.clone() };
    let Deck { slides, mut left_out } = deck(&report, trend.as_ref(), &selection)?;
    // Without --history, a missing trend is not worth a line.
    left_out.retain(|why| is_trend_wanted || !why.starts_with(SlideKind::Trend.name()));
    let left_out: Vec<String> = left_out.iter().map(|why| format!("left out: {}", printable(why))).collect();
    if slides.is_empty() {
        bail!("{}: there is nothing to draw\n{}", files[0].display(), left_out.join("\n"));
    }
    left_out.iter().for_each(|why| say(verbosity, why));

    let folder = args.out.clone().unwrap_or_else(|| files[0].with_file_name("slides"));
    for file in write_slides(&folder, &slides, &themes)? {
        print(&format!("{}\n", file.display()))?;
    }
    Ok(Exit::Done)
}
