//! The recommended build, why, and what to write for it.

use std::cmp::Ordering;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Against, MatrixRow, label, size_when_measured};
use crate::comparison::Outcome;
use crate::report::{Comparison, units, wording};
use crate::run::Variant;

/// The part of the speed that may be given up for size.
const TOLERABLE: f64 = 0.05;

/// The recommended build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BuildAdvice {
    /// The smallest variant whose speed cannot be distinguished from the fastest.
    pub recommended: RecommendedBuild,
    /// A smaller one that is certainly slower, but by 5 % at most.
    pub smaller: Option<RecommendedBuild>,
}

/// A variant, as it is written into files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecommendedBuild {
    /// Contender.
    pub contender: String,
    /// Why this one, as a sentence.
    pub reason: String,
    /// For the `Cargo.toml` of the workspace.
    pub cargo_toml: String,
    /// For the `kernel.toml`.
    pub kernel_toml: String,
}

/// The advice for these rows, built from the contender called `baseline`; `None` if none was measured.
pub fn of(baseline: &str, rows: &[MatrixRow], against: &Against<'_>) -> Option<BuildAdvice> {
    let measured: Vec<(usize, u64)> =
        rows.iter().enumerate().filter_map(|(at, row)| Some((at, size_when_measured(row)?))).collect();
    let (fastest, _) = measured.iter().copied().min_by(|(a, _), (b, _)| by_speed(&rows[*a], &rows[*b]))?;
    let field = Field { rows, against, measured, fastest };
    let (recommended, size) = field.smallest(&is_alike)?;
    let smaller = field.smallest(&|costs| costs.is_none_or(is_tolerable)).filter(|(_, other)| *other < size);
    Some(BuildAdvice {
        recommended: written(baseline, &rows[recommended], field.reason(recommended, size)),
        smaller: smaller.map(|(at, other)| {
            let costs = field.costs(at).as_ref().map_or_else(String::new, wording::comparison);
            let sizes = format!("{} instead of {}", units::bytes(other), units::bytes(size));
            let reason = format!("{} is smaller, {sizes}, where that matters more: {costs}.", field.named(at));
            written(baseline, &rows[at], reason)
        }),
    })
}

/// The variants that were measured, and the fastest of them by its figure.
struct Field<'a> {
    rows: &'a [MatrixRow],
    against: &'a Against<'a>,
    /// Index, and size of what ships.
    measured: Vec<(usize, u64)>,
    fastest: usize,
}

impl Field<'_> {
    /// The comparison of a variant with the fastest; `None` for the fastest itself.
    fn costs(&self, at: usize) -> Option<Comparison> {
        (at != self.fastest).then(|| (self.against)(at, self.fastest))
    }

    /// The smallest variant with acceptable costs, and its size; of two of one size the faster.
    fn smallest(&self, will_do: &dyn Fn(Option<&Comparison>) -> bool) -> Option<(usize, u64)> {
        let kept = self.measured.iter().copied().filter(|(at, _)| will_do(self.costs(*at).as_ref()));
        kept.min_by(|(a, a_size), (b, b_size)| {
            a_size.cmp(b_size).then_with(|| by_speed(&self.rows[*a], &self.rows[*b]))
        })
    }

    fn count(&self, is: impl Fn(Option<&Comparison>) -> bool) -> usize {
        self.measured.iter().filter(|(at, _)| is(self.costs(*at).as_ref())).count()
    }

    fn named(&self, at: usize) -> String {
        label(&self.rows[at].variant)
    }

    /// Why this variant of this size.
    fn reason(&self, recommended: usize, size: u64) -> String {
        let (alike, open) = (self.count(is_alike), self.count(|costs| costs.is_some_and(is_open)));
        let why = match (self.costs(recommended), alike, open) {
            (None, 1, 0) => "certainly the fastest".to_owned(),
            (None, 1, _) => "the fastest so far".to_owned(),
            (None, ..) => {
                format!("the fastest, and the smallest of the {alike} whose speed cannot be distinguished")
            }
            (Some(costs), ..) => format!(
                "the smallest, {}, of the {alike} whose speed cannot be distinguished; against the fastest, {}, it is {}",
                units::bytes(size),
                self.named(self.fastest),
                wording::comparison(&costs)
            ),
        };
        let open = match open {
            0 => String::new(),
            1 => " Another one is not known well enough to decide; more blocks would help.".to_owned(),
            n => format!(" {n} others are not known well enough to decide; more blocks would help."),
        };
        format!("{} is {why}.{open}", self.named(recommended))
    }
}

/// The faster first. Without a baseline to pair with, the time per call decides.
fn by_speed(a: &MatrixRow, b: &MatrixRow) -> Ordering {
    let ratio = |row: &MatrixRow| row.comparison.ratio.unwrap_or(f64::INFINITY);
    let call = |row: &MatrixRow| row.call_ns.map_or(f64::INFINITY, |call| call.median);
    ratio(a).total_cmp(&ratio(b)).then(call(a).total_cmp(&call(b)))
}

/// Whether it cannot be distinguished from the fastest, and is within the tolerance anyway.
fn is_alike(costs: Option<&Comparison>) -> bool {
    costs.is_none_or(|costs| costs.outcome != Outcome::Slower && is_tolerable(costs))
}

/// Whether the candidate is slower by at most the tolerance; the whole interval says so.
fn is_tolerable(comparison: &Comparison) -> bool {
    !comparison.uneven && comparison.ci.is_some_and(|[_, high]| high <= 1.0 + TOLERABLE)
}

/// Whether it may be as fast as the baseline, or slower by more than the tolerance.
fn is_open(comparison: &Comparison) -> bool {
    comparison.outcome == Outcome::Unsure && !is_tolerable(comparison)
}

fn written(baseline: &str, row: &MatrixRow, reason: String) -> RecommendedBuild {
    let Variant { opt_level, wasm_opt, cargo_profile, features, target_features, .. } = &row.variant;
    // cargo accepts numbers only without quotes.
    let level = if opt_level.parse::<u8>().is_ok() { opt_level.clone() } else { quoted(opt_level) };
    let list = |name: &str, values: &[String]| {
        let quoted: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        if quoted.is_empty() { String::new() } else { format!("{name} = [{}]\n", quoted.join(", ")) }
    };
    RecommendedBuild {
        contender: row.contender.clone(),
        reason,
        cargo_toml: format!("[profile.{}]\nopt-level = {level}\n", key(cargo_profile)),
        kernel_toml: format!(
            "[contender.{}]\n{}{}wasm-opt = {}\n",
            key(baseline),
            list("features", features),
            list("target-features", target_features),
            quoted(wasm_opt.as_deref().unwrap_or("none"))
        ),
    }
}

/// A TOML key: bare if possible.
fn key(name: &str) -> String {
    let is_bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if is_bare { name.to_owned() } else { quoted(name) }
}

/// A TOML string on one line. Characters with a meaning in other formats are written as TOML's escapes, so that those
/// formats need not escape them.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in wording::printable(text).chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '<' | '>' | '&' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}
