//! A single job on one slide: every option with its time per call, its first result and its download.

use super::SlideKind;
use super::font::fitted;
use super::frame::{NAME, REMARK};
use super::rows::{more, pair};
use super::scope::{Scope, decided, outcome};
use super::selection::Order;
use super::sketch::Sketch;
use crate::chart::canvas::{Align, Canvas, Pen};
use crate::chart::ink::Ink;
use crate::chart::label_layout::Area;
use crate::chart::mark;
use crate::metric::Metric;
use crate::report::{CellReport, Headline, Report, finding, units};

/// Height of the headings, and of a row: two lines where there is room, one line where there are many options.
const HEADINGS: i32 = 44;
const ROW: [i32; 2] = [40, 170];
const TWO_LINES: i32 = 90;
/// The text of rows of one line.
const SMALL: Pen = Pen { size: 26, ..NAME };
/// Left of the names is the mark of the option that is decided on.
const NAMES: (i32, i32) = (48, 660);
/// What each figure is, and its right edge from the left of the plot.
const FIGURES: [(&str, i32); 3] = [("per call", 1100), ("first result", 1440), ("download", 1760)];
const FIGURE: i32 = 320;

/// An option in words.
struct Words {
    name: String,
    remark: String,
    /// Each figure and its interval; or why there are none.
    figures: Result<[[String; 2]; 3], String>,
    is_decided_on: bool,
}

/// The options of a headline that were measured.
pub fn measured<'a>(report: &'a Report, headline: &Headline<'a>) -> impl Iterator<Item = &'a CellReport> {
    cells(report, headline).filter(|cell| cell.call_ns.is_some())
}

fn cells<'a>(report: &'a Report, headline: &Headline<'a>) -> impl Iterator<Item = &'a CellReport> {
    let input = headline.input.map_or("", |input| input.name.as_str());
    report.cells_of(&headline.kernel.name, input, &headline.stratum.id)
}

/// The slide of a job of which something was measured.
pub fn sketch<'a>(scope: &Scope<'a>, headline: &Headline<'a>) -> Sketch<'a> {
    let (report, headline) = (scope.report, headline.clone());
    let (input, place) = (headline.input.map_or("", |input| input.shown()), headline.name);
    let measured: Vec<&CellReport> = measured(report, &headline).collect();
    let words = words(report, &headline, scope.order);
    Sketch {
        kind: SlideKind::Summary,
        of: String::new(),
        finding: finding::job(&headline, &measured),
        subject: format!("All options on {input}, in {place}; times with their intervals, downloads as brotli"),
        description: words.iter().map(described).collect::<Vec<_>>().join(" "),
        source: finding::source(report, &[&headline.stratum.id]),
        plot: Box::new(move |canvas, area| draw(canvas, area, &headline, &words)),
    }
}

/// Every option, in the order that is asked for; those that failed come last.
fn words(report: &Report, headline: &Headline<'_>, order: Order) -> Vec<Words> {
    let mut cells: Vec<&CellReport> = cells(report, headline).collect();
    order.sort(&mut cells, |cell| cell.shown().to_owned(), |cell| Some(cell.call_ns?.median));
    // A placeholder is not shipped.
    let decided = decided(headline).filter(|_| !headline.is_stand_in()).and_then(|one| one.option.as_deref());
    let of = |cell: &CellReport| Words {
        name: cell.shown().to_owned(),
        remark: cell.kind.words().to_owned(),
        figures: figures(cell),
        is_decided_on: decided == Some(&*cell.contender),
    };
    cells.into_iter().map(of).collect()
}

fn figures(cell: &CellReport) -> Result<[[String; 2]; 3], String> {
    let Some(call) = cell.call_ns else {
        return Err(format!("not measured: {}", cell.failure.as_deref().unwrap_or("no samples")));
    };
    let time = |median: f64, ci: Option<[f64; 2]>| {
        [units::time(median), ci.map_or_else(|| "no interval".to_owned(), units::time_interval)]
    };
    let none = || [units::MISSING.to_owned(), String::new()];
    let start = cell.figure(Metric::COLD_START).map_or_else(none, |start| time(start.median, start.ci));
    let size = cell.size_bytes.map_or_else(none, |size| [units::bytes(size.brotli), String::new()]);
    Ok([time(call.median, call.ci), start, size])
}

fn described(words: &Words) -> String {
    let figures = match &words.figures {
        Ok(figures) => {
            let named = FIGURES.iter().zip(figures).map(|((what, _), [figure, _])| format!("{figure} {what}"));
            named.collect::<Vec<_>>().join(", ")
        }
        Err(why) => why.clone(),
    };
    format!("{}: {figures}.", words.name)
}

fn draw(canvas: &Canvas<'_>, area: Area, headline: &Headline<'_>, words: &[Words]) {
    for (what, right) in FIGURES {
        canvas.text(what, (area.left + right, area.top + HEADINGS / 2), Align::End, REMARK);
    }
    let top = area.top + HEADINGS;
    let most = usize::try_from((area.bottom - top - HEADINGS) / ROW[0]).unwrap_or(0);
    let shown = &words[..words.len().min(most)];
    let count = i32::try_from(shown.len()).unwrap_or(1).max(1);
    let below = if shown.len() < words.len() { HEADINGS } else { 0 };
    let row = ((area.bottom - top - below) / count).clamp(ROW[0], ROW[1]);
    let write = |at: (i32, i32), align: Align, [name, remark]: [&str; 2], room: i32| match row < TWO_LINES {
        true => canvas.text(&fitted(name, SMALL, room), at, align, SMALL),
        false => pair(canvas, at, align, [name, remark], room),
    };
    let mut y = top + row / 2;
    for one in shown {
        canvas.line((area.left, y - row / 2), (area.right, y - row / 2), Ink::Rule, 2);
        if one.is_decided_on {
            mark::draw(canvas, (area.left + 16, y), outcome(headline), &mark::ON_SLIDE);
        }
        let (left, room) = NAMES;
        write((area.left + left, y), Align::Start, [&one.name, &one.remark], room);
        match &one.figures {
            Ok(figures) => {
                for ((_, right), [figure, interval]) in FIGURES.iter().zip(figures) {
                    write((area.left + right, y), Align::End, [figure, interval], FIGURE);
                }
            }
            Err(why) => {
                let left = area.left + left + room + 30;
                canvas.text(&fitted(why, REMARK, area.right - left), (left, y), Align::Start, REMARK);
            }
        }
        y += row;
    }
    if words.len() > shown.len() {
        let more = more(words.len() - shown.len());
        canvas.text(&more, (area.left, area.bottom - HEADINGS / 2), Align::Start, REMARK);
    }
}
