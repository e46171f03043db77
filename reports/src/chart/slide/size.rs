//! What ships: raw, gzip and brotli of each contender, one within the other.

use super::SlideKind;
use super::rows::{Row, Rows, most};
use super::selection::{Order, Scope};
use super::sketch::{Found, Sketch};
use crate::chart::canvas::Canvas;
use crate::chart::ink::Ink;
use crate::chart::place::Area;
use crate::chart::scale::round_step;
use crate::report::{Cell, Headline, finding, units};
use crate::run::Size;

/// One of each kernel.
pub fn sketches<'a>(scope: &Scope<'a>) -> Found<'a> {
    let mut found = Found::default();
    let mut seen: Vec<&str> = Vec::new();
    for headline in &scope.headlines {
        // What ships is the same in every browser.
        if seen.contains(&headline.kernel.name.as_str()) {
            continue;
        }
        seen.push(&headline.kernel.name);
        let name = &headline.kernel.name;
        found.add(
            sketch(scope, headline).ok_or_else(|| format!("{name}: its candidate was not measured, or has no size")),
        );
    }
    found
}

fn sketch<'a>(scope: &Scope<'a>, headline: &Headline<'a>) -> Option<Sketch<'a>> {
    let (kernel, stratum) = (headline.kernel, &*headline.stratum.id);
    let is_measured = |cell: &&Cell| cell.call_ns.is_some() || cell.failure.is_none();
    // What gives no answer, or a wrong one, has no size worth a slide.
    let finding = finding::size(headline.candidate.filter(is_measured)?, headline.size)?;
    let cells = scope.report.cells_of(&kernel.name, &headline.input?.name, stratum);
    let sized: Vec<(&Cell, Size)> =
        cells.filter(is_measured).filter_map(|cell| Some((cell, cell.size_bytes?))).collect();
    let one = |(cell, size): &(&Cell, Size)| {
        let [brotli, gzip, raw] = [size.brotli, size.gzip, size.raw].map(units::bytes);
        format!("{}: {brotli} brotli, {gzip} gzip, {raw} raw.", cell.contender)
    };
    let order = scope.order;
    Some(Sketch {
        kind: SlideKind::Size,
        of: kernel.name.clone(),
        finding,
        subject:
            "All that ships, code and assets: brotli is full, gzip up to the line, raw is the frame; sizes are exact"
                .to_owned(),
        description: sized.iter().map(one).collect::<Vec<_>>().join(" "),
        source: finding::source(scope.report, &[stratum]),
        plot: Box::new(move |canvas, area| draw(canvas, area, sized.clone(), order)),
    })
}

fn draw(canvas: &Canvas<'_>, area: Area, mut sized: Vec<(&Cell, Size)>, order: Order) {
    let all = sized.len();
    sized.truncate(most(area));
    order.sort(&mut sized, |(cell, _)| cell.contender.clone(), |(_, size)| Some(size.brotli as f64));
    let row = |(cell, size): &(&Cell, Size)| Row {
        name: cell.contender.clone(),
        remark: format!("{}, {}", cell.kind.name(), cell.track.name()),
        figure: format!("{} brotli", units::bytes(size.brotli)),
        detail: format!("{} gzip · {} raw", units::bytes(size.gzip), units::bytes(size.raw)),
    };
    let rows = Rows::draw(canvas, area, &sized.iter().map(row).collect::<Vec<_>>(), all - sized.len());
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
