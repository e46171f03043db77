//! Writes invented runs and all of their outputs to a folder, for work on the look of the report: `cargo run -p
//! crossover-reports --example synthetic -- FOLDER [RUN.jsonl]`, the latter to show another run.

use std::path::{Path, PathBuf};

use anyhow::Context;
use crossover_reports::chart;
use crossover_reports::chart::slide::{Palette, Selection, deck};
use crossover_reports::export::tool::{self, Output, ToolFormat};
use crossover_reports::export::{Colour, Format, Page, export, html, terminal};
use crossover_reports::report::Report;
use crossover_reports::run::{Run, Writer};

#[path = "../tests/all/synthetic/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the tests use the rest of it")]
mod synthetic;

fn main() -> anyhow::Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).context("give the folder to write to")?);
    match std::env::args_os().nth(2) {
        Some(path) => write(&folder, &Run::read(&PathBuf::from(path))?),
        None => {
            write(&folder.join("build-matrix"), &synthetic::build_matrix(12))?;
            write(&folder, &synthetic::with_sessions(12))
        }
    }
}

fn write(folder: &Path, run: &Run) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).context("making the folder")?;
    let mut writer = Writer::create(&folder.join("run.jsonl"), &run.header).context("writing the run")?;
    writer.append_all(&run.rows).context("writing the run")?;
    let start = std::time::Instant::now();
    let report = Report::from_run(run);
    for format in Format::ALL {
        let file = folder.join(format!("report.{}", format.extension()));
        let text = match format {
            Format::Html => html(&Page { run: Some(run), ..Page::of(&report) })?,
            format => export(&report, format)?,
        };
        std::fs::write(file, text).context("writing the report")?;
    }
    for format in ToolFormat::ALL {
        let files = match tool::export(&report, format)?.output {
            Output::Text(text) => vec![("figures.json".into(), text)],
            Output::Files(files) => files,
        };
        for (path, text) in files {
            let file = folder.join(format.name()).join(path);
            std::fs::create_dir_all(file.parent().unwrap_or(folder)).context("making a folder")?;
            std::fs::write(file, text).context("writing figures for another program")?;
        }
    }
    for (name, svg) in chart::all(&report)? {
        std::fs::write(folder.join(name), svg).context("writing a chart")?;
    }
    for slide in deck(&report, None, &Selection::default())?.slides {
        std::fs::write(folder.join(format!("{}.svg", slide.name)), slide.svg(&Palette::light()))
            .context("writing a slide")?;
    }
    print!("{}", terminal(&report, Colour::Always));
    eprintln!("made in {:?}", start.elapsed());
    Ok(())
}
