//! What every contender ships. The page shows the size by build step: the `.wasm` file after each step, then everything
//! that is downloaded, raw and compressed. Slides show the latter, one bar within the other.

use super::canvas::{Align, Canvas, HEADING, MARGIN, Pen, WIDTH, chart, fitted};
use super::ink::Ink;
use super::label_layout::Area;
use super::picture::Picture;
use super::scale::round_step;
use super::slide::kind::SlideKind;
use super::slide::rows::{Rows, SlideRow, more, most};
use super::slide::scope::Scope;
use super::slide::selection::Order;
use super::slide::sketch::{Found, Sketch};
use crate::report::{CellReport, Headline, Report, finding, units};
use crate::run::Size;

/// Height of a contender's name, and of one of its bars.
const NAME: i32 = 22;
const BAR: i32 = 18;
/// Gap between two contenders.
const GAP: i32 = 6;
/// Where bars begin and end; names of steps are left of them, and figures right.
const LEFT: i32 = 140;
const RIGHT: i32 = WIDTH - 76;

/// A bar.
struct Bar {
    name: String,
    bytes: u64,
    ink: Ink,
}

/// Draws the chart; `None` if no size is known.
pub fn draw(report: &Report, headline: &Headline<'_>) -> anyhow::Result<Option<Picture>> {
    let input = headline.input.map_or("", |input| input.name.as_str());
    let cells = report.cells_of(&headline.kernel.name, input, &headline.stratum.id);
    let known = cells.map(|cell| (cell, bars(cell))).filter(|(_, bars)| !bars.is_empty());
    let contenders: Vec<(&CellReport, Vec<Bar>)> = known.collect();
    let largest = contenders.iter().flat_map(|(_, bars)| bars).map(|bar| bar.bytes).max().unwrap_or(0);
    if largest == 0 {
        return Ok(None);
    }
    let subject = "what ships, and the .wasm file by build step";
    let description: Vec<String> = contenders.iter().map(|(cell, bars)| described(cell, bars)).collect();
    let height = |bars: &[Bar]| NAME + BAR * bars.len() as i32 + GAP;
    let rows: i32 = contenders.iter().map(|(_, bars)| height(bars)).sum();
    chart(HEADING + 4 + rows, [headline.kernel.shown(), subject], &description.join(" "), |canvas| {
        let mut y = HEADING + 4;
        for (cell, bars) in &contenders {
            let name = fitted(cell.shown(), Pen::NAME, WIDTH - 2 * MARGIN);
            canvas.text(&name, (MARGIN, y + NAME / 2), Align::Start, Pen::NAME);
            for (bar, row) in bars.iter().zip(0..) {
                draw_bar(canvas, bar, largest, y + NAME + row * BAR);
            }
            canvas.tip((MARGIN, y), (WIDTH - MARGIN, y + height(bars) - GAP), &in_full(cell, bars));
            y += height(bars);
        }
    })
    .map(Some)
}

/// The steps of the build, then everything that ships.
fn bars(cell: &CellReport) -> Vec<Bar> {
    let step = |name: String, bytes| Bar { name, bytes, ink: Ink::Rest };
    let steps = cell.size_steps.iter().map(|one| step(format!("after {}", one.step.name()), one.size.raw));
    let ships = cell.size_bytes.into_iter().flat_map(|size| {
        let name = if cell.size_steps.is_empty() { "all" } else { "with glue" };
        let ink = Ink::Kind(cell.kind);
        [
            step(name.to_owned(), size.raw),
            step("gzip -9".to_owned(), size.gzip),
            Bar { name: "brotli -11".to_owned(), bytes: size.brotli, ink },
        ]
    });
    steps.chain(ships).collect()
}

fn described(cell: &CellReport, bars: &[Bar]) -> String {
    in_words(cell, bars, &units::bytes)
}

fn in_full(cell: &CellReport, bars: &[Bar]) -> String {
    in_words(cell, bars, &|bytes| format!("{bytes} bytes"))
}

fn in_words(cell: &CellReport, bars: &[Bar], words: &dyn Fn(u64) -> String) -> String {
    let bars: Vec<String> = bars.iter().map(|bar| format!("{} {}", bar.name, words(bar.bytes))).collect();
    format!("{}: {}.", cell.shown(), bars.join(", "))
}

fn draw_bar(canvas: &Canvas<'_>, bar: &Bar, largest: u64, y: i32) {
    let middle = y + BAR / 2;
    canvas.text(&bar.name, (LEFT - 6, middle), Align::End, Pen::REMARK);
    let width = (bar.bytes as f64 / largest as f64 * f64::from(RIGHT - LEFT)).round() as i32;
    canvas.rect((LEFT, y + 3), (LEFT + width.max(1), y + BAR - 3), bar.ink);
    canvas.text(&units::bytes(bar.bytes), (WIDTH - MARGIN, middle), Align::End, Pen::REMARK)
}

/// A slide of each kernel.
pub fn sketches<'a>(scope: &Scope<'a>) -> Found<'a> {
    let mut found = Found::default();
    let mut seen: Vec<&str> = Vec::new();
    for headline in &scope.headlines {
        // What ships is the same in every browser.
        if seen.contains(&headline.kernel.name.as_str()) {
            continue;
        }
        seen.push(&headline.kernel.name);
        let why = || "its best option was not measured, or has no size".to_owned();
        found.add(headline.kernel.shown(), sketch(scope, headline).ok_or_else(why));
    }
    found
}

fn sketch<'a>(scope: &Scope<'a>, headline: &Headline<'a>) -> Option<Sketch<'a>> {
    let (kernel, stratum) = (headline.kernel, &*headline.stratum.id);
    let is_measured = |cell: &&CellReport| cell.call_ns.is_some() || cell.failure.is_none();
    // A contender without an answer, or with a wrong one, gets no row on a slide.
    let finding = finding::size(kernel, headline.candidate.filter(is_measured)?, headline.size)?;
    let cells = scope.report.cells_of(&kernel.name, &headline.input?.name, stratum);
    let sized: Vec<(&CellReport, Size)> =
        cells.filter(is_measured).filter_map(|cell| Some((cell, cell.size_bytes?))).collect();
    let one = |(cell, size): &(&CellReport, Size)| {
        let [brotli, gzip, raw] = [size.brotli, size.gzip, size.raw].map(units::bytes);
        format!("{}: {brotli} brotli, {gzip} gzip, {raw} raw.", cell.shown())
    };
    let order = scope.order;
    Some(Sketch {
        kind: SlideKind::Size,
        of: kernel.name.clone(),
        finding,
        subject:
            "All that ships, code and assets: brotli is filled, gzip is the line, raw is the frame; sizes are exact"
                .to_owned(),
        description: sized.iter().map(one).collect::<Vec<_>>().join(" "),
        source: finding::source(scope.report, &[stratum]),
        plot: Box::new(move |canvas, area| draw_slide(canvas, area, sized.clone(), order)),
    })
}

fn draw_slide(canvas: &Canvas<'_>, area: Area, mut sized: Vec<(&CellReport, Size)>, order: Order) {
    let all = sized.len();
    sized.truncate(most(area));
    order.sort(&mut sized, |(cell, _)| cell.shown().to_owned(), |(_, size)| Some(size.brotli as f64));
    let row = |(cell, size): &(&CellReport, Size)| SlideRow {
        name: cell.shown().to_owned(),
        remark: cell.kind.words().to_owned(),
        versus: None,
        figure: format!("{} brotli", units::bytes(size.brotli)),
        detail: format!("{} gzip · {} raw", units::bytes(size.gzip), units::bytes(size.raw)),
    };
    let words: Vec<SlideRow> = sized.iter().map(row).collect();
    let rows = Rows::draw(canvas, area, &words.iter().collect::<Vec<_>>(), &more(all - sized.len()));
    let largest = sized.iter().map(|(_, size)| size.raw.max(size.gzip)).max().unwrap_or(0).max(1) as f64;
    let Area { left, right, .. } = rows.middle;
    let x = |bytes: f64| left + (bytes / largest * f64::from(right - left)).round() as i32;
    let step = round_step(largest, 4.0);
    let ticks = (0..=4).map(|n| f64::from(n) * step).filter(|tick| *tick <= largest);
    rows.scale(canvas, ticks.map(|tick| (x(tick), units::round(&units::bytes(tick as u64)), Ink::Rule)));
    for (at, (cell, size)) in sized.iter().enumerate() {
        let (y, half, ink) = (rows.y(at), rows.half(), Ink::Kind(cell.kind));
        let [brotli, gzip, raw] = [size.brotli, size.gzip, size.raw].map(|bytes| x(bytes as f64));
        canvas.rect((left, y - half), (raw, y + half), Ink::Paper);
        let corners = [(left, y - half), (raw, y - half), (raw, y + half), (left, y + half), (left, y - half)];
        canvas.path(&corners, ink, 3);
        canvas.rect((left, y - half), (brotli.max(left + 3), y + half), ink);
        canvas.line((left, y), (gzip, y), ink, 5);
        canvas.line((gzip, y - half / 2), (gzip, y + half / 2), ink, 5);
    }
}
