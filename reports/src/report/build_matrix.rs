//! One contender built in several ways: size and speed of each variant, the variants worth having, and settings whose
//! higher level made it slower. Pure.
//!
//! Every table of a matrix holds as a whole: the allowed error of its intervals is split over all of them.

mod advice;
mod levels;
mod table;

pub use advice::{BuildAdvice, RecommendedBuild};
pub use levels::{HigherLevel, Setting};
pub use table::{HEADINGS, LEVEL_HEADINGS, caption, label, level_rows, rows, slower, tally, title};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::comparisons::ComparisonScope;
use super::{CellReport, Comparison, Estimate};
use crate::comparison::{Outcome, Rule};
use crate::measurement::Measurements;
use crate::metric::Metric;
use crate::run::{self, Contender, Run, Size, Variant};

/// Most variants of a build matrix: all combinations of all levels are 108.
const MOST_VARIANTS: usize = 128;

/// Variants of one contender in one stratum, on one input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BuildMatrix {
    /// Kernel.
    pub kernel: String,
    /// Input.
    pub input: String,
    /// Id of its stratum.
    pub stratum: String,
    /// The contender as its manifest builds it, which variants are compared with.
    pub baseline: String,
    /// Size of the baseline; absent when its build failed.
    pub baseline_size_bytes: Option<Size>,
    /// One call of the baseline, nanoseconds.
    pub baseline_call_ns: Option<Estimate>,
    /// The variants, in the order of the run.
    pub variants: Vec<MatrixRow>,
    /// Every pair of variants that differ in one setting only, if one of its two levels is meant to be faster.
    pub higher_levels: Vec<HigherLevel>,
    /// The recommended build; `null` if no variant was measured.
    pub advice: Option<BuildAdvice>,
}

/// One variant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MatrixRow {
    /// Contender.
    pub contender: String,
    /// Its build.
    pub variant: Variant,
    /// Its size; absent when the build failed.
    pub size_bytes: Option<Size>,
    /// One call in steady state, nanoseconds.
    pub call_ns: Option<Estimate>,
    /// Its time per call against the baseline's; the intervals of all variants hold together.
    pub comparison: Comparison,
    /// Whether it is on the Pareto front: no other variant is at most as large and certainly not slower.
    pub on_front: bool,
    /// Why figures are missing.
    pub failure: Option<String>,
}

/// All matrices of a run.
pub fn all(run: &Run, measurements: &Measurements, cells: &[CellReport]) -> Vec<BuildMatrix> {
    let rule = Rule::of(&run.header.schedule);
    let of_kernel = |kernel| {
        let strata = run.header.contests();
        strata.filter_map(move |stratum| matrix(kernel, stratum, rule, measurements, cells))
    };
    run.header.kernels.iter().flat_map(of_kernel).collect()
}

fn matrix(
    kernel: &run::Kernel,
    stratum: &run::Stratum,
    rule: Rule,
    measurements: &Measurements,
    cells: &[CellReport],
) -> Option<BuildMatrix> {
    let input = stratum.headline(&kernel.name, &kernel.inputs)?;
    let stratum = stratum.id.as_str();
    let variants: Vec<(&Contender, &Variant)> =
        kernel.contenders.iter().filter_map(|contender| Some((contender, contender.variant.as_ref()?))).collect();
    let baseline = kernel.contenders.iter().find(|contender| contender.name == kernel.baseline)?;
    if !(1..=MOST_VARIANTS).contains(&variants.len()) {
        return None;
    }
    let scope = |comparisons| ComparisonScope {
        measurements,
        rule: rule.shared_by(comparisons),
        kernel: &kernel.name,
        input: &input.name,
        stratum,
        native: None,
    };
    let cell = |name: &str| {
        let is_it = |cell: &&CellReport| {
            cell.contender == name && cell.kernel == kernel.name && cell.input == input.name && cell.stratum == stratum
        };
        cells.iter().find(is_it)
    };
    let among_all = scope(variants.len());
    let call = |name: &str| cell(name).and_then(|cell| cell.call_ns);
    let mut rows: Vec<MatrixRow> = variants
        .iter()
        .map(|(contender, variant)| MatrixRow {
            contender: contender.name.clone(),
            variant: (*variant).clone(),
            size_bytes: contender.size_bytes,
            call_ns: call(&contender.name),
            comparison: among_all.compared(baseline, contender, Metric::CALL),
            on_front: false,
            failure: cell(&contender.name).and_then(|cell| cell.failure.clone()),
        })
        .collect();
    let against = |one: usize, other: usize| among_all.compared(variants[other].0, variants[one].0, Metric::CALL);
    let on_front: Vec<bool> = (0..rows.len()).map(|at| is_on_front(&rows, at, rule.margin, &against)).collect();
    for (row, on_front) in rows.iter_mut().zip(on_front) {
        row.on_front = on_front;
    }
    let pairs = levels::pairs(&variants);
    let among_pairs = scope(pairs.len());
    let higher_levels = pairs
        .into_iter()
        .map(|(setting, lower, higher)| HigherLevel {
            setting,
            comparison: among_pairs.compared(variants[lower].0, variants[higher].0, Metric::CALL),
            lower: variants[lower].1.clone(),
            higher: variants[higher].1.clone(),
        })
        .collect();
    Some(BuildMatrix {
        kernel: kernel.name.clone(),
        input: input.name.clone(),
        stratum: stratum.to_owned(),
        baseline: baseline.name.clone(),
        baseline_size_bytes: baseline.size_bytes,
        baseline_call_ns: call(&baseline.name),
        advice: advice::of(&baseline.name, &rows, &against),
        variants: rows,
        higher_levels,
    })
}

/// The comparison of one variant with another, by index.
type Against<'a> = dyn Fn(usize, usize) -> Comparison + 'a;

/// Whether no other variant is at most as large and certainly not slower. Two that are equal in both are both on the
/// front.
fn is_on_front(rows: &[MatrixRow], at: usize, margin: f64, against: &Against<'_>) -> bool {
    let Some(size) = size_when_measured(&rows[at]) else { return false };
    let is_beaten_by = |(other, row): (usize, &MatrixRow)| {
        let Some(other_size) = size_when_measured(row).filter(|other_size| other != at && *other_size <= size) else {
            return false;
        };
        let comparison = against(at, other);
        comparison.outcome == Outcome::Slower || other_size < size && is_surely_no_faster(&comparison, margin)
    };
    !rows.iter().enumerate().any(is_beaten_by)
}

/// Bytes that ship, brotli, of a variant that was measured.
fn size_when_measured(row: &MatrixRow) -> Option<u64> {
    row.call_ns.and(row.size_bytes).map(|size| size.brotli)
}

/// Whether the candidate is faster by at most the margin; the whole interval says so.
fn is_surely_no_faster(comparison: &Comparison, margin: f64) -> bool {
    match comparison.outcome {
        Outcome::Slower | Outcome::Same => true,
        Outcome::Faster => false,
        Outcome::Unsure => {
            let is_clear = !comparison.uneven && comparison.modes.is_none();
            is_clear && comparison.ci.is_some_and(|[low, _]| low.ln() > -margin.ln_1p())
        }
    }
}
