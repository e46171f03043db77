//! What every contender ships, and how its size came about: the `.wasm` file after each step of its build, then all that is
//! downloaded, as it is and compressed.

use super::canvas::{Align, Canvas, HEADING, MARGIN, Pen, WIDTH, chart, fitted};
use super::ink::Ink;
use super::picture::Picture;
use crate::report::{Cell, Headline, Report, units};

/// Height of a contender's name, and of one of its bars.
const NAME: i32 = 22;
const ROW: i32 = 18;
/// Between two contenders.
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

/// Draws the chart; `None` where no size is known.
pub fn draw(report: &Report, headline: &Headline<'_>) -> anyhow::Result<Option<Picture>> {
    let input = headline.input.map_or("", |input| input.name.as_str());
    let cells = report.cells_of(&headline.kernel.name, input, &headline.stratum.id);
    let known = cells.map(|cell| (cell, bars(cell))).filter(|(_, bars)| !bars.is_empty());
    let contenders: Vec<(&Cell, Vec<Bar>)> = known.collect();
    let largest = contenders.iter().flat_map(|(_, bars)| bars).map(|bar| bar.bytes).max().unwrap_or(0);
    if largest == 0 {
        return Ok(None);
    }
    let subject = "what ships, and the .wasm file by build step";
    let description: Vec<String> = contenders.iter().map(|(cell, bars)| described(cell, bars)).collect();
    let height = |bars: &[Bar]| NAME + ROW * bars.len() as i32 + GAP;
    let rows: i32 = contenders.iter().map(|(_, bars)| height(bars)).sum();
    chart(HEADING + 4 + rows, [&headline.kernel.name, subject], &description.join(" "), |canvas| {
        let mut y = HEADING + 4;
        for (cell, bars) in &contenders {
            let name = fitted(&cell.contender, Pen::NAME, WIDTH - 2 * MARGIN);
            canvas.text(&name, (MARGIN, y + NAME / 2), Align::Start, Pen::NAME);
            for (bar, row) in bars.iter().zip(0..) {
                draw_bar(canvas, bar, largest, y + NAME + row * ROW);
            }
            canvas.tip((MARGIN, y), (WIDTH - MARGIN, y + height(bars) - GAP), &in_full(cell, bars));
            y += height(bars);
        }
    })
    .map(Some)
}

/// The steps of the build, then what ships.
fn bars(cell: &Cell) -> Vec<Bar> {
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

fn described(cell: &Cell, bars: &[Bar]) -> String {
    told(cell, bars, &units::bytes)
}

fn in_full(cell: &Cell, bars: &[Bar]) -> String {
    told(cell, bars, &|bytes| format!("{bytes} bytes"))
}

fn told(cell: &Cell, bars: &[Bar], words: &dyn Fn(u64) -> String) -> String {
    let bars: Vec<String> = bars.iter().map(|bar| format!("{} {}", bar.name, words(bar.bytes))).collect();
    format!("{}: {}.", cell.contender, bars.join(", "))
}

fn draw_bar(canvas: &Canvas<'_>, bar: &Bar, largest: u64, y: i32) {
    let middle = y + ROW / 2;
    canvas.text(&bar.name, (LEFT - 6, middle), Align::End, Pen::REMARK);
    let width = (bar.bytes as f64 / largest as f64 * f64::from(RIGHT - LEFT)).round() as i32;
    canvas.rect((LEFT, y + 3), (LEFT + width.max(1), y + ROW - 3), bar.ink);
    canvas.text(&units::bytes(bar.bytes), (WIDTH - MARGIN, middle), Align::End, Pen::REMARK)
}
