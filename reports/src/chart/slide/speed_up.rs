//! Times per call as factors on a log axis, with a line at ×1: of the best candidate of every kernel, and of all contenders
//! of each kernel. Shape and words tell the outcome, colour only repeats it.

use super::SlideKind;
use super::frame::Area;
use super::rows::{Row, Rows, mark, most, whisker};
use super::selection::{Order, Scope};
use super::sketch::{Found, Sketch};
use crate::chart::canvas::Canvas;
use crate::chart::ink::Ink;
use crate::chart::scale::{Log, factor_label, factor_ticks};
use crate::metric::Metric;
use crate::report::{Comparison, Headline, Outcome, finding, words};

/// A comparison and what it is called.
#[derive(Clone)]
struct Bar<'a> {
    name: &'a str,
    remark: String,
    comparison: &'a Comparison,
    /// Whether the kernel's headline has it, so that the slide may not be without it.
    is_quoted: bool,
}

/// One of all kernels of a stratum, and one of each kernel.
pub fn sketches<'a>(scope: &Scope<'a>) -> Found<'a> {
    let mut found = Found::default();
    for stratum in scope.strata() {
        let headlines: Vec<_> = scope.headlines.iter().filter(|headline| headline.stratum.id == stratum).collect();
        if headlines.len() > 1 {
            found.add(overview(scope, &headlines, stratum));
        }
    }
    for headline in &scope.headlines {
        found.add(of_kernel(scope, headline));
    }
    found
}

fn overview<'a>(scope: &Scope<'a>, headlines: &[&Headline<'a>], stratum: &str) -> Result<Sketch<'a>, String> {
    let label = scope.report.label(stratum);
    // Who can port can also tune: the easier comparison is on the kernel's own slide.
    let factors = || headlines.iter().filter_map(|headline| headline.hardest());
    let bars: Vec<Bar<'a>> = factors()
        .map(|factor| {
            let comparison = factor.comparison;
            let remark = format!("{} against {}", comparison.candidate, factor.against());
            Bar { name: &comparison.kernel, remark, comparison, is_quoted: false }
        })
        .collect();
    if bars.iter().all(|bar| bar.comparison.ratio.is_none()) {
        return Err(format!("nothing of all kernels in {label} was compared"));
    }
    Ok(Sketch {
        kind: SlideKind::SpeedUp,
        of: label.to_owned(),
        finding: finding::range(factors()),
        subject: format!(
            "Best candidates against the hardest JavaScript, in {label}; right of ×1 is faster, 95 % intervals"
        ),
        description: described(&bars),
        source: finding::source(scope.report, &[stratum]),
        plot: plot(bars, scope.order),
    })
}

fn of_kernel<'a>(scope: &Scope<'a>, headline: &Headline<'a>) -> Result<Sketch<'a>, String> {
    let (kernel, stratum, label) = (headline.kernel, &*headline.stratum.id, headline.label);
    let [first, others @ ..] = headline.factors.as_slice() else {
        return Err(format!("{} in {label}: {}", kernel.name, headline.sentence().trim_end_matches('.')));
    };
    let input = headline.input.map_or("", |input| input.name.as_str());
    let is_shown = |comparison: &&Comparison| {
        comparison.metric == Metric::CALL
            && comparison.kernel == kernel.name
            && comparison.stratum == stratum
            && comparison.input == input
            && comparison.baseline == kernel.baseline
    };
    let bar = |comparison: &'a Comparison, against: &str| Bar {
        name: &comparison.candidate,
        remark: format!("against {against}"),
        comparison,
        is_quoted: headline.factors.iter().any(|factor| factor.comparison == comparison),
    };
    let against = first.against();
    let stands_in = if headline.is_stand_in() { "; a stand-in for a port" } else { "" };
    let all = scope.report.comparisons.iter().filter(is_shown).map(|comparison| bar(comparison, &against));
    let others = others.iter().map(|factor| bar(factor.comparison, &factor.against()));
    let bars: Vec<Bar<'a>> = all.chain(others).collect();
    if bars.iter().all(|bar| bar.comparison.ratio.is_none()) {
        return Err(format!("{} in {label}: {}", kernel.name, headline.sentence().trim_end_matches('.')));
    }
    Ok(Sketch {
        kind: SlideKind::SpeedUp,
        of: format!("{} {label}", kernel.name),
        finding: finding::speed_up(first),
        subject: format!("Time per call on {input}, in {label}; right of ×1 is faster, with 95 % intervals{stands_in}"),
        description: described(&bars),
        source: finding::source(scope.report, &[stratum]),
        plot: plot(bars, scope.order),
    })
}

fn described(bars: &[Bar<'_>]) -> String {
    let one = |bar: &Bar<'_>| format!("{}, {}: {}.", bar.name, bar.remark, words::comparison(bar.comparison));
    bars.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn plot<'a>(bars: Vec<Bar<'a>>, order: Order) -> super::sketch::Plot<'a> {
    Box::new(move |canvas, area| draw(canvas, area, &bars, order))
}

fn draw(canvas: &Canvas<'_>, area: Area, bars: &[Bar<'_>], order: Order) {
    let mut shown = telling(bars, most(area));
    order.sort(&mut shown, |bar| bar.name.to_owned(), |bar| bar.comparison.ratio);
    let rows: Vec<Row> = shown.iter().map(row).collect();
    let rows = Rows::draw(canvas, area, &rows, bars.len() - shown.len());
    let ends = shown.iter().filter_map(|bar| Some((bar.comparison.ratio?, bar.comparison.ci)));
    let ends = ends.flat_map(|(ratio, ci)| ci.unwrap_or([ratio; 2]).into_iter().chain([ratio])).map(f64::recip);
    let pixels = [rows.middle.left + 20, rows.middle.right - 20];
    let Some(axis) = Log::spanning(ends.chain([0.9, 1.1]), 0.06, pixels) else { return };
    let [low, high] = axis.range;
    let ink = |tick: f64| if (tick - 1.0).abs() < 1e-9 { Ink::Muted } else { Ink::Rule };
    rows.scale(canvas, factor_ticks(low, high).into_iter().map(|tick| (axis.at(tick), factor_label(tick), ink(tick))));
    for (at, bar) in shown.iter().enumerate() {
        let Comparison { ratio: Some(ratio), ci, outcome, .. } = bar.comparison else { continue };
        let (y, half, end) = (rows.y(at), rows.half(), axis.at(ratio.recip()));
        let one = axis.at(1.0);
        canvas.rect((one.min(end), y - half), (one.max(end), y + half), Ink::Outcome(*outcome));
        mark(canvas, (end, y), *outcome);
        if let Some([low, high]) = ci {
            whisker(canvas, [axis.at(high.recip()), axis.at(low.recip())], y);
        }
    }
}

/// Those that say most: what is quoted, then sure before unsure, and the larger differences first.
fn telling<'a>(bars: &[Bar<'a>], most: usize) -> Vec<Bar<'a>> {
    let says = |bar: &Bar<'_>| {
        let is_sure = matches!(bar.comparison.outcome, Outcome::Faster | Outcome::Slower);
        let much = bar.comparison.ratio.map_or(-1.0, |ratio| ratio.ln().abs());
        ((bar.is_quoted, is_sure), much)
    };
    let mut places: Vec<usize> = (0..bars.len()).collect();
    places.sort_by(|a, b| {
        let (a, b) = (says(&bars[*a]), says(&bars[*b]));
        b.0.cmp(&a.0).then(b.1.total_cmp(&a.1))
    });
    places.truncate(most);
    places.sort_unstable();
    places.into_iter().map(|place| bars[place].clone()).collect()
}

fn row(bar: &Bar<'_>) -> Row {
    let words::Claim { factor, word, interval } = words::claim(bar.comparison);
    Row {
        name: bar.name.to_owned(),
        remark: bar.remark.clone(),
        figure: factor.map_or_else(|| word.to_owned(), |factor| format!("{factor} {word}")),
        detail: interval.unwrap_or_default(),
    }
}
