//! Size against time per call of every contender, with the front of those that no other one beats in both.

use super::canvas::{Align, Canvas, HEADING, Pen, WIDTH, chart, fitted, width_of};
use super::ink::Ink;
use super::label_layout::{Area, MARK, free_place};
use super::picture::Picture;
use super::plot::Plot;
use crate::report::wording::exact;
use crate::report::{CellReport, Estimate, Headline, Report, units};

/// Height of the plot.
const PLOT: i32 = 200;
/// Below the plot: its scale.
const AXIS: i32 = 44;
/// Left of the plot: times.
const SIDE: i32 = 60;

/// An interval that reaches further than this factor from its figure is cut.
const FAR: f64 = 4.0;

/// A contender with a known size and time.
struct TradeOff<'a> {
    cell: &'a CellReport,
    bytes: u64,
    call: Estimate,
}

impl TradeOff<'_> {
    fn is_beaten_by(&self, other: &Self) -> bool {
        let (size, time) = (other.bytes.cmp(&self.bytes), other.call.median.total_cmp(&self.call.median));
        size.is_le() && time.is_le() && (size.is_lt() || time.is_lt())
    }

    fn at(&self) -> (f64, f64) {
        (self.bytes as f64, self.call.median)
    }

    /// The interval, cut to the range worth showing.
    fn shown(&self) -> [f64; 2] {
        let [low, high] = self.call.ci.unwrap_or([self.call.median; 2]);
        [low.max(self.call.median / FAR), high.min(self.call.median * FAR)]
    }
}

/// Draws the chart; `None` if fewer than two contenders have both a size and a time.
pub fn draw(report: &Report, headline: &Headline<'_>) -> anyhow::Result<Option<Picture>> {
    let input = headline.input.map_or("", |input| input.name.as_str());
    let cells = report.cells_of(&headline.kernel.name, input, &headline.stratum.id);
    let points: Vec<TradeOff<'_>> = cells.filter_map(TradeOff::of).collect();
    let area = Area { left: SIDE, top: HEADING + 6, right: WIDTH - 16, bottom: HEADING + 6 + PLOT };
    let (sizes, times) = (points.iter().map(|point| point.bytes as f64), points.iter().flat_map(TradeOff::shown));
    let Some(plot) = Plot::around(sizes, times, area, &units::round_time).filter(|_| points.len() > 1) else {
        return Ok(None);
    };
    let is_on_front = |point: &&TradeOff<'_>| !points.iter().any(|other| point.is_beaten_by(other));
    let mut front: Vec<&TradeOff<'_>> = points.iter().filter(is_on_front).collect();
    front.sort_by_key(|point| point.bytes);

    let subject = format!("size against time on {}, {}", headline.kernel.input(input), headline.label);
    let description: Vec<String> = points.iter().map(described).collect();
    let unbeaten: Vec<&str> = front.iter().map(|point| point.cell.shown()).collect();
    let description = format!("{} Beaten by none in both: {}.", description.join(" "), unbeaten.join(", "));
    chart(plot.bottom() + AXIS, [headline.kernel.shown(), &subject], &description, |canvas| {
        plot.grid(canvas, &units::round_bytes, &units::round_time, "what ships, brotli");
        let line: Vec<(i32, i32)> = front.iter().map(|point| plot.place(point.at())).collect();
        canvas.path(&line, Ink::Muted, 1);
        for point in &points {
            mark(canvas, &plot, point);
        }
        for point in &front {
            canvas.disc(plot.place(point.at()), MARK, Ink::Kind(point.cell.kind));
        }
        names(canvas, &plot, &points)
    })
    .map(Some)
}

impl<'a> TradeOff<'a> {
    fn of(cell: &'a CellReport) -> Option<Self> {
        Some(Self { cell, bytes: cell.size_bytes?.brotli, call: cell.call_ns? })
    }
}

fn described(point: &TradeOff<'_>) -> String {
    format!("{}: {}, {}.", point.cell.shown(), units::bytes(point.bytes), units::time(point.call.median))
}

/// A ring, which is filled later for those on the front, and the interval of the time.
fn mark(canvas: &Canvas<'_>, plot: &Plot, point: &TradeOff<'_>) {
    let ink = Ink::Kind(point.cell.kind);
    let [from, to] = point.shown().map(|ns| plot.place((point.bytes as f64, ns)));
    canvas.line(from, to, ink, 2);
    canvas.ring(plot.place(point.at()), MARK, ink)
}

/// The names beside their points, placed where they fit.
fn names(canvas: &Canvas<'_>, plot: &Plot, points: &[TradeOff<'_>]) {
    let bounds = Area { left: plot.left(), top: plot.top() - MARK, right: WIDTH, bottom: plot.bottom() };
    let around = |point: &TradeOff<'_>| Area::around(plot.place(point.at()), (MARK + 1, MARK + 1));
    let mut taken: Vec<Area> = points.iter().map(around).collect();
    for point in points {
        let (x, y) = plot.place(point.at());
        let pen = Pen { ink: Ink::Kind(point.cell.kind), bold: true, ..Pen::REMARK };
        let name = fitted(point.cell.shown(), pen, 120);
        let place = free_place((x, y), (width_of(&name, pen) / 2, 7), &bounds, &mut taken);
        canvas.text(&name, place, Align::Middle, pen);
        let TradeOff { cell, bytes, call } = point;
        canvas.tip((x - 9, y - 9), (x + 9, y + 9), &exact::build(cell.shown(), *bytes, call.median, call.ci));
    }
}
