//! A flame graph as an SVG file of its own, drawn by inferno.

use anyhow::Context as _;
use crossover_reports::profile::StateProfile;
use crossover_reports::report::wording;
use inferno::flamegraph::{self, Direction, Options};

/// The picture's width in pixels. Without one its script would have to fit it into the window, and it has none.
const WIDTH: usize = 1200;

/// The picture as SVG; `None` where there is nothing to draw.
///
/// # Errors
/// When it cannot be drawn.
pub fn flame_graph(state: &StateProfile, title: &str) -> anyhow::Result<Option<String>> {
    let mut lines: Vec<String> = state.folded().iter().map(|line| wording::printable(line)).collect();
    if lines.is_empty() {
        return Ok(None);
    }
    lines.sort();
    let mut options = Options::default();
    options.title = wording::printable(title);
    options.count_name = "µs".to_owned();
    options.image_width = Some(WIDTH);
    options.direction = Direction::Inverted;
    options.font_type = "sans-serif".to_owned();
    options.deterministic = true;
    options.pretty_xml = false;
    let mut svg = Vec::new();
    flamegraph::from_lines(&mut options, lines.iter().map(String::as_str), &mut svg)
        .context("drawing a flame graph")?;
    let svg = String::from_utf8(svg).context("drawing a flame graph")?;
    Ok(Some(without_script(&svg)))
}

/// Parts of the picture that do nothing without its script, by their beginnings and ends.
const OF_THE_SCRIPT: [(&str, &str); 4] = [
    ("<script", "</script>"),
    ("<text id=\"search\"", "</text>"),
    ("<text id=\"unzoom\"", "</text>"),
    ("<text id=\"matched\"", "</text>"),
];

/// Takes out the script, what calls it, and what it serves. Names are escaped, so that none of them can look like any of it.
fn without_script(svg: &str) -> String {
    let whole = svg.replace(" onload=\"init(evt)\"", "");
    OF_THE_SCRIPT.into_iter().fold(whole, |svg, (begin, end)| {
        let mut parts = svg.split(begin);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |kept, part| kept + part.split_once(end).map_or("", |(_, after)| after))
    })
}
