//! A decision as a row of a table: what every format shows of it.

use super::JobDecision;
use super::sentence::{against, break_even};
use crate::comparison::{Outcome, swapped};
use crate::metric::Metric;
use crate::report::headroom::{self, Headroom};
use crate::report::{KernelInfo, Report, units, wording};
use crate::verdict::Decision;

/// The texts of a row; a text that does not apply is empty.
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionRow {
    /// The decision.
    pub decision: Decision,
    /// What people read for it: `Port it`.
    pub words: &'static str,
    /// The option to ship, and another if the two are too close to call.
    pub option: String,
    /// Its time per call.
    pub call: String,
    /// What the decision rests on, per call: `1.39× faster`, or for an option that is not worth it `9.7× slower`.
    pub factor: String,
    /// Whom the factor is about or against: `than createImageBitmap`, `with syntect`.
    pub other: String,
    /// What else belongs beside it: since how many calls it pays, and the factor against the baseline.
    pub note: String,
    /// How much later the first result comes, signed, with what the factor is about.
    pub first_result: String,
    /// What that adds to the download, signed.
    pub download: String,
    /// The speed-up that the factor is about, with its interval: low, point, high.
    pub speed_up: Option<[f64; 3]>,
    /// The factor with its interval, for a tip: `95 % interval ×1.31–×1.47`.
    pub interval: String,
}

/// The first result of an option is as soon as that of another if it is within so many nanoseconds.
const AS_SOON_NS: f64 = 1e6;

impl DecisionRow {
    /// The row of a decision.
    #[must_use]
    pub fn of(report: &Report, kernel: &KernelInfo, decided: &JobDecision) -> Self {
        let headrooms: Vec<&Headroom> = report.headrooms_on(&kernel.name, &decided.stratum).collect();
        if !headrooms.is_empty() {
            return Self::unwritten(kernel, decided.decision, &headrooms);
        }
        // Where JavaScript stays, the figures are of what it might give way to.
        let is_kept = matches!(decided.decision, Decision::KeepJs | Decision::NoDifference);
        let name = |contender: &Option<String>| contender.as_deref().map(|one| kernel.option(one)).unwrap_or_default();
        let cell = |contender: &str| {
            let mut cells = report.cells_of(&decided.kernel, &decided.input, &decided.stratum);
            cells.find(|cell| cell.contender == contender)
        };
        let call = decided.option.as_deref().and_then(cell).and_then(|cell| cell.figure(Metric::CALL));
        let [ratio, ci] = [decided.ratio.map(|ratio| [ratio; 2]), decided.ci];
        let ratio = ratio.map(|[ratio, _]| if is_kept { ratio.recip() } else { ratio });
        let ci = if is_kept { ci.map(swapped) } else { ci };
        let sign = if is_kept { -1.0 } else { 1.0 };
        let outcome = wording_outcome(ratio, ci);
        let option = match &decided.runner_up {
            Some(other) => format!("{} or {}", name(&decided.option), kernel.option(other)),
            None => name(&decided.option),
        };
        let other = match (&decided.alternative, is_kept) {
            (None, _) => String::new(),
            (Some(_), true) => format!("with {}", name(&decided.alternative)),
            (Some(_), false) => format!("than {}", name(&decided.alternative)),
        };
        let pays = Some(decided.break_even_calls).filter(|pays| !is_kept && !pays.is_from_the_first_call());
        let pays = pays.map(break_even).filter(|pays| !pays.is_empty());
        let note: Vec<String> = pays.into_iter().chain(library(report, kernel, decided)).collect();
        let first = decided.first_result_ns.map(|later| sign * later.median);
        Self {
            decision: decided.decision,
            words: decided.decision.words(),
            option,
            call: call.map_or_else(String::new, |call| units::brief_time(call.median)),
            factor: if decided.alternative.is_some() { against(ratio, ci, outcome) } else { String::new() },
            other,
            note: note.join(" · "),
            first_result: first.map_or_else(String::new, |later| match later.abs() < AS_SOON_NS {
                true => "≈ 0".to_owned(),
                false => units::signed(later, &units::brief_time(later.abs())),
            }),
            download: decided.added_bytes_brotli.map_or_else(String::new, |bytes| {
                let bytes = sign * bytes as f64;
                units::signed(bytes, &units::brief_bytes(bytes.abs()))
            }),
            speed_up: ratio.zip(ci).map(|(ratio, [low, high])| [high.recip(), ratio.recip(), low.recip()]),
            interval: ratio.zip(ci).map_or_else(String::new, |(ratio, ci)| wording::speed_up(ratio, ci)),
        }
    }
}

impl DecisionRow {
    /// The row of a job whose Wasm is not written yet: what does no work has no factor, and wins nothing.
    fn unwritten(kernel: &KernelInfo, decision: Decision, headrooms: &[&Headroom]) -> Self {
        Self {
            decision,
            words: decision.words(),
            option: "not written yet".to_owned(),
            call: String::new(),
            factor: String::new(),
            other: headroom::lines(kernel, headrooms).join("; "),
            note: String::new(),
            first_result: String::new(),
            download: String::new(),
            speed_up: None,
            interval: String::new(),
        }
    }
}

/// The outcome of a ratio that tables show: the interval decides, without a margin.
fn wording_outcome(ratio: Option<f64>, ci: Option<[f64; 2]>) -> Outcome {
    ratio.map_or(Outcome::Unsure, |ratio| Outcome::of(ratio, ci, 0.0))
}

/// The factor against the baseline, if the decision rests on another: `85× jpeg-js`.
fn library(report: &Report, kernel: &KernelInfo, decided: &JobDecision) -> Option<String> {
    let (option, alternative) = (decided.option.as_deref()?, decided.alternative.as_deref()?);
    if [option, alternative].contains(&kernel.baseline.as_str()) {
        return None;
    }
    let basis = report.basis_of(&decided.kernel, &decided.input, &decided.stratum)?;
    let index = |name: &str| basis.options.iter().position(|one| one.contender == name);
    let pair = basis.pair(index(&kernel.baseline)?, index(option)?)?;
    let times = pair.ratio.filter(|_| pair.outcome == Outcome::Faster)?.recip();
    Some(format!("{}× {}", units::brief(times), kernel.option(&kernel.baseline)))
}
