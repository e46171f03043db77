//! `crossover charts`: slides from results files, without a browser.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use crossover_reports::chart::slide::{Deck, Only, Palette, Selection, Slide, SlideKind, WIDTHS, deck};
use crossover_reports::regular;
use crossover_reports::report::Report;
use crossover_reports::report::words::printable;

use super::report::{joined, trend};
use super::{print, results};
use crate::all_cores::on_all_cores;
use crate::cli::ChartsArgs;
use crate::exit::Exit;
use crate::progress::{Voice, say};

/// No theme is larger, bytes.
const LARGEST_THEME: u64 = 1 << 20;

/// Writes every slide that is asked for, as SVG and as pictures, and prints where they are.
///
/// # Errors
/// When a run, theme or history cannot be read, there is nothing to draw, or a file cannot be written.
pub fn charts(args: &ChartsArgs) -> anyhow::Result<Exit> {
    let voice = Voice::of(args.quiet);
    let themes = themes(&args.theme)?;
    let files: Vec<_> = args.runs.iter().map(|run| results(run)).collect();
    let run = joined(&files)?;
    let report = Report::from_run(&run);
    let trend = args.history.as_ref().map(|file| trend(file, &run)).transpose()?;
    let only = Only::named(&args.only, &report).with_context(|| format!("--only for {}", files[0].display()))?;
    let is_trend_wanted = only.names_kind(SlideKind::Trend) || trend.is_some();
    let selection = Selection { only, order: args.order, title: args.title.clone() };
    let Deck { slides, mut left_out } = deck(&report, trend.as_ref(), &selection)?;
    // Who asks for no history need not be told that it would have a trend.
    left_out.retain(|why| is_trend_wanted || !why.starts_with(SlideKind::Trend.name()));
    let left_out: Vec<String> = left_out.iter().map(|why| format!("left out: {}", printable(why))).collect();
    if slides.is_empty() {
        bail!("{}: there is nothing to draw\n{}", files[0].display(), left_out.join("\n"));
    }
    left_out.iter().for_each(|why| say(voice, why));

    let folder = args.out.clone().unwrap_or_else(|| files[0].with_file_name("slides"));
    fs::create_dir_all(&folder)
        .with_context(|| format!("{}: the folder cannot be made; name another one with --out DIR", folder.display()))?;
    for file in write_all(&folder, &slides, &themes)? {
        print(&format!("{}\n", file.display()))?;
    }
    Ok(Exit::Done)
}

/// The themes of these names or files.
fn themes(names: &[PathBuf]) -> anyhow::Result<Vec<Palette>> {
    let theme = |path: &PathBuf| match path.to_str() {
        Some("light") => Ok(Palette::light()),
        Some("dark") => Ok(Palette::dark()),
        _ => {
            let text = regular::read_text(path, LARGEST_THEME).with_context(|| {
                format!("{}: the theme cannot be read; --theme takes light, dark or a TOML file", path.display())
            })?;
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            Palette::from_toml(&name, &text).with_context(|| path.display().to_string())
        }
    };
    let themes = names.iter().map(theme).collect::<anyhow::Result<Vec<_>>>()?;
    let mut seen = HashSet::new();
    match themes.iter().find(|theme| !seen.insert(theme.name())) {
        Some(twice) => bail!("two themes are called `{}`, and their slides would have the same names", twice.name()),
        None => Ok(themes),
    }
}

/// Writes each slide in each theme; where, the SVG of each. Pictures take most of the time, so all cores make some.
fn write_all(folder: &Path, slides: &[Slide], themes: &[Palette]) -> anyhow::Result<Vec<PathBuf>> {
    let both = slides.iter().flat_map(|slide| themes.iter().map(move |theme| (slide, theme)));
    let work: Vec<(&Slide, &Palette, PathBuf)> =
        both.map(|(slide, theme)| (slide, theme, folder.join(format!("{}-{}", slide.name, theme.name())))).collect();
    on_all_cores(work.iter().collect(), |(slide, theme, path)| write(slide, theme, path))?;
    Ok(work.into_iter().map(|(_, _, path)| path.with_added_extension("svg")).collect())
}

fn write(slide: &Slide, theme: &Palette, path: &Path) -> anyhow::Result<()> {
    let to = |path: PathBuf, bytes: &[u8]| {
        fs::write(&path, bytes).with_context(|| format!("{}: cannot be written", path.display()))
    };
    to(path.with_added_extension("svg"), slide.svg(theme).as_bytes())?;
    for width in WIDTHS {
        let picture = slide.png(theme, width).with_context(|| format!("the slide {}", slide.name))?;
        let name = format!("{}-{width}.png", path.file_name().unwrap_or_default().to_string_lossy());
        to(path.with_file_name(name), &picture)?;
    }
    Ok(())
}
