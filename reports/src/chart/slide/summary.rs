//! A whole run on one slide: the result of each kernel, the most telling first.

use super::SlideKind;
use super::font::fitted;
use super::frame::{NAME, REMARK};
use super::selection::{Order, Scope};
use super::sketch::{Found, Sketch};
use crate::chart::canvas::{Align, Canvas, Pen};
use crate::chart::ink::Ink;
use crate::chart::label_layout::Area;
use crate::chart::mark;
use crate::report::{Comparison, Headline, Outcome, finding, wording};

/// Most kernels, and the height of one.
const MOST: usize = 7;
const ROW: [i32; 2] = [98, 150];
/// Room for the line about hidden kernels.
const MORE: i32 = 56;
/// Left edges of the columns, from the left of the plot, and the widths of their texts.
const KERNEL: (i32, i32) = (0, 560);
const FINDING: (i32, i32) = (660, 460);
const FACTOR: (i32, i32) = (1160, 600);

/// One slide.
pub fn sketches<'a>(scope: &Scope<'a>) -> Found<'a> {
    let mut found = Found::default();
    let headlines = scope.headlines.clone();
    if !headlines.iter().any(|headline| headline.candidate.is_some_and(|cell| cell.call_ns.is_some())) {
        let why = match scope.report.build_matrices.as_slice() {
            [] => "no candidate of any kernel was measured",
            [..] => "a build matrix has no slides; `crossover report` has its chart",
        };
        found.add(Err(why.to_owned()));
        return found;
    }
    let (order, strata) = (scope.order, scope.strata());
    let one =
        |headline: &Headline<'_>| format!("{} in {}: {}", headline.kernel.name, headline.label, headline.sentence());
    found.add(Ok(Sketch {
        kind: SlideKind::Summary,
        of: String::new(),
        finding: finding::tally(&headlines),
        subject:
            "The best candidate of each kernel against the hardest of its JavaScript, time per call, 95 % intervals"
                .to_owned(),
        description: headlines.iter().map(one).collect::<Vec<_>>().join(" "),
        source: finding::source(scope.report, &strata),
        plot: Box::new(move |canvas, area| draw(canvas, area, &headlines, order)),
    }));
    found
}

fn draw(canvas: &Canvas<'_>, area: Area, headlines: &[Headline<'_>], order: Order) {
    let several = headlines.iter().any(|headline| headline.stratum.id != headlines[0].stratum.id);
    let room = area.bottom - area.top - MORE;
    let most = usize::try_from(room / ROW[0]).unwrap_or(0).min(MOST);
    let mut shown: Vec<&Headline<'_>> = telling(headlines, most);
    order.sort(&mut shown, |headline| headline.kernel.name.clone(), |headline| headline.hardest()?.comparison.ratio);
    let count = i32::try_from(shown.len()).unwrap_or(1).max(1);
    let row = (room / count).clamp(ROW[0], ROW[1]);
    let mut y = area.top + row / 2;
    for headline in &shown {
        let outcome = headline.outcome();
        let remark = match (several, headline.input) {
            (true, Some(input)) => format!("{}, {}", input.name, headline.label),
            (true, None) => headline.label.to_owned(),
            (false, input) => input.map(|input| input.name.clone()).unwrap_or_default(),
        };
        write(canvas, area, KERNEL, y, [&headline.kernel.name, &remark]);
        mark::draw(canvas, (area.left + FINDING.0 - 36, y), outcome, &mark::ON_SLIDE);
        write(canvas, area, FINDING, y, [&headline.finding(), ""]);
        let [figure, detail] = figures(headline);
        write(canvas, area, FACTOR, y, [&figure, &detail]);
        y += row;
        canvas.line((area.left, y - row / 2), (area.right, y - row / 2), Ink::Rule, 2);
    }
    let hidden = headlines.len() - shown.len();
    if hidden > 0 {
        canvas.text(&format!("+ {hidden} more"), (area.left, y - row / 2 + 28), Align::Start, REMARK);
    }
}

/// Two lines of a column, or one in the middle.
fn write(canvas: &Canvas<'_>, area: Area, (from, room): (i32, i32), y: i32, [name, remark]: [&str; 2]) {
    let line =
        |text: &str, y: i32, pen: Pen| canvas.text(&fitted(text, pen, room), (area.left + from, y), Align::Start, pen);
    match remark {
        "" => line(name, y, NAME),
        _ => {
            line(name, y - 20, NAME);
            line(remark, y + 24, REMARK);
        }
    }
}

/// The most telling kernels, in the order of the run: certain answers before others, and of these the largest factors,
/// whichever side wins.
fn telling<'a, 'r>(headlines: &'a [Headline<'r>], most: usize) -> Vec<&'a Headline<'r>> {
    let rank = |headline: &Headline<'_>| match headline.outcome() {
        Outcome::Faster | Outcome::Slower => 0,
        Outcome::Same => 1,
        Outcome::Unsure => 2,
    };
    let factor = |headline: &Headline<'_>| {
        headline.hardest().and_then(|factor| factor.comparison.ratio).map_or(0.0, |ratio| ratio.ln().abs())
    };
    let mut places: Vec<usize> = (0..headlines.len()).collect();
    places.sort_by(|a, b| {
        let [a, b] = [a, b].map(|place| &headlines[*place]);
        rank(a).cmp(&rank(b)).then(factor(b).total_cmp(&factor(a)))
    });
    places.truncate(most);
    places.sort_unstable();
    places.into_iter().map(|place| &headlines[place]).collect()
}

/// By how much, and than which contender.
fn figures(headline: &Headline<'_>) -> [String; 2] {
    let Some(factor) = headline.hardest().filter(|factor| factor.comparison.ratio.is_some()) else {
        let reason = headline.candidate.and_then(|cell| cell.failure.clone()).unwrap_or_default();
        return ["not measured".to_owned(), reason];
    };
    let Comparison { outcome, .. } = factor.comparison;
    let (_, claim, rival) = factor.claimed();
    let wording::Claim { factor, word, interval } = claim;
    let interval = interval.map(|interval| format!(", {interval}")).unwrap_or_default();
    let figure = factor.map_or_else(|| word.to_owned(), |factor| format!("{factor} {word}"));
    let against = if matches!(outcome, Outcome::Faster | Outcome::Slower) { "than" } else { "against" };
    [figure, format!("{against} {rival}{interval}")]
}
