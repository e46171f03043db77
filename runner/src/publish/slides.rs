//! Writes slides in their themes to files.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use crossover_reports::chart::slide::{LeftOut, Palette, Slide, WIDTHS};
use crossover_reports::regular;
use crossover_reports::report::wording::printable;

use crate::all_cores::on_all_cores;

/// The largest theme file, bytes.
const LARGEST_THEME: u64 = 1 << 20;

/// The themes of these names or files.
///
/// # Errors
/// When a file cannot be read or is not a theme, or two themes have the same name.
pub fn themes(names: &[PathBuf]) -> anyhow::Result<Vec<Palette>> {
    let theme = |path: &PathBuf| match path.to_str() {
        Some("light") => Ok(Palette::light()),
        Some("dark") => Ok(Palette::dark()),
        _ => {
            let text = regular::read_text(path, LARGEST_THEME).with_context(|| {
                format!("{}: the theme cannot be read; help: give --theme light, dark or a TOML file", path.display())
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

/// Writes each slide in each theme as SVG and as pictures, and returns the paths of the SVGs. Pictures take most of the time,
/// so all cores make some.
///
/// # Errors
/// When the folder or a file cannot be written, or a picture cannot be made.
pub fn write_slides(folder: &Path, slides: &[Slide], themes: &[Palette]) -> anyhow::Result<Vec<PathBuf>> {
    fs::create_dir_all(folder).with_context(|| {
        format!("{}: the folder cannot be made; help: name another one with --out DIR", folder.display())
    })?;
    let both = slides.iter().flat_map(|slide| themes.iter().map(move |theme| (slide, theme)));
    let work: Vec<(&Slide, &Palette, PathBuf)> =
        both.map(|(slide, theme)| (slide, theme, folder.join(format!("{}-{}", slide.name, theme.name())))).collect();
    let written = on_all_cores(work.iter().collect(), |(slide, theme, path)| write(slide, theme, path));
    written.into_iter().collect::<anyhow::Result<()>>()?;
    Ok(work.into_iter().map(|(_, _, path)| path.with_added_extension("svg")).collect())
}

/// Every reason why slides are missing, a line each.
pub fn every_reason(left_out: &[LeftOut]) -> Vec<String> {
    LeftOut::grouped(left_out).iter().map(|one| format!("left out: {}", printable(&one.to_string()))).collect()
}

/// The first reason why slides are missing, and how many more there are: one line, or none.
pub fn first_reason(left_out: &[LeftOut]) -> Vec<String> {
    let lines = every_reason(left_out);
    match lines.len() {
        0 | 1 => lines,
        2 => vec![format!("{}; and for 1 more reason, see --verbose", lines[0])],
        all => vec![format!("{}; and for {} more reasons, see --verbose", lines[0], all - 1)],
    }
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
