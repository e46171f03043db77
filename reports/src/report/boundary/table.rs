//! Boundary models in words: the rows, captions and notes that every format shows.

use std::fmt;

use super::{BoundaryModel, Chatty, GOOD, QUOTED};
use crate::report::Report;
use crate::report::units::{self, MISSING};

/// Caption of the table of models.
pub const CAPTION: &str = "Cost of crossing, by payload: of each call, and of each further kB. The sizes named are predicted \
                           from the measured sizes on either side. Held out is the error of the worst prediction of a \
                           measured size that was left out.";

/// Caption of the table of many calls against one.
pub const CHATTY_CAPTION: &str = "Many calls against one call with all their data, both measured.";

/// The headings of [`chatty_rows`].
pub const CHATTY_HEADINGS: [&str; 6] = ["Payload", "Option", "Way", "What", "Call by call", "In one call"];

/// The headings of [`ModelRow::cells`].
#[must_use]
pub fn headings() -> [&'static str; 8] {
    let [(_, first), (_, second)] = QUOTED;
    ["Payload", "Option", "Way", "Per call", "Per kB", first, second, "Held out"]
}

/// A figure and its uncertainty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureText {
    /// The figure with its unit.
    pub value: String,
    /// Half of its interval relative to it: `±2.30 %`.
    pub spread: Option<String>,
}

impl fmt::Display for FigureText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.value)?;
        self.spread.as_ref().map_or(Ok(()), |spread| write!(f, " {spread}"))
    }
}

impl FigureText {
    fn of(ns: f64, ci: Option<[f64; 2]>) -> Self {
        let spread = ci.filter(|_| ns > 0.0).map(|[low, high]| (high - low) / 2.0 / ns);
        Self { value: units::time(ns), spread: spread.map(|share| format!("±{}", units::percent(share))) }
    }

    fn bare(value: &str) -> Self {
        Self { value: value.to_owned(), spread: None }
    }
}

/// One model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelRow {
    /// Payload.
    pub payload: String,
    /// The contender with the glue.
    pub contender: String,
    /// `in` or `out`.
    pub way: &'static str,
    /// The fixed cost; `none` if it cannot be distinguished from zero.
    pub per_call: FigureText,
    /// The cost per kB; `none` if it cannot be distinguished from zero, and missing if there is no other size.
    pub per_kb: FigureText,
    /// The sizes in the headings.
    pub quoted: [FigureText; 2],
    /// The worst prediction of a size that was left out.
    pub held_out: String,
}

impl ModelRow {
    /// The row of a model.
    #[must_use]
    pub fn of(report: &Report, model: &BoundaryModel) -> Self {
        let per_kb = match model.ns_per_byte {
            None => FigureText::bare(MISSING),
            Some(ns) if model.ci_ns_per_byte.map_or(ns, |ci| ci[0]) > 0.0 => {
                FigureText::of(ns * 1e3, model.ci_ns_per_byte.map(|ci| ci.map(|bound| bound * 1e3)))
            }
            Some(_) => FigureText::bare("none"),
        };
        let quoted = QUOTED.map(|(bytes, _)| {
            let predicted = model.predictions.iter().find(|prediction| prediction.bytes == bytes);
            predicted
                .map_or_else(|| FigureText::bare(MISSING), |prediction| FigureText::of(prediction.ns, prediction.ci))
        });
        Self {
            payload: model.payload.clone(),
            contender: report.option(&model.kernel, &model.contender),
            way: model.direction.name(),
            per_call: if model.fixed_ns > 0.0 {
                FigureText::of(model.fixed_ns, model.ci_fixed_ns)
            } else {
                FigureText::bare("none")
            },
            per_kb,
            quoted,
            held_out: model.held_out_error.map_or_else(|| MISSING.to_owned(), units::percent),
        }
    }

    /// All columns, under [`headings`].
    #[must_use]
    pub fn cells(&self) -> [String; 8] {
        let [first, second] = &self.quoted;
        [
            self.payload.clone(),
            self.contender.clone(),
            self.way.to_owned(),
            self.per_call.to_string(),
            self.per_kb.to_string(),
            first.to_string(),
            second.to_string(),
            self.held_out.clone(),
        ]
    }
}

/// Many calls against one, under [`CHATTY_HEADINGS`].
pub fn chatty_rows<'a>(report: &'a Report, model: &'a BoundaryModel) -> impl Iterator<Item = [String; 6]> + 'a {
    model.chatty.iter().map(move |Chatty { calls, bytes, one_by_one_ns, at_once_ns }| {
        [
            model.payload.clone(),
            report.option(&model.kernel, &model.contender),
            model.direction.name().to_owned(),
            format!("{calls} × {}", units::bytes(*bytes)),
            units::time(*one_by_one_ns),
            units::time(*at_once_ns),
        ]
    })
}

/// Where a model's costs jump, and by how much.
fn jumps<'a>(report: &Report, model: &'a BoundaryModel) -> impl Iterator<Item = String> + use<'a> {
    let BoundaryModel { kernel, payload, direction, .. } = model;
    let contender = report.option(kernel, &model.contender);
    let cost = |bytes: u64| model.sizes.iter().find(|size| size.bytes == bytes).map(|size| units::time(size.ns));
    model.jumps.iter().filter_map(move |[low, high]| {
        let (from, to) = (cost(*low)?, cost(*high)?);
        let [low, high] = [low, high].map(|bytes| units::bytes(*bytes));
        Some(format!("{payload} {} of {contender} ({from} for {low}, {to} for {high})", direction.name()))
    })
}

/// Notes on the table, as sentences: models that do not follow a line, and predictions that fail.
#[must_use]
pub fn notes<'a>(report: &Report, models: impl Iterator<Item = &'a BoundaryModel> + Clone) -> Vec<String> {
    let listed = |error: fn(&BoundaryModel) -> Option<f64>| -> Option<String> {
        let bad = models.clone().filter_map(|model| Some((model, error(model).filter(|error| *error > GOOD)?)));
        let names: Vec<String> = bad
            .map(|(model, error)| {
                let BoundaryModel { kernel, payload, contender, direction, .. } = model;
                let contender = report.option(kernel, contender);
                format!("{payload} {} of {contender} ({})", direction.name(), units::percent(error))
            })
            .collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let line = listed(|model| model.line_error).map(|names| {
        format!("These do not follow a line, so per call and per kB are off at some size, by up to: {names}.")
    });
    let held_out = listed(|model| model.held_out_error)
        .map(|names| format!("These cannot be predicted well between the measured sizes: {names}."));
    let jumps: Vec<String> = models.clone().flat_map(|model| jumps(report, model)).collect();
    let jumps = (!jumps.is_empty()).then(|| {
        format!(
            "These jump from one size to the next, so there is no prediction between the two: {}.",
            jumps.join(", ")
        )
    });
    line.into_iter().chain(jumps).chain(held_out).collect()
}
