//! Cost of crossing by size for one payload, on log axes: a line per contender and direction.

use super::canvas::chart;
use super::ink::Ink;
use super::lines::{self, Line, LinePoint, Mark};
use super::picture::Picture;
use super::slide::kind::SlideKind;
use super::slide::lines::{AxisWords, MOST, draw as draw_slide};
use super::slide::scope::Scope;
use super::slide::sketch::{Found, Sketch};
use crate::report::boundary::Direction;
use crate::report::wording::exact;
use crate::report::{BoundaryModel, Report, finding, units};
use crate::run::Kind;

/// Page: below the plot its scale, left of it times.
const AXIS: i32 = 44;
const SIDE: i32 = 60;
/// The page shows at most this many lines; more could not be followed.
const MOST_LINES: usize = 8;

/// The lines of models, each named and drawn as `look` says. A size of 0 has no place on a log axis.
fn lines(models: &[&BoundaryModel], look: impl Fn(&BoundaryModel) -> (String, Ink)) -> Vec<Line> {
    let line = |model: &&BoundaryModel| {
        let (name, ink) = look(model);
        let sizes = model.sizes.iter().filter(|size| size.bytes > 0 && size.ns > 0.0);
        let points = sizes.map(|size| {
            let what = format!("{name}, {}", units::bytes(size.bytes));
            let tip = exact::time(&what, size.ns, size.ci, model.blocks);
            LinePoint { along: size.bytes as f64, y: size.ns, ci: size.ci, tip }
        });
        let points = points.collect();
        let mark = match model.direction {
            Direction::In => Mark::Disc,
            Direction::Out => Mark::Square,
        };
        Line { name, ink, mark, points }
    };
    models.iter().map(line).filter(|line| line.points.len() > 1).collect()
}

fn in_words(point: &LinePoint, link: &str) -> String {
    format!("{} {link} {}", units::time(point.y), units::bytes(point.along as u64))
}

/// Draws the chart of models of one kernel, stratum and payload; `None` if no model has two sizes.
pub fn draw(report: &Report, models: &[&BoundaryModel]) -> anyhow::Result<Option<Picture>> {
    let Some(BoundaryModel { kernel, payload, stratum, .. }) = models.first() else { return Ok(None) };
    let option = |model: &BoundaryModel| report.option(kernel, &model.contender);
    let mut lines = lines(models, |model| {
        let ink = if model.direction == Direction::In { Ink::Kept } else { Ink::Released };
        (format!("{} {}", option(model), model.direction.name()), ink)
    });
    lines.truncate(MOST_LINES);
    let Some(plot) = lines::plot(&lines, SIDE, &units::round_time) else { return Ok(None) };
    let description: Vec<String> = lines.iter().map(|line| line.described(|point| in_words(point, "at"))).collect();
    let subject = format!("crossing by size, {}", report.label(stratum));
    let heading = [&*format!("{}: {payload}", report.title(kernel)), &*subject];
    chart(plot.bottom() + AXIS, heading, &description.join(" "), |canvas| {
        plot.grid(canvas, &units::round_bytes, &units::round_time, "bytes that cross");
        lines::draw(canvas, &plot, &lines);
    })
    .map(Some)
}

/// A slide of each payload.
pub fn sketches<'a>(scope: &Scope<'a>, found: &mut Found<'a>) {
    for (kernel, stratum) in scope.places() {
        let is_here = |model: &&BoundaryModel| model.kernel == kernel && model.stratum == stratum;
        let models: Vec<&BoundaryModel> = scope.report.boundary_models.iter().filter(is_here).collect();
        let mut payloads: Vec<&str> = models.iter().map(|model| model.payload.as_str()).collect();
        payloads.dedup();
        for payload in payloads {
            let of: Vec<_> = models.iter().filter(|model| model.payload == payload).copied().collect();
            let place = format!("{} in {}", scope.report.title(kernel), scope.report.name(stratum));
            let why = || format!("{payload} was measured in one size, and a line needs two");
            found.add(&place, sketch(scope.report, &of).ok_or_else(why));
        }
    }
}

fn sketch<'a>(report: &'a Report, models: &[&'a BoundaryModel]) -> Option<Sketch<'a>> {
    let BoundaryModel { kernel, stratum, payload, .. } = models.first()?;
    let finding = finding::boundary(report, models)?;
    let option = |model: &BoundaryModel| report.option(kernel, &model.contender);
    let mut lines = lines(models, |model| match model.direction {
        Direction::In => (format!("into {}", option(model)), Ink::Kind(Kind::Wasm)),
        Direction::Out => (format!("out of {}", option(model)), Ink::Kind(Kind::Js)),
    });
    let hidden = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    if lines.is_empty() {
        return None;
    }
    let description: Vec<String> = lines.iter().map(|line| line.described(|point| in_words(point, "for"))).collect();
    let label = report.label(stratum);
    Some(Sketch {
        kind: SlideKind::Boundary,
        of: format!("{kernel} {payload} {label}"),
        finding,
        subject: format!("Time to cross by size, in {}; lower is better, with 95 % intervals", report.name(stratum)),
        description: description.join(" "),
        source: finding::source(report, &[stratum]),
        plot: Box::new(move |canvas, area| {
            let axes = AxisWords {
                along: ("size of what crosses", units::round_bytes),
                up: ("time to cross", units::round_time),
                every: 1,
                crossing: None,
                hidden,
            };
            draw_slide(canvas, area, &lines, &axes);
        }),
    })
}
