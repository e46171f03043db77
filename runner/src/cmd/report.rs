//! `crossover report`: converts results files to a report format. Needs no browser.

use crossover_reports::export::{Format, Page, export, html};
use crossover_reports::report::Report;

use crate::cli::{ReportArgs, ReportFormat};
use crate::exit::Exit;
use crate::publish::{joined, results_file, trend_of, with_profiles, write_for_tool, write_text};

/// Reads one run, or joins several, and writes or prints it in the requested format.
///
/// # Errors
/// When a results file cannot be read, the runs are not of one plan or the output cannot be written.
pub fn report(args: &ReportArgs) -> anyhow::Result<Exit> {
    let files: Vec<_> = args.runs.iter().map(|run| results_file(run)).collect();
    let mut run = joined(&files)?;
    for kernel in &mut run.header.kernels {
        args.scenario.apply(&mut kernel.scenarios);
    }
    if !args.scenario.share.is_empty() {
        let measured: Vec<&str> = run.header.contests().map(|stratum| stratum.id.as_str()).collect();
        run.header.share = args.scenario.share(&measured)?;
    }
    let report = with_profiles(Report::from_run(&run), &run, &files);
    let text = match (&args.history, args.format) {
        (history, ReportFormat::Own(Format::Html)) => {
            let trend = history.as_ref().map(|file| trend_of(file, &run)).transpose()?;
            html(&Page { run: Some(&run), trend: trend.as_ref(), ..Page::of(&report) })?
        }
        (Some(_), _) => anyhow::bail!(
            "--history shows a trend in --format html only; help: `crossover history trend --json` has it for programs"
        ),
        (None, ReportFormat::Own(format)) => export(&report, format)?,
        (None, ReportFormat::Tool(format)) => {
            write_for_tool(&report, format, &files[0], args)?;
            return Ok(Exit::Done);
        }
    };
    write_text(&text, &files[0], args)?;
    Ok(Exit::Done)
}
